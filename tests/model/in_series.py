# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series: rules of the model for both sides, and a judge who compares whole calendars.

Odoo makes the meetings of a series anew now and then, and Outlook its days: what
belongs to a series of the example is told by the number in its subject.
"""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, rule

from ..common import graph_time, guest
from . import views
from .words import (
    ADDRESSES,
    BEGIN,
    CONNECTED,
    answers,
    connected,
    guests,
    odoo_changes,
    outlook_changes,
)

SERIES = Bundle("series")
ZONE = "Europe/Brussels"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIELDS = ("subject", "body", "time", "place", "privacy", "show", "reminder", "tags")
_YEAR = timedelta(days=366)

days = st.sampled_from((3, 4, 5))  # the first one; the clock changes on day 6
kinds = st.sampled_from(("daily", "weekly"))
counts = st.integers(2, 5)
places = st.integers(0, 4)  # which meeting of a series
scopes = st.sampled_from(("self_only", "future_events", "all_events"))
shifts = st.sampled_from((-1, 1, 3))


def _apart_from_times(change):
    """Return a change without times, and with a subject that tells the series."""
    names = {"time"} | ({"subject"} if not change.get("subject", "-") else set())
    return {name: value for name, value in change.items() if name not in names}


class SeriesInOdoo:
    """What people do with series in Odoo."""

    @rule(
        target=SERIES, who=connected, day=days, kind=kinds, count=counts, invited=guests
    )
    def repeat_in_odoo(self, who, day, kind="weekly", count=3, invited=()):
        """Make a series in Odoo."""
        series = self.new_meeting()
        series.is_series = True
        start = BEGIN.replace(hour=8) + timedelta(days=day)
        partners = self._partners({ADDRESSES[name] for name in (who, *invited)})
        vals = {
            "name": f"Team {series.number}",
            "start": start,
            "stop": start + timedelta(hours=1),
            "partner_ids": [(6, 0, partners.ids)],
            "recurrency": True,
            "event_tz": ZONE,
            "rrule_type": kind,
            "interval": 1,
            "end_type": "count",
            "count": count,
            _WEEKDAYS[start.weekday()]: True,
        }
        self._save(series, lambda: self._events(who).create(vals))
        return series

    @rule(series=SERIES, who=connected, nth=places, scope=scopes, change=odoo_changes)
    def change_series_in_odoo(self, series, who, nth, scope, change):
        """Change this meeting, this and the following, or all."""
        change = _apart_from_times(change)
        self._save_day(
            series, who, nth, scope, lambda _event: self._vals(series, change)
        )

    @rule(series=SERIES, who=connected, nth=places, scope=scopes, hours=shifts)
    def move_series_in_odoo(self, series, who, nth, scope, hours):
        """Move this meeting, this and the following, or all."""
        step = timedelta(hours=hours)

        def times(event):
            return {"start": event.start + step, "stop": event.stop + step}

        self._save_day(series, who, nth, scope, times)

    @rule(series=SERIES, who=connected, nth=places, scope=scopes, add=guests)
    def invite_to_series_in_odoo(self, series, who, nth, scope, add):
        """Invite to this meeting, this and the following, or all."""
        partners = self._partners({ADDRESSES[name] for name in add})
        commands = [(4, partner.id) for partner in partners]
        self._save_day(
            series, who, nth, scope, lambda _event: {"partner_ids": commands}
        )

    @rule(series=SERIES, who=connected, nth=places, scope=scopes)
    def drop_in_odoo(self, series, who, nth, scope):
        """Delete this meeting, this and the following, or all."""
        if event := self._meeting_of(series, who, nth):
            if scope == "self_only":
                self._save(series, event.unlink)
            else:
                self._save(series, lambda: event.action_mass_deletion(scope))

    @rule(series=SERIES, who=connected, count=counts)
    def recount_in_odoo(self, series, who, count):
        """Let a series have more or fewer meetings."""
        self._save_day(series, who, 0, "all_events", lambda _event: {"count": count})

    def _meeting_of(self, series, who, nth):
        """Return one of the meetings that a series has in Odoo, as somebody sees it."""
        name = ("name", "=like", f"% {series.number}")
        found = self._events(who).search(
            [name, ("recurrency", "=", True)], order="start"
        )
        return found[nth % len(found)] if found else found

    def _save_day(self, series, who, nth, scope, vals):
        if event := self._meeting_of(series, who, nth):
            change = {**vals(event), "recurrence_update": scope}
            self._save(series, lambda: event.write(change))


class SeriesInOutlook:
    """What people do with series in Outlook."""

    @rule(
        target=SERIES, who=connected, day=days, kind=kinds, count=counts, invited=guests
    )
    def repeat_in_outlook(self, who, day, kind="weekly", count=3, invited=()):
        """Make a series in Outlook."""
        series = self.new_meeting()
        series.is_series = True
        start = BEGIN.replace(hour=9) + timedelta(days=day)
        pattern = {"type": kind, "interval": 1}
        if kind == "weekly":
            pattern["daysOfWeek"] = [f"{start:%A}".lower()]
        body = {
            "subject": f"Team {series.number}",
            "start": graph_time(start, ZONE),
            "end": graph_time(start + timedelta(hours=1), ZONE),
            "recurrence": {
                "pattern": pattern,
                "range": self._range(start.date(), count),
            },
            "attendees": [guest(ADDRESSES[name]) for name in invited if name != who],
        }
        exchange, person = self.stage.sandbox.exchange, self.stage.person(who)
        self._act(series, who, lambda: exchange.create_event(person, body))
        return series

    @rule(series=SERIES, who=connected, change=outlook_changes)
    def change_series_in_outlook(self, series, who, change):
        """Change all meetings of a series."""
        change = _apart_from_times(change)
        for master in self._masters(series, who)[:1]:
            self._change_in_outlook(series, who, master, self._body(series, change))

    @rule(series=SERIES, who=connected, nth=places, change=outlook_changes)
    def change_day_in_outlook(self, series, who, nth, change):
        """Change one meeting of a series."""
        change = _apart_from_times(change)
        for day in self._day_of(series, who, nth):
            self._change_in_outlook(series, who, day, self._body(series, change))

    @rule(series=SERIES, who=connected, nth=places, hours=shifts, whole=st.booleans())
    def move_series_in_outlook(self, series, who, nth, hours, whole=False):
        """Move one meeting of a series, or all."""
        found = (
            self._masters(series, who)[:1] if whole else self._day_of(series, who, nth)
        )
        for item in found:
            start, end = (
                moment + timedelta(hours=hours)
                for moment in views.in_outlook(item)["time"]
                if isinstance(moment, datetime)
            )
            body = {"start": graph_time(start), "end": graph_time(end)}
            if whole:
                body = {name: _in_zone(time) for name, time in body.items()}
            self._change_in_outlook(series, who, item, body)

    @rule(series=SERIES, who=connected, count=counts)
    def recount_in_outlook(self, series, who, count):
        """Let a series have more or fewer meetings."""
        for master in self._masters(series, who)[:1]:
            rule_ = master["recurrence"]
            first = datetime.fromisoformat(rule_["range"]["startDate"]).date()
            body = {"recurrence": {**rule_, "range": self._range(first, count)}}
            self._change_in_outlook(series, who, master, body)

    @rule(series=SERIES, who=connected, nth=places, whole=st.booleans())
    def drop_in_outlook(self, series, who, nth, whole=False):
        """Delete one meeting of a series, or all."""
        found = (
            self._masters(series, who)[:1] if whole else self._day_of(series, who, nth)
        )
        exchange, person = self.stage.sandbox.exchange, self.stage.person(who)
        for item in found:
            self._act(
                series, who, lambda item=item: exchange.delete_event(person, item["id"])
            )

    @rule(series=SERIES, who=connected, nth=places, answer=answers, whole=st.booleans())
    def answer_series_in_outlook(self, series, who, nth, answer, whole=False):
        """Answer one meeting of a series, or all."""
        found = (
            self._masters(series, who)[:1] if whole else self._day_of(series, who, nth)
        )
        exchange, person = self.stage.sandbox.exchange, self.stage.person(who)
        for item in found:
            self._act(
                series,
                who,
                lambda item=item: exchange.respond(person, item["id"], answer),
            )

    def _range(self, first, count):
        span = {"type": "numbered", "startDate": first.isoformat()}
        return {**span, "numberOfOccurrences": count, "recurrenceTimeZone": ZONE}

    def _masters(self, series, who):
        return [
            item
            for item in self.stage.outlook(who)
            if item["type"] == "seriesMaster" and _is_of(item, series)
        ]

    def _day_of(self, series, who, nth):
        """Return one meeting of a series in somebody's calendar, in a list, or none."""
        found = [
            item
            for item in self.agenda(who)
            if item["seriesMasterId"] and _is_of(item, series)
        ]
        return [found[nth % len(found)]] if found else []

    def _change_in_outlook(self, series, who, item, body):
        exchange, person = self.stage.sandbox.exchange, self.stage.person(who)
        if item["isOrganizer"]:
            self._act(
                series, who, lambda: exchange.update_event(person, item["id"], body)
            )

    def agenda(self, who):
        """Return what is in somebody's calendar, day by day."""
        begin = BEGIN.replace(tzinfo=timezone.utc) - timedelta(days=30)
        person = self.stage.person(who)
        rows = self.stage.sandbox.exchange.agenda(person, begin, begin + _YEAR)
        return [row for row in rows if not row["isCancelled"]]


