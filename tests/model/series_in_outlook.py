# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What people do with series in Outlook: rules of the model."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import rule

from ..common import graph_time, guest
from . import views
from .series_words import (
    NEW,
    SERIES,
    ZONE,
    apart_from_times,
    counts,
    kinds,
    number_of,
    places,
    shifts,
)
from .words import ADDRESSES, BEGIN, answers, connected, outlook_changes

_YEAR = timedelta(days=366)


class SeriesInOutlook:
    """What people do with series in Outlook."""

    @rule(**NEW)
    def repeat_in_outlook(self, who, day, kind="weekly", count=3, invited=()):
        """Make a series in Outlook."""
        series = self.new_meeting()
        series.is_series = True
        start = BEGIN.replace(hour=9) + timedelta(days=day)
        body = {
            "subject": f"Team {series.number}",
            "start": graph_time(start, ZONE),
            "end": graph_time(start + timedelta(hours=1), ZONE),
            "recurrence": {
                "pattern": self._pattern(kind, start),
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
        change = apart_from_times(change)
        for master in self._masters(series, who)[:1]:
            self._change_in_outlook(series, who, master, self._body(series, change))

    @rule(series=SERIES, who=connected, nth=places, change=outlook_changes)
    def change_day_in_outlook(self, series, who, nth, change):
        """Change one meeting of a series."""
        change = apart_from_times(change)
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

    @rule(series=SERIES, who=connected, kind=kinds)
    def change_rule_in_outlook(self, series, who, kind):
        """Let a series take place each day, or each week."""
        for master in self._masters(series, who)[:1]:
            rule_ = master["recurrence"]
            first = datetime.fromisoformat(rule_["range"]["startDate"])
            body = {"recurrence": {**rule_, "pattern": self._pattern(kind, first)}}
            self._change_in_outlook(series, who, master, body)

    @rule(series=SERIES, who=connected)
    def end_repeating_in_outlook(self, series, who):
        """Let the first meeting stay of a series."""
        for master in self._masters(series, who)[:1]:
            self._change_in_outlook(series, who, master, {"recurrence": None})

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

    def _pattern(self, kind, first):
        pattern = {"type": kind, "interval": 1}
        if kind == "weekly":
            pattern["daysOfWeek"] = [f"{first:%A}".lower()]
        return pattern

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
    return number_of(item["subject"]) == str(series.number)


def _in_zone(time):
    """Return a UTC dateTimeTimeZone as one of the zone of the series."""
    moment = datetime.fromisoformat(time["dateTime"]).replace(tzinfo=timezone.utc)
    wall = moment.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    return graph_time(wall, ZONE)
