# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Bodies: equal when they say the same, whatever Exchange makes of them."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from ...core.body import content_from_html, digest
from ...core.markup import pieces
from ...core.prose import link_address, prose
from .common import PureCase
from .strategies import bodies

EMPTY = [
    *(
        "",
        " \r\n ",
        "&nbsp;",
        "<p><br></p>",
        "<div><span></span></div>",
        "<p>\ufeff</p>",
    ),
    *("<html><head><title>x</title></head><body>\r\n</body></html>", "<!-- note -->"),
    *("<style>p {}</style>", "<script>x</script>", "<ul><li></li></ul>", "<h1></h1>"),
    *(
        "<a href='https://x.example'></a>",
        "<p>&#8203;</p>",
        "<b> </b>",
        "<!DOCTYPE html>",
    ),
]
PARAGRAPHS = ["Agenda", "See you at <b>10</b>", '<a href="https://x.example/d">Doc</a>']


@st.composite
def documents(draw):
    """Draw a body as a list of paragraphs, each of some words."""
    return draw(
        st.lists(
            st.lists(st.sampled_from(["a", "b", "cd", "&amp;", "é"]), min_size=1),
            min_size=1,
            max_size=5,
        )
    )


def html_of(paragraphs):
    return "".join(f"<p>{' '.join(words)}</p>" for words in paragraphs)


@st.composite
def rewritten(draw, paragraphs):
    """Draw another writing of the same body, as Exchange would do it."""
    spaces = st.sampled_from([" ", "\r\n", "&nbsp;", " &nbsp; ", "\n  "])
    out = []
    for words in paragraphs:
        text = words[0]
        for word in words[1:]:
            wrap = draw(st.sampled_from(["{}", '<span style="color:red">{}</span>']))
            text += draw(spaces) + wrap.format(word)
        tag = draw(st.sampled_from(["p", "div", 'p class="MsoNormal"']))
        out.append(f"<{tag}>{text}</{tag.split()[0]}>")
        out.append(draw(st.sampled_from(["", "\r\n", "<div><br></div>", "<!-- x -->"])))
    body = "".join(out)
    return draw(
        st.sampled_from(
            [
                "{}",
                "<div>{}</div>",
                "<html>\r\n<head>\r\n<meta charset=utf-8><style>p {{}}</style></head>"
                "\r\n<body>\r\n{}\r\n</body>\r\n</html>\r\n",
            ]
        )
    ).format(body)


