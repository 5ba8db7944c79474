# Part of outlook_calendar. LGPL-3, see LICENSE.
"""HTML as a flat list of tags and texts with their places; any input, linear time.

``html.parser`` reads the tags. It is kept away from what makes some of its versions
raise (marked sections) or take quadratic time (comments and tags that never end).
Orderly HTML, which is what Exchange writes, is read by one expression in half of the
time: a first read of a mailbox spends much of its time here.
"""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate
from typing import NamedTuple

#: Elements that have no content and no end tag (HTML, 13.1.2).
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"}
    | {"param", "source", "track", "wbr"}
)

# Comments, doctypes, processing instructions, Word's <![if ...]>; an unclosed one
# swallows the rest, as it does in a browser.
_UNSEEN = re.compile(r"<!--(?:-?>|.*?--!?>|.*)|<[!?][^>]*(?:>|\Z)", re.DOTALL)
# A tag with nothing but name="value" in it, or a text; "<" and ">" in no other place.
_ORDERLY = re.compile(
    r"""<(/?)([A-Za-z][A-Za-z0-9:-]*)"""
    r"""((?:[ \t\n\r\f]+[A-Za-z][A-Za-z0-9:_-]*="(?:[^"<>&\x00]|&amp;)*")*)"""
    r"""[ \t\n\r\f]*(/?)>|[^<>]+"""
)
_ATTRIBUTE = re.compile(r'([A-Za-z][A-Za-z0-9:_-]*)="([^"]*)"')
# Elements in which a "<" begins no tag.
_RAW = frozenset(
    {"iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style"}
    | {"textarea", "title", "xmp"}
)
#: Stands for each character of what was taken out, so that places stay true.
BLANK = "\x00"


class Piece(NamedTuple):
    """A start tag, an end tag or a text; pieces follow each other without a gap.

    :ivar kind: ``start``, ``end`` or ``text``
    :ivar name: the tag's, in lower case; ``""`` of a text
    :ivar attrs: the start tag's, values unescaped
    :ivar text: unescaped; may hold ``BLANK``
    :ivar start: place in the source
    :ivar end: place in the source, exclusive
    """

    kind: str
    name: str
    attrs: dict[str, str]
    text: str
    start: int
    end: int


class _Reader(HTMLParser):
    """Notes each tag and text with the place where it begins."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str, dict[str, str], str, int]] = []
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]

    def _note(
        self, kind: str, name: str, attrs: dict[str, str], text: str = ""
    ) -> None:
        line, column = self.getpos()
        self.found.append((kind, name, attrs, text, self._lines[line - 1] + column))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note("start", tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:  # XML's empty element, as Word writes it
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._note("end", tag, {})

    def handle_data(self, data: str) -> None:
        self._note("text", "", {}, data)


def pieces(html: str) -> list[Piece]:
    """Return the tags and texts of a document or a fragment; never raises.

    >>> [(one.kind, one.name or one.text) for one in pieces("<p>1 &lt; 2<br>")]
    [('start', 'p'), ('text', '1 < 2'), ('start', 'br')]
    """
    found = _orderly(html)
    return _parsed(html) if found is None else found


def _orderly(html: str) -> list[Piece] | None:
    """Return what ``_parsed`` would, or None of anything out of the ordinary."""
    found: list[Piece] = []
    at = 0
    while at < len(html):
        match = _ORDERLY.match(html, at)
        if not match or not (parts := _parts(match)):
            return None
        found += parts
        at = match.end()
    return found


def _parts(match: re.Match[str]) -> list[Piece]:
    """Return a tag or a text, nothing when the tag is one for the parser."""
    slash, name, attrs, empty = match.groups()
    start, end = match.span()
    if name is None:
        return [Piece("text", "", {}, unescape(match[0]), start, end)]
    name = name.lower()
    if name in _RAW or (slash and (attrs or empty)):
        return []
    if slash:
        return [Piece("end", name, {}, "", start, end)]
    values = {
        key.lower(): value.replace("&amp;", "&")
        for key, value in _ATTRIBUTE.findall(attrs)
    }
    if not empty or name in VOID:
        return [Piece("start", name, values, "", start, end)]
    return [
        Piece("start", name, values, "", start, start),
        Piece("end", name, {}, "", start, end),
    ]


def _parsed(html: str) -> list[Piece]:
    """Return the pieces of any HTML."""
    seen = _UNSEEN.sub(lambda match: BLANK * len(match[0]), html)
    # Behind the last ">" no tag can end: a "<" there is text, and looking for its end
    # again and again is what would take quadratic time.
    cut = seen.rfind(">") + 1
    reader = _Reader(html)
    reader.feed(seen[:cut])
    reader.close()
    found = reader.found
    if cut < len(seen):
        found.append(("text", "", {}, unescape(seen[cut:]), cut))
    if html and not (found and found[0][4] == 0):  # "</>" is nothing to the parser
        found.insert(0, ("text", "", {}, "", 0))
    ends = [*(one[4] for one in found[1:]), len(html)]
    return [Piece(*one, end) for one, end in zip(found, ends, strict=False)]
