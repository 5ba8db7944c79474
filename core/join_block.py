# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The block that Teams puts into the body of an online meeting.

It begins and ends with a line of underscores and holds the link to join. Exchange
ends the online meeting when a write of ``body`` drops it (Graph v1.0 event: update),
so it is cut out before the body becomes a description, and put back before a write.
"""

import re
from collections import Counter
from typing import NamedTuple

from .markup import VOID, Piece, pieces
from .prose import link_address

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
_CLASS = "me-email-text"  # Teams' own; Outlook on the web puts "x_" before it
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)


class _Node:
    """An element that is or was open."""

    __slots__ = ("end", "is_block", "name", "outer", "parent", "start")

    def __init__(self, piece: Piece, parent: "_Node | None", end: int) -> None:
        self.name, self.start, self.parent = piece.name, piece.start, parent
        self.end = end  # until its end tag is met
        self.is_block = _CLASS in piece.attrs.get("class", "")
        above = parent.outer if parent else None
        self.outer: _Node | None = above or (self if self.is_block else None)

    def path(self) -> list["_Node"]:
        """Return the elements from the outermost to this one."""
        nodes, node = [self], self.parent
        while node:
            nodes.append(node)
            node = node.parent
        return nodes[::-1]


class _Mark(NamedTuple):
    """A line of underscores and the element that it stands in."""

    node: _Node | None
    start: int
    end: int


class _Finder:
    """Walks over the pieces once and remembers what may be the block."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._stack: list[_Node] = []
        self._open: Counter[str] = Counter()
        self._rule: _Mark | None = None
        self._is_join_seen = False
        #: The last two neighbouring rules with a link to join between them.
        self.rules: tuple[_Mark, _Mark] | None = None
        #: The last element of Teams' class with such a link, for want of rules.
        self.element: _Node | None = None

    def take(self, piece: Piece) -> None:
        """Go on by one piece."""
        if piece.kind == "start":
            self._enter(piece)
        elif piece.kind == "end":
            self._leave(piece)
        source = self._html[piece.start : piece.end]
        if piece.kind != "end" and _JOIN.search(source):
            self._is_join_seen = True
            if self._stack and self._stack[-1].outer:
                self.element = self._stack[-1].outer
        if piece.kind == "text":
            for match in _RULE.finditer(source):
                self._meet_rule(piece.start + match.start(), piece.start + match.end())

    def _enter(self, piece: Piece) -> None:
        top = self._stack[-1] if self._stack else None
        if top and top.name == piece.name and piece.name in ("p", "li"):
            self._close_top(piece.start)  # these end where the next one begins
            top = self._stack[-1] if self._stack else None
        if piece.name not in VOID:
            self._stack.append(_Node(piece, top, len(self._html)))
            self._open[piece.name] += 1

    def _leave(self, piece: Piece) -> None:
        if not self._open[piece.name]:
            return  # an end tag of nothing
        while self._stack[-1].name != piece.name:
            self._close_top(piece.start)
        self._close_top(piece.end)

    def _close_top(self, end: int) -> None:
        node = self._stack.pop()
        node.end = end
        self._open[node.name] -= 1

    def _meet_rule(self, start: int, end: int) -> None:
        rule = _Mark(self._stack[-1] if self._stack else None, start, end)
        if self._rule and self._is_join_seen:
            self.rules = (self._rule, rule)
        self._rule, self._is_join_seen = rule, False


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
    finder = _Finder(html)
    for piece in pieces(html):
        finder.take(piece)
    if finder.rules:
        start, end = _span(*finder.rules)
    elif finder.element:
        start, end = finder.element.start, finder.element.end
    else:
        return html, ""
    return html[:start] + html[end:], html[start:end]


def with_join_block(html: str, block: str) -> str:
    """Return the HTML with the block at its end, once.

    >>> with_join_block("<body>Hello</body>", "<div>Join</div>")
    '<body>Hello<div>Join</div></body>'
    """
    if not block or block in html:
        return html
    ends = list(_BODY_END.finditer(html))
    place = ends[-1].start() if ends else len(html)
    return html[:place] + block + html[place:]


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


def _span(first: _Mark, last: _Mark) -> tuple[int, int]:
    """Return where the block begins and ends, whole elements where it can be.

    The elements that hold one rule each, below the innermost that holds both: cutting
    from the one to the other leaves the rest of the tree closed as it was.
    """
    above = first.node.path() if first.node else []
    below = last.node.path() if last.node else []
    shared = 0
    for one, other in zip(above, below, strict=False):
        if one is not other:
            break
        shared += 1
    start = above[shared].start if shared < len(above) else first.start
    end = below[shared].end if shared < len(below) else last.end
    for node in reversed(above[:shared]):  # Teams' own wrapper belongs to its block
        if not node.is_block:
            break
        start, end = node.start, node.end
    return start, end