class TestDigest(PureCase):
    def test_bodies_that_say_nothing_are_all_the_empty_one(self):
        for html in EMPTY:
            with self.subTest(html=html):
                self.assertEqual(prose(html), "")
                self.assertEqual(digest(html), digest(""))

    def test_it_is_a_sha256(self):
        self.assertRegex(digest("Hi"), r"\A[0-9a-f]{64}\Z")

    @given(paragraphs=documents(), data=st.data())
    def test_what_exchange_writes_anew_is_the_same(self, paragraphs, data):
        again = data.draw(rewritten(paragraphs))
        self.assertEqual(prose(again), prose(html_of(paragraphs)))
        self.assertEqual(digest(again), digest(html_of(paragraphs)))

    @given(paragraphs=documents(), data=st.data())
    def test_an_edit_is_not_the_same(self, paragraphs, data):
        place = data.draw(st.integers(0, len(paragraphs) - 1))
        words = paragraphs[place]
        before, after = paragraphs[:place], paragraphs[place + 1 :]
        edits = [
            [*before, [*words, "new"], *after],
            [*before, ["x", *words[1:]], *after],
            [*before, ["new"], words, *after],
            [*before, *after],
        ]
        for edit in edits:
            self.assertNotEqual(digest(html_of(edit)), digest(html_of(paragraphs)))

    def test_structure_links_pictures_and_emphasis_count(self):
        versions = [
            "<p>One</p><p>Two</p>",
            "<p>One Two</p>",
            "<ul><li>One</li><li>Two</li></ul>",
            "<ol><li>One</li><li>Two</li></ol>",
            "<ul><li>One<ul><li>Two</li></ul></li></ul>",
            "<li>One</li><li>Two</li>",
            "<h1>One</h1><p>Two</p>",
            "<h2>One</h2><p>Two</p>",
            "<p><b>One</b></p><p>Two</p>",
            "<p><i>One</i></p><p>Two</p>",
            "<p><b><i>One</i></b></p><p>Two</p>",
            '<p><a href="https://x.example">One</a></p><p>Two</p>',
            '<p><a href="https://y.example">One</a></p><p>Two</p>',
            '<p>One<img src="a.png"></p><p>Two</p>',
            '<p>One<img src="b.png"></p><p>Two</p>',
            "<p>One</p><hr><p>Two</p>",
        ]
        self.assertEqual(len({digest(html) for html in versions}), len(versions))

    def test_other_tags_for_the_same_thing_are_the_same(self):
        for one, other in (
            ("<p>a</p><p>b</p>", "a<br>b"),
            ("<p>a</p><p>b</p>", "<div>a</div><div><br></div>b"),
            ("<strong>a</strong>", "<b>a</b>"),
            ("<em>a</em>", "<i>a</i>"),
            ("<b>a </b>b", "<b>a</b> b"),
            ("<b><b>a</b></b>", "<b>a</b>"),
            ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
            ("<p>a<o:p/></p>", "<p>a</p>"),
            ("a<br/>b", "a<br>b"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a<br>b"),
            ("caf&eacute; &#233;", "café é"),
            ("a &lt; b", "a < b"),
            ("<![if !supportLists]>a<![endif]>", "a"),
            ("<!--[if mso]>x<![endif]-->a", "a"),
        ):
            with self.subTest(one=one, other=other):
                self.assertEqual(prose(one), prose(other))

    def test_a_link_that_shows_its_address_is_that_text(self):
        for html, text in (
            ('<a href="https://x.example/">https://x.example</a>', "https://x.example"),
            (
                '<a href="https://x.example">https://x.example/</a>',
                "https://x.example/",
            ),
            ('<a href="mailto:ann@x.example">ann@x.example</a>', "ann@x.example"),
            ('<li><a href="https://x.example">https://x.example</a>', None),
            ('<a name="top">Top</a>', "Top"),
        ):
            with self.subTest(html=html):
                plain = text or "<li>https://x.example"
                self.assertEqual(prose(html), prose(plain))

    def test_a_safe_link_is_the_link_behind_it(self):
        safe = "https://eur01.safelinks.protection.outlook.com/?url={}&amp;data=05%7C"
        one = f'<a href="{safe.format("https%3A%2F%2Fx.example%2Fdoc")}">Doc</a>'
        self.assertEqual(prose(one), prose('<a href="https://x.example/doc">Doc</a>'))

    def test_a_broken_safe_link_stays_as_it_is(self):
        for href in (
            "https://eur01.safelinks.protection.outlook.com/?data=05",
            "https://[eur01.safelinks.protection.outlook.com?url=x",
        ):
            self.assertEqual(link_address(href), href)

    def test_what_nothing_closes_hides_or_swallows_nothing_more(self):
        for html, text in (
            ("a<a href=x>b<a href=y>c", "ab\x01x\x01c\x01y\x01"),
            ("</b></ul></a></style>a", "a"),
            ("<template>x<body>a", "a"),
            ("a <b", "a <b"),
            ("1 < 2 & 3", "1 < 2 & 3"),
            ("a<!-- b", "a"),
            ("</>", ""),
            ("</>a", "a"),
        ):
            with self.subTest(html=html):
                self.assertEqual(prose(html), text)


class TestContent(PureCase):
    @given(html=bodies)
    def test_what_is_in_the_body_comes_out_as_it_is(self, html):
        for document in (
            html,
            f"<html><body>{html}</body></html>",
            f"<!DOCTYPE html>\n<HTML><HEAD><title>x</title></HEAD><BODY>{html}</BODY>",
            f"<head><meta a=b><style>p > a {{}}</style></head>{html}",
            f'<meta charset="utf-8">{html}',
            f"<html><head></head><body>{html}</body></html>\r\n",
            f"<html><head></head><body><body>{html}</body></body></html>",
            f"<html><head></head><body>{html}</body><title></title></body></html>",
            f"<html><head><meta charset=utf-8><body>\r\n{html}\r\n</body></html>",
        ):
            self.assertEqual(content_from_html(document), html)

    def test_a_head_that_nothing_ends_loses_nothing(self):
        self.assertEqual(content_from_html("<html><head><p>Hi</p></html>"), "<p>Hi</p>")

    @given(html=st.text("<>/abhtmledoyp!-=\"' &;", max_size=60))
    def test_a_second_time_changes_nothing_that_is_said(self, html):
        once = content_from_html(html)
        self.assertEqual(digest(once), digest(content_from_html(once)))


class TestAnyInput(PureCase):
    @given(
        st.lists(
            st.sampled_from(
                [
                    *("<", ">", "</", "<!", "<!--", "-->", "<![", "<?", "&#", "&", ";"),
                    *("x41", "p", "a href=", '"', "'", "=", "/", " ", "\n", "\0", "é"),
                    *("<style>", "</style", "<b>", "</b>", "<li>", "<ul>", "<title>"),
                    *("\ud800", "<body", "<head>", "<br/>", "<o:p/>", "_" * 40),
                    *("teams.live.com/meet/", "<div class=me-email-text>", "</div>"),
                ]
            )
        ).map("".join)
        | st.text()
    )
    @settings(max_examples=200)
    def test_it_is_read_without_a_gap_and_never_raises(self, html):
        parts = pieces(html)
        self.assertEqual("".join(html[one.start : one.end] for one in parts), html)
        self.assertEqual(len(digest(html)), 64)
        self.assertIsInstance(content_from_html(html), str)

    def test_a_long_body_takes_time_in_proportion(self):
        """Each of these takes minutes where reading goes back again and again."""
        for part in ("<a ", "<!--", "<![", "</a", "<a <b>", "<b>", "<head>"):
            html = part * (100_000 // len(part)) + ">"
            with self.subTest(part=part):
                start = time.process_time()
                digest(html)
                content_from_html(html)
                self.assertLess(time.process_time() - start, 60)

    def test_one_letter_in_300_kb_counts(self):
        html = "<p>A long minute, with a <b>word</b> in bold.</p>\r\n" * 6400
        self.assertGreater(len(html), 300_000)
        self.assertNotEqual(digest(html), digest(html + "x"))
        self.assertEqual(digest(html), digest(f"<html><body>{html}</body></html>"))
