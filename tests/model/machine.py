# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The model: people who use Odoo and Outlook in any order, while things go wrong.

The rules are in ``in_odoo``, ``in_outlook`` and ``trouble``, what has to be true in
the end in ``judge``; those of series in ``series_in_odoo`` and so on. Each can also be
called by hand, as ``test_found`` does; a failing example is printed in that form.
"""

from . import views
from .in_odoo import InOdoo
from .in_outlook import InOutlook
from .judge import Judge
from .meeting import Meeting
from .series_in_odoo import SeriesInOdoo
from .series_in_outlook import SeriesInOutlook
from .series_judge import SeriesJudge
from .series_words import number_of
from .trouble import Trouble


class Both(InOdoo, InOutlook, Trouble, Judge):
    """Both sides, and what is remembered of them.

    :param stage: see ``stage``; an example of it is running
    """

    def __init__(self, stage):
        self.stage = stage
        self.known = []
        self.steps = 0
        super().__init__()

    def new_meeting(self):
        """Return one more meeting, which is on neither side yet."""
        meeting = Meeting(len(self.known))
        self.known.append(meeting)
        return meeting

    def is_of_series(self, subject):
        """Whether a subject is that of a series of the example, by its number."""
        return number_of(subject) in {
            str(one.number) for one in self.known if one.is_series
        }

    def learn(self, meeting):
        """Find out which Odoo meeting, and which items, a meeting is by now."""
        links = self.stage.env["outlook.link"]
        if not meeting.event_id and meeting.uids:
            domain = [("ical_uid", "in", [*meeting.uids]), ("event_id", "!=", False)]
            meeting.event_id = links.search(domain, limit=1).event_id.id or None
        if meeting.event_id:
            found = links.search([("event_id", "=", meeting.event_id)])
            meeting.uids |= set(filter(None, found.mapped("ical_uid")))

    # --- what was done -------------------------------------------------------------

    def odoo_view(self, meeting):
        """Return what Odoo shows of a meeting; nothing when it has none."""
        event = self.event(meeting)
        return views.in_odoo(event) if event else {}

    def outlook_view(self, meeting, who):
        """Return what somebody's Outlook shows of his own meeting, else nothing."""
        item = self.item(meeting, who)
        return views.in_outlook(item) if item and item["isOrganizer"] else {}

    def done_in_odoo(self, meeting, before):
        """Remember what was done in Odoo."""
        meeting.works += 1
        meeting.from_odoo.update(self.stage.mailed_by_odoo())
        after = self.odoo_view(meeting)
        meeting.time = after.get("time", meeting.time)
        meeting.note("odoo", before, after)
        if before.get("show") != after.get("show"):
            for alone in meeting.alone.values():
                alone.pop("showAs", None)
        self.tick()

    def done_in_outlook(self, meeting, who, before):
        """Remember what was done in Outlook."""
        meeting.works += 1
        after = self.outlook_view(meeting, who)
        meeting.note("outlook", before, after)
        item = self.item(meeting, who)
        if item and item["isOrganizer"]:
            self._remember_what_odoo_has_not(meeting, who, item)
        elif item:
            meeting.edited.add(who)
        self.tick()

    def _remember_what_odoo_has_not(self, meeting, who, item):
        names = ["importance", "isOnlineMeeting"]
        if "odoo" not in dict(meeting.written["show"]):
            names.append("showAs")
        meeting.alone[who] = {name: item[name] for name in names}
        meeting.alone[who]["categories"] = "Holiday" in item["categories"]

    def tick(self):
        """Count a step; time goes on."""
        self.steps += 1
        self.stage.pass_time()


class Repeating(SeriesJudge, SeriesInOdoo, SeriesInOutlook, Both):
    """The same with series."""
