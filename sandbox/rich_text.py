# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Bodies of events: stored as an HTML document, sanitized, shown as HTML or text.

Exchange keeps every body as HTML: a text body comes back wrapped, and what could
run in a browser is dropped (graph.md, "Properties"; ``itemBody``).
"""

import re
from html import escape
from typing import Any

from lxml import etree, html

HEAD = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    "</head><body>"
)
TAIL = "</body></html>"
PREVIEW = 255
RULE = "_" * 80

# What could run or lead elsewhere; and what belongs to the head alone.
_UNSAFE = (
    *("script", "iframe", "object", "embed", "applet", "base", "link"),
    *("meta", "title"),
)
_BLOCKS = {"p", "div", "br", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4"}
# What neither XML nor UTF-8 can hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_SCRIPT_URL = re.compile(r"\s*(javascript|vbscript|data:text/html)", re.IGNORECASE)


def document(content: str, kind: str) -> str:
    """Return the stored form of a body: a sanitized document, or ``""``.

    :param kind: ``html`` or ``text``
    """
    content = _CONTROL.sub("", content)
    if not content.strip():
        return ""
    if kind == "text":
        lines = escape(content, quote=False).splitlines()
        return HEAD + "<br>\r\n".join(lines) + TAIL
    return HEAD + _inner(_sanitized(_parsed(content))) + TAIL


def _parsed(content: str) -> Any:
    """Return the root element of a piece of HTML or of a whole document."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    # A document within the body: the parser drops its html and body tags.
    text = f"<html><body>{content}</body></html>"
    # Bytes, since lxml refuses a text that begins with an XML declaration.
    return html.document_fromstring(text.encode(), parser=parser)


def _sanitized(root: Any) -> Any:
    """Drop what could run from a tree; return it."""
    for element in list(root.iter(*_UNSAFE)):
        element.drop_tree()
    for form in list(root.iter("form")):
        form.drop_tag()
    for element in root.iter(etree.Element):
        for name, value in list(element.attrib.items()):
            if name.lower().startswith("on") or _SCRIPT_URL.match(value):
                del element.attrib[name]
    return root


def _inner(root: Any) -> str:
    """Return the HTML between the tags of the body."""
    text = html.tostring(root.find("body"), encoding="unicode", with_tail=False)
    return re.sub(r"^<body[^>]*>|</body>$", "", text)


def plain(content: str) -> str:
    """Return the text of a stored document, for ``body-content-type="text"``."""
    if not content:
        return ""
    parts: list[str] = []
    _walk(_parsed(content).find("body"), parts)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(parts))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _walk(element: Any, parts: list[str]) -> None:
    """Append the text of an element and its children, a line for each block."""
    if element.tag == "style":
        return
    if element.tag in _BLOCKS:
        parts.append("\n")
    parts.append(_flat(element.text))
    for child in element:
        _walk(child, parts)
        parts.append(_flat(child.tail))
    if element.tag in _BLOCKS and element.tag != "br":
        parts.append("\n")


def _flat(text: str | None) -> str:
    """Return text with its white space, line ends included, as single blanks."""
    return re.sub(r"\s+", " ", text or "")


def preview(content: str) -> str:
    """Return the first characters of a stored document as text."""
    return plain(content)[:PREVIEW]


def with_join_block(content: str, url: str) -> str:
    """Return a stored document with the block that a Teams meeting adds.

    The block stands between two lines of underscores, as in Outlook.
    """
    line = f'<div><span style="white-space:nowrap">{RULE}</span></div>'
    block = (
        f'<br>{line}<div class="me-email-text" lang="en-US">'
        '<div><span style="font-size:24px">Microsoft Teams meeting</span></div>'
        f'<div><a class="me-email-headline" href="{escape(url)}">'
        "Join the meeting now</a></div></div>" + line
    )
    return (content or HEAD + TAIL).replace(TAIL, block + TAIL)


def has_join_block(content: str, url: str) -> bool:
    """Return whether a document still holds the way into the Teams meeting."""
    return escape(url) in content or url in content
