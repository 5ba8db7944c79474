# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The three-way merge, and filling gaps where there is no base."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ...core.event import Event
from ...core.merge import Merge, fill, merge
from ...core.snapshot import FIELDS, snapshot
from .common import PureCase
from .strategies import events
from .test_snapshot import CALL, EDITS

snapshots = events().map(snapshot)
# Few values, so that equal ones on both sides come up.
states = st.fixed_dictionaries({name: st.integers(0, 2) for name in "abcdef"})
winners = st.sampled_from(["odoo", "outlook"])


class TestMerge(PureCase):
    def test_a_title_here_and_a_time_there_are_both_kept(self):
        base = snapshot(CALL)
        odoo = snapshot(replace(CALL, **EDITS["subject"]))
        outlook = snapshot(replace(CALL, **EDITS["when"]))
        for winner in ("odoo", "outlook"):
            self.assertEqual(
                merge(base, odoo, base, outlook, winner),
                Merge(frozenset({"when"}), frozenset({"subject"}), frozenset()),
            )

    def test_the_same_change_on_both_sides_is_done_already(self):
        base, now = snapshot(CALL), snapshot(replace(CALL, subject="Other"))
        self.assertEqual(merge(base, now, base, now, "odoo"), Merge())

    def test_a_clash_goes_in_the_direction_of_the_winner(self):
        base = snapshot(CALL)
        odoo = snapshot(replace(CALL, subject="Ours"))
        outlook = snapshot(replace(CALL, subject="Theirs"))
        subject = frozenset({"subject"})
        self.assertEqual(
            merge(base, odoo, base, outlook, "odoo"),
            Merge(frozenset(), subject, subject),
        )
        self.assertEqual(
            merge(base, odoo, base, outlook, "outlook"),
            Merge(subject, frozenset(), subject),
        )

    def test_what_one_side_cannot_express_is_no_change(self):
        """Odoo has no "oof"; its own base says busy, and stays so."""
        odoo, outlook = snapshot(CALL), snapshot(replace(CALL, show_as="oof"))
        self.assertEqual(merge(odoo, odoo, outlook, outlook, "odoo"), Merge())

    @given(odoo=snapshots, outlook=snapshots, winner=winners)
    def test_an_echo_is_empty(self, odoo, outlook, winner):
        self.assertEqual(merge(odoo, odoo, outlook, outlook, winner), Merge())

    @given(a=states, b=states, c=states, d=states)
    def test_swapping_the_sides_changes_the_clashes_only(self, a, b, c, d):
        one = merge(a, b, c, d, "odoo")
        mirrored = merge(c, d, a, b, "odoo")
        self.assertEqual(one.clashes, mirrored.clashes)
        self.assertEqual(one.to_outlook - one.clashes, mirrored.to_odoo)
        self.assertEqual(one.to_odoo, mirrored.to_outlook - mirrored.clashes)

    @given(a=states, b=states, c=states, d=states)
    def test_swapping_sides_and_winner_is_the_mirror(self, a, b, c, d):
        one, two = merge(a, b, c, d, "odoo"), merge(c, d, a, b, "outlook")
        self.assertEqual(Merge(two.to_outlook, two.to_odoo, two.clashes), one)

    @given(base=states, odoo=states, outlook=states, winner=winners)
    def test_both_sides_end_equal_and_every_change_survives(
        self, base, odoo, outlook, winner
    ):
        done = merge(base, odoo, base, outlook, winner)
        ours = odoo | {name: outlook[name] for name in done.to_odoo}
        theirs = outlook | {name: odoo[name] for name in done.to_outlook}
        self.assertEqual(ours, theirs)
        for name, value in ours.items():
            if name not in done.clashes and odoo[name] != base[name]:
                self.assertEqual(value, odoo[name])
            if name not in done.clashes and outlook[name] != base[name]:
                self.assertEqual(value, outlook[name])

    @given(a=states, b=states, winner=winners, gone=st.sampled_from("abcdef"))
    def test_a_field_without_a_base_starts_no_writing(self, a, b, winner, gone):
        part = {name: value for name, value in a.items() if name != gone}
        done = merge(part, b, a, a, winner)
        self.assertNotIn(gone, done.to_odoo | done.to_outlook | done.clashes)


class TestFill(PureCase):
    def test_only_gaps_of_odoo_are_filled(self):
        odoo = snapshot(replace(CALL, location="", categories=(), body="<p><br></p>"))
        outlook = snapshot(
            replace(CALL, subject="Other", location="Ghent", reminder=0, body="")
        )
        self.assertEqual(fill(odoo, outlook), {"location", "categories", "reminder"})

    def test_a_description_is_filled_into_a_blank_one(self):
        odoo = snapshot(replace(CALL, body="<p><br></p>"))
        self.assertEqual(fill(odoo, snapshot(CALL)), {"body"})
        self.assertEqual(fill(snapshot(CALL), odoo), frozenset())

    def test_everything_that_can_be_empty_can_be_filled(self):
        blank = snapshot(Event("", CALL.when, sensitivity="private", show_as="free"))
        full = snapshot(replace(CALL, location="x", reminder=5, join_url="x"))
        full |= {"discuss_url": "x", "online": True}
        kept = {"when", "sensitivity", "show_as"}
        self.assertEqual(fill(blank, full), set(FIELDS) - kept)

    @given(one=snapshots, two=snapshots)
    def test_it_never_touches_what_odoo_has_or_lacks(self, one, two):
        for name in fill(one, two):
            self.assertNotEqual(one[name], two[name])
            self.assertNotIn(name, fill(two, one))
        part = {name: one[name] for name in FIELDS if name != "subject"}
        self.assertNotIn("subject", fill(part, two))

    @given(event=snapshots)
    def test_equal_events_have_no_gaps(self, event):
        self.assertEqual(fill(event, event), frozenset())