def _is_of(item, series):
    return str(item["subject"]).endswith(f" {series.number}")


def _in_zone(time):
    """Return a UTC dateTimeTimeZone as one of the zone of the series."""
    moment = datetime.fromisoformat(time["dateTime"]).replace(tzinfo=timezone.utc)
    wall = moment.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    return graph_time(wall, ZONE)


class SeriesJudge:
    """Compares what each organizer has in his two calendars."""

    def check(self):
        """Check everything that holds at rest."""
        for name in CONNECTED:
            ours, theirs = self._calendars(name)
            assert [_key(one) for one in ours] == [_key(one) for one in theirs], (
                f"calendar of {name}: {[_key(one) for one in ours]} in Odoo, "
                f"{[_key(one) for one in theirs]} in Outlook"
            )
            for one, other in zip(ours, theirs, strict=True):
                apart = {n: (one[n], other[n]) for n in _FIELDS if one[n] != other[n]}
                assert not apart, f"calendar of {name}, {_key(one)}: {apart}"
        return super().check()

    def _calendars(self, name):
        """Return the views of all that somebody organizes, on both sides."""
        user, address = self.stage.users[name], ADDRESSES[name]
        events = self.stage.events(active=True)
        events = events.filtered(lambda one: self.is_of_series(one.name))
        of_others = events.filtered(lambda one: one.user_id != user)
        items = [
            item
            for item in self.agenda(name)
            if item["isOrganizer"] and self.is_of_series(item["subject"])
        ]
        ours = [views.in_odoo(event) for event in events - of_others]
        copies = {_number(views.in_odoo(event)) for event in of_others}
        theirs = [views.in_outlook(item) for item in items]
        theirs = [view for view in theirs if _number(view) not in copies]
        invites = {_number(v) for v in ours + theirs if {*v["guests"]} - {address}}
        sides = (
            [v for v in side if not _is_past(v, invites)] for side in (ours, theirs)
        )
        return tuple(sorted(side, key=_key) for side in sides)


def _key(view):
    return [str(view["time"][0]), view["subject"]]


def _number(view):
    return view["subject"].rpartition(" ")[2]


def _is_past(view, invites):
    """Whether a meeting is left as it is, since its guests would get mail.

    :param invites: numbers of the series that have guests
    """
    return _number(view) in invites and views.is_over(view["time"])
