# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series for the ORM tests: made in Odoo and in Outlook, and read from both."""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from .common import OutlookCase, graph_time

BRUSSELS = ZoneInfo("Europe/Brussels")


class SeriesCase(OutlookCase):
    """Weekly meetings of Ann's on Mondays at ten, by the clock of Brussels."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.now.date()
        cls.monday = today + timedelta(days=7 - today.weekday())
        while cls.monday.day > 20:  # a day that every month has
            cls.monday += timedelta(days=7)

    def day(self, number, base=None):
        """Return a day so many days after the first Monday."""
        return (base or self.monday) + timedelta(days=number)

    def utc(self, day, hour=10, minute=0):
        """Return a wall time of Brussels as naive UTC."""
        wall = datetime.combine(day, time(hour, minute), tzinfo=BRUSSELS)
        return wall.astimezone(timezone.utc).replace(tzinfo=None)

    # --- Odoo --------------------------------------------------------------------

    def repeat(self, user=None, name="Team", *, guests=(), count=5, first=None, **vals):
        """Create a weekly series as a user does in Odoo; return its meetings."""
        user, first = user or self.ann, first or self.monday
        rule = {"rrule_type": "weekly", "interval": 1, "end_type": "count"}
        event = self.meet(
            user,
            name,
            guests=guests,
            **{
                "start": self.utc(first),
                "stop": self.utc(first, 11),
                "recurrency": True,
                "event_tz": "Europe/Brussels",
                "count": count,
                ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[
                    first.weekday()
                ]: True,
                **rule,
                **vals,
            },
        )
        return self.meetings(event.recurrence_id)

    def meetings(self, series):
        """Return the active meetings of an Odoo series by start."""
        return series.calendar_event_ids.filtered("active").sorted("start")

    def edit(self, event, policy="self_only", user=None, **vals):
        """Save a change as the calendar does after asking which meetings it is for."""
        event.with_user(user or self.ann).write({**vals, "recurrence_update": policy})
        self.env.flush_all()
        self.cr.flush()

    def move(self, event, policy="self_only", **delta):
        """Move a meeting as by dragging it."""
        step = timedelta(**delta)
        self.edit(event, policy, start=event.start + step, stop=event.stop + step)

    def odoo_days(self, series):
        """Return the days of the active meetings, by the clock of Brussels."""
        return [self.wall(event.start).date() for event in self.meetings(series)]

    def wall(self, moment):
        """Return naive UTC as the clock of Brussels, naive."""
        utc = moment.replace(tzinfo=timezone.utc)
        return utc.astimezone(BRUSSELS).replace(tzinfo=None)

    # --- Outlook -----------------------------------------------------------------

    def rule(self, kind="weekly", *, first=None, count=5, until=None, **pattern):
        """Return a ``patternedRecurrence``."""
        first = first or self.monday
        if kind == "weekly":
            pattern.setdefault("daysOfWeek", [f"{first:%A}".lower()])
        span = {"type": "noEnd", "startDate": first.isoformat()}
        if until:
            span |= {"type": "endDate", "endDate": until.isoformat()}
        elif count:
            span |= {"type": "numbered", "numberOfOccurrences": count}
        return {"pattern": {"type": kind, "interval": 1, **pattern}, "range": span}

    def series_in_outlook(self, name="ann", subject="Team", *, first=None, **body):
        """Create a series as a person does in Outlook; return its master."""
        first = first or self.monday
        recurrence = body.pop("recurrence", None) or self.rule(first=first)
        return self.sandbox.exchange.create_event(
            self.person(name),
            {
                "subject": subject,
                **self.times(first),
                "recurrence": recurrence,
                **body,
            },
        )

    def times(self, day, hour=10, length=1):
        """Return start and end for a Graph body, in the zone of Brussels."""
        start = datetime.combine(day, time(hour))
        end = start + timedelta(hours=length)
        zone = "Europe/Brussels"
        return {"start": graph_time(start, zone), "end": graph_time(end, zone)}

    def masters(self, name="ann"):
        """Return the series of a mailbox."""
        return [i for i in self.outlook(name) if i["type"] == "seriesMaster"]

    def instances(self, master, name="ann"):
        """Return occurrences and exceptions of the next two years."""
        start = self.now.replace(tzinfo=timezone.utc) - timedelta(days=400)
        end = start + timedelta(days=1200)
        person = self.person(name)
        return self.sandbox.exchange.instances(person, master["id"], start, end)

    def instance(self, master, day, name="ann"):
        """Return what a series has on a day."""
        for row in self.instances(master, name):
            if self.outlook_day(row) == day:
                return row
        raise AssertionError(f"nothing on {day}")

    def outlook_day(self, row):
        """Return the day of a row by the clock of Brussels."""
        moment = datetime.fromisoformat(row["start"]["dateTime"][:19])
        return moment.date() if row["isAllDay"] else self.wall(moment).date()

    def outlook_days(self, master, name="ann"):
        return [self.outlook_day(row) for row in self.instances(master, name)]

    # --- both ----------------------------------------------------------------------

    def series_of(self, account=None):
        """Return the one linked series of Odoo."""
        links = self.env["outlook.link"].search([("recurrence_id", "!=", False)])
        if account:
            links = links.filtered(lambda link: link.account_id == account)
        self.assertEqual(len(links.recurrence_id), 1)
        return links.recurrence_id

    def assertEqualSides(self, series=None, name="ann"):
        """Check that both sides have the same meetings with the same titles."""
        series = series or self.series_of()
        [master] = self.masters(name)
        odoo = [
            (event.start, event.stop, event.name) for event in self.meetings(series)
        ]
        outlook = [
            (
                datetime.fromisoformat(row["start"]["dateTime"][:19]),
                datetime.fromisoformat(row["end"]["dateTime"][:19]),
                row["subject"],
            )
            for row in self.instances(master, name)
        ]
        self.assertEqual(odoo, outlook)

    def quiet(self, *accounts):
        """Sync again; nothing may be written anywhere."""
        writes, mails = len(self.writes()), len(self.outlook_mails())
        self.env.flush_all()
        self.env.invalidate_all()
        stamps = self.env["calendar.event"].search([]).mapped("write_date")
        for _round in range(2):
            self.sync(*accounts)
        self.assertEqual(len(self.writes()), writes)
        self.assertEqual(len(self.outlook_mails()), mails)
        self.assertEqual(
            self.env["calendar.event"].search([]).mapped("write_date"), stamps
        )
