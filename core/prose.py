# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a body says, as text: the form in which two bodies are compared."""

import re
from urllib.parse import parse_qs, urlsplit

from .markup import Piece, pieces

_BREAKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "caption", "center", "dd"}
    | {"div", "dl", "dt", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"table", "td", "th", "tr", "ul"}
)
_HIDDEN = frozenset({"script", "style", "template", "title"})
_EMPHASIS = {"b": "b", "strong": "b", "em": "i", "i": "i"}
_LISTS = {"ul": "*", "ol": "#"}
_HEADINGS = {"h1": "=1", "h2": "=2", "h3": "=3", "h4": "=4", "h5": "=5", "h6": "=6"}
# What nobody sees: control characters (the parser's blanks among them), soft marks
# that editors leave around links.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\u200b\u2060\ufeff]+")
# Marks of our own cannot be typed, since control characters are taken out.
_LINK, _IMAGE, _STYLE, _LINE = "\x01", "\x02", "\x03", "\x04"


class _Writer:
    """Puts down what is visible, one line per paragraph or list item."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._break = self._space = False
        self._prefix = ""
        self._hidden = 0
        self._lists: list[str] = []
        self._depths = {"b": 0, "i": 0}
        self._style = self._wanted = ""
        self._link: tuple[str, int] | None = None  # its address, where its text began

    def take(self, piece: Piece) -> None:
        """Go on by one piece."""
        if piece.kind == "text":
            if not self._hidden:
                text = piece.text
                self._put_text(text if text.isprintable() else _UNSEEN.sub("", text))
            return
        if piece.name in _BREAKS:
            self._break = True
        if piece.kind == "start":
            self._enter(piece)
        else:
            self._leave(piece.name)

    def close_link(self) -> None:
        """Put the address of the open link behind its text, unless it is the text."""
        if not self._link:
            return
        (href, begin), self._link = self._link, None
        shown = (one for one in self.out[begin:] if not one.startswith(_STYLE))
        text = "".join(shown).strip()
        if text and text.rstrip("/") not in (href, href.removeprefix("mailto:")):
            self.out.append(f"{_LINK}{href}{_LINK}")

    def _enter(self, piece: Piece) -> None:
        name = piece.name
        if name in _HIDDEN:
            self._hidden += 1
        elif name == "body":
            self._hidden = 0  # of an element in the head that nothing ended
        elif name in _EMPHASIS:
            self._emphasize(_EMPHASIS[name], 1)
        elif name in _LISTS:
            self._lists.append(_LISTS[name])
        elif name == "li":
            self._prefix = (
                f"{self._lists[-1] if self._lists else '*'}{len(self._lists)}"
            )
        elif name in _HEADINGS:
            self._prefix = _HEADINGS[name]
        else:
            self._enter_visible(piece)

    def _enter_visible(self, piece: Piece) -> None:
        if piece.name == "a":
            self.close_link()
            if href := link_address(piece.attrs.get("href", "")):
                self._link = (href, len(self.out))
        elif piece.name == "img":
            self._put(f"{_IMAGE}{piece.attrs.get('src', '').strip()}{_IMAGE}")
        elif piece.name == "hr":
            self._put(_LINE)
            self._break = True

    def _leave(self, name: str) -> None:
        if name == "a":
            self.close_link()
        elif name in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif name in _EMPHASIS:
            self._emphasize(_EMPHASIS[name], -1)
        elif name in _LISTS and self._lists:
            self._lists.pop()
        elif name == "li" or name in _HEADINGS:
            self._prefix = ""  # an empty item says nothing

    def _emphasize(self, kind: str, step: int) -> None:
        self._depths[kind] = max(0, self._depths[kind] + step)
        self._wanted = "".join(one for one, depth in self._depths.items() if depth)

    def _put_text(self, text: str) -> None:
        words = text.split()
        self._space = self._space or text[:1].isspace()
        if words:
            self._put(" ".join(words))
            self._space = text[-1:].isspace()

    def _put(self, text: str) -> None:
        if self.out and (self._break or self._space):
            self.out.append("\n" if self._break else " ")
        self._break = self._space = False
        if self._prefix:
            self.out.append(f"{_STYLE}{self._prefix} ")
            self._prefix = ""
        if self._style != self._wanted:
            self._style = self._wanted
            self.out.append(f"{_STYLE}{self._style}{_STYLE}")
        self.out.append(text)


def prose(html: str) -> str:
    """Return what the HTML says, with marks for links, images, lists and emphasis.

    The form is for comparing only. White space (no-break spaces included) counts as
    one space, blank lines as none; a link whose text is its address is that text.

    >>> prose("<div><p>See   <span>you</span>&nbsp;there<br><br></p>\\r\\n at 10</div>")
    'See you there\\nat 10'
    """
    writer = _Writer()
    for piece in pieces(html):
        writer.take(piece)
    writer.close_link()
    return "".join(writer.out)


def link_address(href: str) -> str:
    """Return where a link leads, without the detour over Defender's Safe Links.

    >>> link_address("https://eur01.safelinks.protection.outlook.com/"
    ...              "?url=https%3A%2F%2Fcontoso.example%2Fdoc&data=05")
    'https://contoso.example/doc'
    """
    href = _UNSEEN.sub("", href).strip().rstrip("/")
    if "safelinks.protection.outlook.com" in href:
        try:
            return parse_qs(urlsplit(href).query)["url"][0].rstrip("/")
        except (KeyError, ValueError):  # no target; no address
            return href
    return href
