# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The link to a video call of Odoo's in a body that Exchange rewrites."""

from hypothesis import given

from ...core.body import digest
from ...core.discuss_block import split_discuss_link, with_discuss_link
from ...core.join_block import split_join_block, with_join_block
from .common import PureCase
from .strategies import ROOM, bodies

JOIN = (
    f"<div>{80 * '_'}</div><div><a class='me-email-headline' "
    f"href='https://teams.live.com/meet/1'>Join</a></div><div>{80 * '_'}</div>"
)


class TestDiscussLink(PureCase):
    @given(body=bodies)
    def test_what_is_put_in_comes_out_again(self, body):
        sent = with_discuss_link(body, ROOM)
        self.assertEqual(split_discuss_link(sent), (body, ROOM))
        self.assertEqual(with_discuss_link(sent, ROOM), sent)

    def test_without_a_link_nothing_is_put_in(self):
        self.assertEqual(with_discuss_link("<p>Hi</p>", ""), "<p>Hi</p>")

    def test_it_is_found_in_what_exchange_and_clients_make_of_it(self):
        safe = (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2F"
            "odoo.example%2Fcalendar%2Fjoin_videocall%2F5f3c&amp;data=05"
        )
        line = "~" * 40
        sent = with_discuss_link("<p>Hi</p>", ROOM)
        for html in (
            sent.replace("<div>", '<p class="x_M">').replace("</div>", "</p>"),
            f'<p>Hi</p><div>{line}<br><a href="{ROOM}">Odoo</a><br>{line}</div>',
            f'<p>Hi</p><div>{line}</div><a href="{safe}">Odoo</a><div>{line}</div>',
        ):
            with self.subTest(html=html):
                rest, url = split_discuss_link(html)
                self.assertEqual(url, ROOM)
                self.assertEqual(digest(rest), digest("<p>Hi</p>"))

    def test_what_people_write_is_left_alone(self):
        line = "~" * 40
        for html in (
            "",
            f'<p>Join <a href="{ROOM}">here</a></p>',
            f"<p>{line}</p><p>Break</p><p>{line}</p>",
            f"<p>{line}</p><p>{ROOM}</p><p>{line}</p>",
        ):
            with self.subTest(html=html):
                self.assertEqual(split_discuss_link(html), (html, ""))

    def test_it_stands_beside_the_block_of_teams(self):
        sent = with_join_block(with_discuss_link("<p>Hi</p>", ROOM), JOIN)
        rest, block = split_join_block(sent)
        self.assertEqual(block, JOIN)
        self.assertEqual(split_discuss_link(rest), ("<p>Hi</p>", ROOM))

    def test_a_long_body_takes_linear_time(self):
        body = "<p>" + "~~~~ " * 200_000 + "</p>"
        self.assertEqual(split_discuss_link(body), (body, ""))
