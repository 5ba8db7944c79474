# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What one side is told of a meeting that is private on the other."""

from hypothesis import given

from ...core.event import Address, Event, Item
from ...core.privacy import busy_block, busy_item, is_private
from ...core.snapshot import snapshot
from .common import PureCase
from .strategies import events


class TestBusyBlock(PureCase):
    @given(events())
    def test_it_tells_the_time_and_nothing_else(self, event):
        told = snapshot(busy_block(event, "Busy"))
        nothing = snapshot(Event("Busy", event.when))
        kept = {"sensitivity", "show_as"}
        self.assertEqual(
            {name: told[name] for name in told if name not in kept},
            {name: nothing[name] for name in nothing if name not in kept},
        )
        self.assertEqual(told["show_as"], event.show_as)

    @given(events())
    def test_hiding_twice_changes_nothing(self, event):
        once = busy_block(event, "Busy")
        self.assertEqual(busy_block(once, "Busy"), once)


class TestBusyItem(PureCase):
    @given(events())
    def test_request_f5_it_names_nobody_and_stays_where_it_is(self, event):
        organizer = Address("doctor@clinic.example", "Doctor")
        item = Item("AAMk", event, organizer=organizer, ical_uid="uid")
        hidden = busy_item(item, "Busy")
        self.assertEqual(hidden.event, busy_block(event, "Busy"))
        self.assertEqual((hidden.organizer, hidden.ical_uid), (None, "uid"))
        self.assertTrue(hidden.is_hidden)
        self.assertEqual(is_private([hidden.event]), is_private([event]))
