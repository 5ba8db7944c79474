# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Delta rounds folded, and rounds that never end."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from ...core.delta import PageGuard, fold
from ...core.errors import BadAnswer
from .common import PureCase

GONE = {"@removed": {"reason": "deleted"}}
ids = st.sampled_from(["AAMkA", "AAMka", "AAMkB", "AAMkC"])
rows = st.builds(
    lambda remote_id, version, gone: (
        {"id": remote_id, "changeKey": version} | (GONE if gone else {})
    ),
    ids,
    st.integers(0, 9),
    st.booleans(),
) | st.sampled_from([{}, {"id": None}, {"id": ""}, {"id": 5}, {"subject": "x"}, "row"])


class TestFold(PureCase):
    def test_the_last_row_counts_and_comes_last(self):
        result = fold([{"id": "a", "n": 1}, {"id": "b"}, {"id": "a", "n": 2}])
        self.assertEqual(list(result.changed.items())[-1], ("a", {"id": "a", "n": 2}))
        self.assertEqual(list(result.changed), ["b", "a"])

    def test_removed_and_come_back_is_changed(self):
        result = fold([{"id": "a", **GONE}, {"id": "a"}])
        self.assertEqual((list(result.changed), result.removed), (["a"], ()))

    def test_changed_and_then_removed_is_removed(self):
        result = fold([{"id": "a"}, {"id": "b", **GONE}, {"id": "a", **GONE}])
        self.assertEqual((result.changed, result.removed), ({}, ("b", "a")))

    def test_any_reason_is_a_removal(self):
        for reason in ({"reason": "changed"}, {}):
            self.assertEqual(fold([{"id": "a", "@removed": reason}]).removed, ("a",))
        self.assertEqual(fold([{"id": "a", "@removed": None}]).removed, ())

    def test_rows_without_an_id_are_kept_apart(self):
        odd = [{"subject": "x"}, {"id": None}, "row"]
        result = fold([odd[0], {"id": "a"}, *odd[1:]])
        self.assertEqual(list(result.unreadable), odd)
        self.assertEqual(list(result.changed), ["a"])

    def test_ids_that_differ_in_case_are_two_items(self):
        self.assertEqual(len(fold([{"id": "AAMkA"}, {"id": "AAMka"}]).changed), 2)

    @given(rows=st.lists(rows), cuts=st.lists(st.integers(0, 9), max_size=4))
    def test_any_split_into_pages_gives_the_same(self, rows, cuts):
        places = sorted({min(cut, len(rows)) for cut in cuts})
        pages = [
            rows[start:end]
            for start, end in zip([0, *places], [*places, len(rows)], strict=True)
        ]
        whole, paged = fold(rows), fold(chain.from_iterable(pages))
        self.assertEqual(paged, whole)
        self.assertEqual(list(paged.changed), list(whole.changed))

    @given(rows=st.lists(rows))
    def test_nothing_is_lost_and_nothing_is_twice(self, rows):
        result = fold(iter(rows))
        named = {
            row["id"]
            for row in rows
            if isinstance(row, dict) and row.get("id") and row["id"] != 5
        }
        self.assertEqual(set(result.changed) | set(result.removed), named)
        self.assertFalse(set(result.changed) & set(result.removed))
        self.assertEqual(len(set(result.removed)), len(result.removed))
        nameless = [row for row in rows if row == "row" or row.get("id") not in named]
        self.assertEqual(list(result.unreadable), nameless)

    @given(rows=st.lists(rows))
    def test_a_replayed_round_changes_nothing(self, rows):
        self.assertEqual(fold([*rows, *rows]).changed, fold(rows).changed)


class TestPageGuard(PureCase):
    def test_different_pages_pass_up_to_the_limit(self):
        guard = PageGuard(3)
        for number in range(3):
            guard.check([{"id": f"a{number}"}])
        with self.assertRaises(BadAnswer) as caught:
            guard.check([{"id": "a3"}])
        self.assertEqual(caught.exception.code, "endless_pages")

    def test_a_page_that_comes_back_for_ever_is_stopped_early(self):
        guard = PageGuard(1000)
        page = [{"id": "a"}, {"id": "b"}]
        guard.check(page)
        guard.check([{"id": "c"}])
        guard.check(page[::-1])
        with self.assertRaises(BadAnswer):
            guard.check(page)

    def test_empty_pages_are_no_repetition(self):
        guard = PageGuard(5)
        for _number in range(5):
            guard.check([])
        with self.assertRaises(BadAnswer):
            guard.check([])
