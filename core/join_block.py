# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The block that Teams puts into the body of an online meeting.

It begins and ends with a line of underscores and holds the link to join. Exchange
ends the online meeting when a write of ``body`` drops it (Graph v1.0 event: update),
so it is cut out before the body becomes a description, and put back before a write.
"""

import re

from .marked_block import Marks, split_block
from .marked_block import with_block as with_join_block
from .markup import pieces
from .prose import link_address

__all__ = ["join_url", "split_join_block", "with_join_block"]

_RULE = re.compile(r"_{40,}")  # 80 from Teams, fewer from other clients
_JOIN_URL = re.compile(
    r"teams\.(?:cloud\.microsoft|(?:microsoft|live)\.(?:com|us))"
    r"(?:/|%2f)(?:l(?:/|%2f)meetup-join|meet)(?:/|%2f)",
    re.IGNORECASE,
)
_JOIN = re.compile(
    rf"{_JOIN_URL.pattern}|aka\.ms/JoinTeamsMeeting|me-email-(?:headline|link)",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_CLASS = "me-email-text"  # Teams' own
_MARKS = Marks(_RULE, _JOIN, _CLASS)


def split_join_block(html: str) -> tuple[str, str]:
    """Return the HTML without Teams' block, and the block as it stands there.

    :return: ``(html, "")`` when there is none. Of several the last one counts: Outlook
        puts its own below what people wrote or pasted

    >>> line = 80 * "_"
    >>> url = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x"
    >>> split_join_block(f'Hello<div>{line}</div><a href="{url}">Join</a><p>{line}</p>')
    ... # doctest: +ELLIPSIS
    ('Hello', '<div>____...____</p>')
    """
    if "____" not in html and _CLASS not in html:
        return html, ""
    return split_block(html, _MARKS)


def join_url(block: str) -> str:
    """Return the address to join at, ``""`` when the block names none.

    >>> join_url("Join:<br>https://teams.microsoft.com/meet/1234?p=x<br>")
    'https://teams.microsoft.com/meet/1234?p=x'
    """
    for piece in pieces(block):
        written = [match[0] for match in _URL.finditer(piece.text)]
        for link in (link_address(piece.attrs.get("href", "")), *written):
            if _JOIN_URL.search(link):
                return link
    return ""
