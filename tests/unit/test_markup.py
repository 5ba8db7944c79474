# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Tags and texts: orderly HTML is read in a quicker way, to the same result."""

from hypothesis import example, given
from hypothesis import strategies as st

from ...core.markup import _orderly, _parsed, pieces
from .common import PureCase
from .strategies import bodies

ORDERLY = [
    *("", "Hi", "<p>", "</P>", "<br>", "<BR/>", "<o:p />", "<p  >", "1 &lt; 2 &amp b"),
    '<a href="https://x.example/?a=1&amp;b=2" TARGET="_blank">x</a>',
    '<p class="a" class="b">',
    '<p\nclass="a">\r\n</p>',
    *("&", "&am", "&#x41", "é\u2028\x1c", "a\x00b"),
]
ODD = [
    *("<", ">", "a > b", "a < b", "<p", "</", "</>", "<>", "<1>", "</p x>", "</br/>"),
    *("<!-- a --><b>", "<!doctype html>", "<?xml?>", "<![if gte mso 9]>", "<p a=b>"),
    *("<p a>", "<p a='b'>", '<p a="b"c="d">', '<p a = "b">', '<p a="&lt;">', "<p/a>"),
    *('<p a="<">', '<p a="\x00">', "<p\x00>", "<p\u00a0a>", "<p\x1c>", '<p a="b'),
    *("<script>a<b></script>", "<TITLE>&lt;</TITLE>", "<style/>", "<textarea><p>"),
]
fragments = st.lists(
    st.sampled_from([*ORDERLY, *ODD]) | st.text("<>/!&;=\"' apé\x00\n", max_size=6)
).map("".join)


class TestMarkup(PureCase):
    def test_orderly_html_is_read_the_quick_way(self):
        for html in ORDERLY:
            with self.subTest(html=html):
                self.assertEqual(_orderly(html), _parsed(html))

    def test_everything_else_is_left_to_the_parser(self):
        for html in ODD:
            with self.subTest(html=html):
                self.assertIsNone(_orderly(html))
                self.assertEqual(pieces(html), _parsed(html))

    @given(fragments)
    @example("".join(ORDERLY))
    def test_both_ways_give_the_same(self, html):
        self.assertIn(_orderly(html), (None, _parsed(html)))

    @given(bodies)
    def test_what_outlook_writes_is_orderly(self, html):
        self.assertEqual(_orderly(html), _parsed(html))
