# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Every refusal has a sentence."""

from hypothesis import given
from hypothesis import strategies as st

from ...core import errors
from ...core.event_from_graph import item_from_graph
from ...core.reasons import REASONS, reason_code
from .common import PureCase
from .graph_cases import graph_cases


def classes():
    """Return Graph's error and everything below it."""
    found, waiting = [], [errors.GraphError]
    while waiting:
        found.append(one := waiting.pop())
        waiting.extend(one.__subclasses__())
    return found


class TestSentences(PureCase):
    def test_each_is_a_sentence_for_people(self):
        for code, sentence in REASONS.items():
            with self.subTest(code=code):
                self.assertTrue(sentence[0].isupper() and sentence.endswith("."))
                self.assertNotIn("%", sentence)
                self.assertNotIn("Graph", sentence)

    def test_codes_differ_in_more_than_case(self):
        self.assertEqual(len({code.lower() for code in REASONS}), len(REASONS))

    def test_every_problem_of_an_item_has_one(self):
        problems = set()
        for case in graph_cases():
            if "error" not in case.expect:
                problems.update(item_from_graph(case.graph, case.owner).problems)
        self.assertGreater(len(problems), 5)
        for problem in problems:
            self.assertIn(problem.partition(":")[0], REASONS)

    def test_every_error_class_has_one(self):
        self.assertGreater(len(classes()), 8)
        for one in classes():
            self.assertIn(one.__name__, REASONS)


class TestReasonCode(PureCase):
    def test_the_code_tells_most(self):
        for code in ("ErrorInvalidRecipients", "errorinvalidrecipients"):
            error = errors.Refused("400", status=400, code=code)
            self.assertEqual(reason_code(error), "ErrorInvalidRecipients")

    def test_without_a_known_code_the_status_tells(self):
        for status, code in (
            (403, "ErrorAccessDenied"),
            (413, "RequestEntityTooLarge"),
            (507, "ErrorQuotaExceeded"),
        ):
            for named in ("", "SomethingNew"):
                error = errors.Refused("no", status=status, code=named)
                self.assertEqual(reason_code(error), code)

    def test_without_either_the_class_tells(self):
        for one in classes():
            self.assertEqual(reason_code(one("no", status=418)), one.__name__)

    @given(one=st.sampled_from(classes()), status=st.integers(0, 599), code=st.text())
    def test_there_is_always_a_sentence(self, one, status, code):
        self.assertIn(reason_code(one("no", status=status, code=code)), REASONS)
