# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A block in a body that a program has put there: between two lines, with a link.

Such a block is cut out before the body becomes a description, and put back before a
write.
"""

import re
from collections import Counter
from typing import NamedTuple

from .markup import VOID, Piece, pieces

_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)


class Marks(NamedTuple):
    """What a block is known by.

    :ivar rule: finds the line that it begins and ends with
    :ivar link: finds the link between the lines
    :ivar css_class: of the element that holds it, where the lines are lost; ``""``
        when there is no such class
    """

    rule: re.Pattern[str]
    link: re.Pattern[str]
    css_class: str = ""


class _Node:
    """An element that is or was open."""

    __slots__ = ("end", "is_block", "name", "outer", "parent", "start")

    def __init__(
        self, piece: Piece, parent: "_Node | None", end: int, css_class: str
    ) -> None:
        self.name, self.start, self.parent = piece.name, piece.start, parent
        self.end = end  # until its end tag is met
        # Outlook on the web puts "x_" before a class.
        self.is_block = bool(css_class) and css_class in piece.attrs.get("class", "")
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
    """A line and the element that it stands in."""

    node: _Node | None
    start: int
    end: int


class _Finder:
    """Walks over the pieces once and remembers what may be the block."""

    def __init__(self, html: str, marks: Marks) -> None:
        self._html, self._marks = html, marks
        self._stack: list[_Node] = []
        self._open: Counter[str] = Counter()
        self._rule: _Mark | None = None
        self._is_link_seen = False
        #: The last two neighbouring rules with the link between them.
        self.rules: tuple[_Mark, _Mark] | None = None
        #: The last element of the class with such a link, for want of rules.
        self.element: _Node | None = None

    def take(self, piece: Piece) -> None:
        """Go on by one piece."""
        if piece.kind == "start":
            self._enter(piece)
        elif piece.kind == "end":
            self._leave(piece)
        source = self._html[piece.start : piece.end]
        if piece.kind != "end" and self._marks.link.search(source):
            self._is_link_seen = True
            if self._stack and self._stack[-1].outer:
                self.element = self._stack[-1].outer
        if piece.kind == "text":
            for match in self._marks.rule.finditer(source):
                self._meet_rule(piece.start + match.start(), piece.start + match.end())

    def _enter(self, piece: Piece) -> None:
        top = self._stack[-1] if self._stack else None
        if top and top.name == piece.name and piece.name in ("p", "li"):
            self._close_top(piece.start)  # these end where the next one begins
            top = self._stack[-1] if self._stack else None
        if piece.name not in VOID:
            node = _Node(piece, top, len(self._html), self._marks.css_class)
            self._stack.append(node)
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
        if self._rule and self._is_link_seen:
            self.rules = (self._rule, rule)
        self._rule, self._is_link_seen = rule, False


def split_block(html: str, marks: Marks) -> tuple[str, str]:
    """Return the HTML without the block, and the block as it stands there.

    :return: ``(html, "")`` when there is none. Of several the last one counts: programs
        put their own below what people wrote or pasted
    """
    finder = _Finder(html, marks)
    for piece in pieces(html):
        finder.take(piece)
    if finder.rules:
        start, end = _span(*finder.rules)
    elif finder.element:
        start, end = finder.element.start, finder.element.end
    else:
        return html, ""
    return html[:start] + html[end:], html[start:end]


def with_block(html: str, block: str) -> str:
    """Return the HTML with the block at its end, once.

    >>> with_block("<body>Hello</body>", "<div>Join</div>")
    '<body>Hello<div>Join</div></body>'
    """
    if not block or block in html:
        return html
    ends = list(_BODY_END.finditer(html))
    place = ends[-1].start() if ends else len(html)
    return html[:place] + block + html[place:]


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
    for node in reversed(above[:shared]):  # the wrapper belongs to its block
        if not node.is_block:
            break
        start, end = node.start, node.end
    return start, end
