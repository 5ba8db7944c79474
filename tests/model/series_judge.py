# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What has to be true of series when both sides have come to rest."""

from . import views
from .series_words import number_of
from .words import ADDRESSES, CONNECTED

_EACH = ("subject", "body", "time", "place", "privacy", "show", "reminder", "tags")
_FIELDS = (*_EACH, "guests")


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
        events = self.stage.events(active=True)
        events = events.filtered(lambda one: self.is_of_series(one.name))
        own = events.filtered(lambda one: one.user_id == self.stage.users[name])
        copies = {number_of(event.name) for event in events - own}
        items = [
            item
            for item in self.agenda(name)
            if item["isOrganizer"] and self.is_of_series(item["subject"])
        ]
        ours = [views.in_odoo(event) for event in own]
        theirs = [views.in_outlook(item) for item in items]
        theirs = [one for one in theirs if number_of(one["subject"]) not in copies]
        for view in ours + theirs:
            view["guests"] = sorted({*view["guests"]} - {ADDRESSES[name]})
        invites = {number_of(one["subject"]) for one in ours + theirs if one["guests"]}
        return tuple(
            sorted((one for one in side if not _is_past(one, invites)), key=_key)
            for side in (ours, theirs)
        )


def _key(view):
    return [str(view["time"][0]), view["subject"]]


def _is_past(view, invites):
    """Whether a meeting is left as it is, since its guests would get mail.

    :param invites: numbers of the series that have guests
    """
    return number_of(view["subject"]) in invites and views.is_over(view["time"])
