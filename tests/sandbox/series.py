# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Short ways to make and read series on a running sandbox."""

from .graphing import ANN, WINDOW, DeliveryCase, EventCase, at, event

BRUSSELS = "Europe/Brussels"


def rule(kind="daily", interval=1, first="2026-12-01", number=0, until="", **pattern):
    """Return a ``patternedRecurrence``; without number and until it never ends."""
    span = {"type": "noEnd", "startDate": first}
    if number:
        span.update(type="numbered", numberOfOccurrences=number)
    if until:
        span.update(type="endDate", endDate=until)
    return {"pattern": {"type": kind, "interval": interval, **pattern}, "range": span}


def series(recurrence=None, zone="UTC", guests=(), clock=("10:00", "11:00"), **members):
    """Return the body of a POST for a series that begins on its start date."""
    recurrence = recurrence or rule(number=5)
    first = recurrence["range"]["startDate"]
    start, end = (at(f"{first}T{each}", zone) for each in clock)
    body = event(guests=guests, recurrence=recurrence, **members)
    return {**body, "start": start, "end": end}


class SeriesCase(DeliveryCase, EventCase):
    """Series over HTTP; days are told by the date of the start."""

    def instances(self, master_id, query=WINDOW, who=ANN, **options):
        path = f"/me/events/{master_id}/instances?{query}"
        body = self.get(f"{path}&$top=1000", who=who, **options)
        self.assertNotIn("@odata.nextLink", body)
        return body["value"]

    def days(self, master_id, query=WINDOW, **options):
        rows = self.instances(master_id, query, **options)
        return [row["start"]["dateTime"][:10] for row in rows]

    def day(self, master_id, day, **options):
        """Return the one occurrence or exception that starts on a day."""
        rows = self.instances(master_id, **options)
        found = [r for r in rows if r["start"]["dateTime"].startswith(day)]
        self.assertEqual(1, len(found), f"{len(found)} occurrences on {day}")
        return found[0]

    def view(self, who=ANN, query=WINDOW):
        """Return the rows of calendarView, all on one page."""
        body = self.get(f"/me/calendarView?{query}&$top=1000", who=who)
        self.assertNotIn("@odata.nextLink", body)
        return body["value"]

    def move_to(self, event_id, start, end, zone="UTC", **options):
        changes = {"start": at(start, zone), "end": at(end, zone)}
        return self.patch(event_id, changes, **options)

    def crossing(self, event_id, start, end):
        """Check that an occurrence may not be moved there."""
        body = {"start": at(start), "end": at(end)}
        answer = self.ask("PATCH", f"/me/events/{event_id}", body)
        error = self.refused(answer, 400, "ErrorOccurrenceCrossingBoundary")
        self.assertIn("crossing or overlapping", error["message"])
