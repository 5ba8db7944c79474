# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What Outlook is told of a private meeting."""

from hypothesis import given

from ...core.event import Event
from ...core.privacy import busy_block
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
