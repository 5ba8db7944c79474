# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What waits to be deleted in Outlook: when somebody is asked first."""

from hypothesis import given
from hypothesis import strategies as st

from ...core.deletion import Deletion, called_off, guests, people, to_ask
from ...core.removal import is_mass_removal
from .common import PureCase

ADDRESSES = st.frozensets(st.sampled_from(["zoe@a.example", "tom@b.example"]))
WAITING = st.lists(
    st.builds(
        Deletion,
        key=st.integers(0, 40),
        name=st.just("Board"),
        mailed=ADDRESSES,
        is_allowed=st.booleans(),
    ),
    max_size=60,
    unique_by=lambda one: one.key,
)
LINKED = st.integers(0, 300)


class TestToAsk(PureCase):
    def test_it_takes_more_than_ten_and_more_than_a_fifth(self):
        for count, linked, asked in (
            (0, 0, 0),
            (10, 10, 0),
            (11, 11, 11),
            (11, 54, 11),
            (11, 55, 0),
            (21, 100, 21),
        ):
            with self.subTest(count=count, linked=linked):
                waiting = [Deletion(number) for number in range(count)]
                self.assertEqual(len(to_ask(waiting, linked)), asked)

    @given(waiting=WAITING, linked=LINKED)
    def test_all_that_was_not_allowed_or_nothing(self, waiting, linked):
        asked, new = to_ask(waiting, linked), [x for x in waiting if not x.is_allowed]
        self.assertIn(asked, ([], new))
        self.assertIs(bool(asked), is_mass_removal(len(new), linked))

    @given(waiting=WAITING, linked=LINKED)
    def test_whatever_the_order(self, waiting, linked):
        asked, other = to_ask(waiting, linked), to_ask(waiting[::-1], linked)
        self.assertEqual(asked, other[::-1])

    @given(waiting=WAITING, linked=LINKED)
    def test_a_series_told_of_twice_counts_once(self, waiting, linked):
        asked, twice = to_ask(waiting, linked), to_ask([*waiting, *waiting], linked)
        self.assertEqual(asked, twice)

    @given(waiting=WAITING, linked=LINKED, sent=st.integers(0, 60))
    def test_what_may_go_still_may_when_a_part_has_gone(self, waiting, linked, sent):
        """A run that is out of time goes on without a question."""
        linked = max(linked, len(waiting))
        if not to_ask(waiting, linked):
            rest = waiting[sent:]
            gone = len(waiting) - len(rest)
            self.assertEqual(to_ask(rest, linked - gone), [])

    @given(waiting=WAITING, linked=LINKED)
    def test_an_answer_ends_the_question(self, waiting, linked):
        yes = [Deletion(one.key, is_allowed=True) for one in waiting]
        self.assertEqual(to_ask(yes, linked), [])


class TestPeople(PureCase):
    @given(waiting=WAITING)
    def test_each_counts_once(self, waiting):
        self.assertEqual(people(waiting), {x for one in waiting for x in one.mailed})

    def test_nobody_is_known(self):
        self.assertEqual(guests({}), frozenset())


class TestCalledOff(PureCase):
    def test_a_day_that_had_something_of_its_own(self):
        base = {"days": {"2026-11-09": {"subject": "Other"}}}
        days = {"2026-11-09": None, "2026-11-16": {"subject": "Other"}}
        off = called_off(base, {"days": days}, "2026-11-09")
        self.assertEqual(off, ["2026-11-09"])
