# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The link to Odoo's own video call, for guests who know the meeting from Outlook.

Outlook has no place for it but the body. It stands there as a marked block, which is
cut out again when the body is read: the description in Odoo never has it.
"""

import re
from html import escape

from .marked_block import Marks, split_block, with_block
from .markup import pieces
from .prose import link_address

_LINE = "~" * 40
_ROUTE = "/calendar/join_videocall/"  # Odoo: calendar.event, DISCUSS_ROUTE
_LINK = re.compile(r"(?:/|%2f)calendar(?:/|%2f)join_videocall(?:/|%2f)", re.IGNORECASE)
_MARKS = Marks(re.compile("~{30,}"), _LINK)


def is_discuss_url(url: str) -> bool:
    """Whether an address leads to a video call of Odoo's own.

    >>> is_discuss_url("https://odoo.example/calendar/join_videocall/5f3c")
    True
    """
    return _ROUTE in url


def with_discuss_link(html: str, url: str) -> str:
    """Return a body with the link to a video call at its end.

    :param url: ``""`` when there is none

    >>> with_discuss_link("", "https://odoo.example/calendar/join_videocall/5f3c")
    ... # doctest: +ELLIPSIS
    '<div>~~~...~~~</div><div>Odoo Discuss: <a href="https://...">...</div>'
    """
    if not url:
        return html
    shown = escape(url)
    return with_block(
        html,
        f"<div>{_LINE}</div>"
        f'<div>Odoo Discuss: <a href="{shown}">{shown}</a></div>'
        f"<div>{_LINE}</div>",
    )


def split_discuss_link(html: str) -> tuple[str, str]:
    """Return a body without the block, and the address in it, ``""`` without one.

    >>> url = "https://odoo.example/calendar/join_videocall/5f3c"
    >>> split_discuss_link(with_discuss_link("<p>Agenda</p>", url)) == (
    ...     "<p>Agenda</p>", url)
    True
    """
    if "~~~~" not in html:
        return html, ""
    rest, block = split_block(html, _MARKS)
    for piece in pieces(block):
        url = link_address(piece.attrs.get("href", ""))
        if is_discuss_url(url):
            return rest, url
    return html, ""  # nobody could join by it
