# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The block that Teams puts into a body: cut out, put back, never lost."""

import time

from hypothesis import given
from hypothesis import strategies as st

from ...core.body import digest, split_join_block, with_join_block
from ...core.join_block import join_url
from .common import PureCase
from .strategies import bodies

LINE = "_" * 80
URL = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=1"
LINK = f'<a href="{URL}" class="me-email-headline">Join</a>'
INNER = f"<div>Microsoft Teams</div>{LINK}"

# Shapes seen in public samples of Graph events, oldest first; the last two are what
# desktop Outlook and a plain text body make of it.
BLOCKS = {
    "rules around": f'<div style="height:20px"><span>{LINE}</span>\r\n</div>\r\n'
    f'<div class="me-email-text" lang="en-US">{INNER}</div>\r\n<div></div>'
    f'<div style="width:100%"><span>{LINE}</span></div>',
    "rules within": '<div class="me-email-text"><div aria-hidden="true">\r\n'
    f'{LINE}</div>{INNER}<div aria-hidden="true">{LINE}</div></div>',
    "web copy": f'<div class="x_me-email-text"><div>{LINE}</div>{INNER}'
    f"<div>{LINE}</div></div>",
    "no rules": f'<div class="me-email-text">{INNER}</div>',
    "paragraphs": f"<p class=MsoNormal><span>{LINE}</span></p><p>{LINK}</p>"
    f"<p class=MsoNormal>{LINE[:51]}<o:p></o:p></p>",
    "unclosed paragraphs": f"<p>{LINE}<p>{LINK}<p>{LINE}</p>",
    "text": f"{LINE}<br>Microsoft Teams meeting<br>{URL}<br>{LINE}",
}
WRAPPERS = [
    "{}",
    "<html><head></head><body>{}</body></html>",
    "<html><body>\r\n<div>{}</div>\r\n</body></html>",
]


class TestSplit(PureCase):
    def test_each_shape_is_cut_out_as_it_stands(self):
        for name, block in BLOCKS.items():
            for wrapper in WRAPPERS:
                with self.subTest(name=name, wrapper=wrapper):
                    html = wrapper.format(f"<div>Before</div>{block}<div>After</div>")
                    content, found = split_join_block(html)
                    self.assertEqual(found, block)
                    self.assertEqual(
                        content, wrapper.format("<div>Before</div><div>After</div>")
                    )

    def test_each_shape_names_where_to_join(self):
        for name, block in BLOCKS.items():
            with self.subTest(name=name):
                self.assertEqual(join_url(block), URL)

    def test_teams_of_other_clouds_and_behind_safe_links(self):
        for link in (
            "https://teams.microsoft.com/meet/488?p=x",
            "https://teams.live.com/meet/9512",
            "https://gov.teams.microsoft.us/l/meetup-join/19%3ax",
            "https://teams.cloud.microsoft/meet/488",
        ):
            block = f'<div>{LINE}</div><a href="{link}">Join</a><div>{LINE}</div>'
            self.assertEqual(split_join_block(f"Hi{block}"), ("Hi", block))
            self.assertEqual(join_url(block), link)
        safe = (
            "https://eur01.safelinks.protection.outlook.com/"
            "?url=https%3A%2F%2Fteams.live.com%2Fmeet%2F9512&amp;data=05"
        )
        block = f'<div>{LINE}</div><a href="{safe}">Join</a><div>{LINE}</div>'
        self.assertEqual(split_join_block(f"Hi{block}"), ("Hi", block))
        self.assertEqual(join_url(block), "https://teams.live.com/meet/9512")

    def test_what_people_draw_and_link_is_no_block(self):
        for html in (
            "",
            "<p>Hello</p>",
            f"<p>{LINE}</p>Signature<p>{LINE}</p>",
            f"<p>{LINE}</p>{LINE}",
            f"<p>Join <a href='{URL}'>here</a></p>",
            f"<a href='{URL}'>Join</a><p>{LINE}</p>Signature",
            "<div class='me-email-text'>Only the class</div>",
        ):
            with self.subTest(html=html):
                self.assertEqual(split_join_block(html), (html, ""))
                self.assertEqual(with_join_block(html, ""), html)

    def test_lines_of_ones_own_around_the_block_stay(self):
        block = BLOCKS["rules around"]
        html = f"<p>{LINE}</p><p>Minutes</p>{block}<p>Signature</p><p>{LINE}</p>"
        self.assertEqual(split_join_block(html)[1], block)

    def test_the_last_of_two_blocks_is_the_meetings_own(self):
        pasted = BLOCKS["paragraphs"].replace("19%3ameeting_x", "19%3ameeting_y")
        html = f"{pasted}<p>See above</p>{BLOCKS['rules around']}"
        content, block = split_join_block(html)
        self.assertEqual(block, BLOCKS["rules around"])
        self.assertIn(pasted, content)

    def test_tags_that_nothing_opened_or_closed_do_not_hinder(self):
        block = BLOCKS["rules within"]
        for html in (f"</b>{block}", f"<b>{block}", f"<div><b><i>x</div>{block}</ul>"):
            self.assertEqual(split_join_block(html)[1], block)

    def test_no_link_to_join_no_address(self):
        self.assertEqual(join_url('<a href="https://x.example">x</a>'), "")
        self.assertEqual(join_url(""), "")


class TestRoundTrip(PureCase):
    @given(
        before=bodies,
        after=bodies,
        block=st.sampled_from(list(BLOCKS.values())),
        wrapper=st.sampled_from(WRAPPERS),
    )
    def test_a_new_body_keeps_the_block_and_says_what_it_said(
        self, before, after, block, wrapper
    ):
        content, found = split_join_block(wrapper.format(before + block + after))
        self.assertEqual(found, block)
        written = with_join_block(content, found)
        self.assertEqual(split_join_block(written)[1], block)
        self.assertEqual(digest(split_join_block(written)[0]), digest(content))
        self.assertEqual(with_join_block(written, found), written)

    @given(
        st.lists(
            st.sampled_from(
                [LINE, LINK, "<p>", "</p>", "<div class=me-email-text>", "</div>", "x"]
            )
        ).map("".join)
    )
    def test_the_two_parts_are_the_whole_in_any_disorder(self, html):
        content, block = split_join_block(html)
        self.assertEqual(len(content) + len(block), len(html))
        self.assertIn(block, html)
        if block:
            self.assertTrue(join_url(block))

    def test_a_long_text_takes_time_in_proportion(self):
        for part in (f"<b>{LINE}", LINK, "<div class=me-email-text>"):
            html = part * (100_000 // len(part)) + f"{LINE}{LINK}{LINE}"
            with self.subTest(part=part):
                start = time.process_time()
                split_join_block(html)
                self.assertLess(time.process_time() - start, 60)
