# Part of outlook_calendar. LGPL-3, see LICENSE.
"""HTML bodies: what Exchange wraps around them, and whether two say the same.

Exchange writes every body anew: it wraps it in a document, moves white space, adds
``div`` and ``span``. Bodies are therefore compared by ``digest``, never as text.
"""

import re
from functools import lru_cache
from hashlib import sha256

from .join_block import split_join_block, with_join_block
from .markup import Piece, pieces
from .prose import prose

__all__ = ["content_from_html", "digest", "split_join_block", "with_join_block"]

_WRAPPER = re.compile(r"<(?:!doctype|html|head|body|meta|title)\b", re.IGNORECASE)
# What Exchange makes of every body, and so nearly all there is to read.
_DOCUMENT = re.compile(
    r"\s*<html[^<>]*>\s*<head[^<>]*>(?:(?!</head|<body).)*</head>\s*"
    r"<body[^<>]*>(.*)</body>\s*</html>\s*",
    re.IGNORECASE | re.DOTALL,
)
_WRAPPER_END = re.compile(r"</(?:html|head|body|title)\b", re.IGNORECASE)
_DOCTYPE = re.compile(r"\s*<!doctype[^>]*>", re.IGNORECASE)
_WRAPPER_TAGS = frozenset({"html", "head", "body", "meta", "title", "base"})


def content_from_html(html: str) -> str:
    """Return what is inside ``body``, as it stands there.

    :param html: a document or a fragment; of a fragment nothing is taken

    >>> content_from_html("<html><head><title>x</title></head><body><b>Hi</b></body>")
    '<b>Hi</b>'
    """
    if not _WRAPPER.search(html):
        return html.strip()
    document = _DOCUMENT.fullmatch(html)
    if document and not _has_wrapper(document[1]):
        return document[1].strip()
    if doctype := _DOCTYPE.match(html):
        html = html[doctype.end() :]
    parts = pieces(html)
    # A head that nothing ends is no reason to lose what follows.
    head_end = max((at for at, one in enumerate(parts) if _ends_head(one)), default=-1)
    kept, is_head = [], False
    for at, one in enumerate(parts):
        if one.kind == "start" and one.name == "head":
            is_head = at < head_end
        elif _ends_head(one):
            is_head = False
        if not is_head and one.name not in _WRAPPER_TAGS:
            kept.append(html[one.start : one.end])
    return "".join(kept).strip()


@lru_cache(maxsize=16)  # the two sides of a meeting often have the same text
def digest(html: str) -> str:
    """Return a hash (SHA-256, hexadecimal) that is equal for bodies that say the same.

    Equal in spite of other white space, wrappers, styles, ``div`` and ``span``, blank
    lines; different when words, links, images, emphasis or the structure of
    paragraphs and lists differ. Never raises; linear in the length.

    >>> digest("<p>Agenda</p>") == digest("<html><body><div>Agenda<br></div></body>")
    True
    >>> digest("<p><br></p>") == digest("")
    True
    """
    return sha256(prose(html).encode("utf-8", "surrogatepass")).hexdigest()


def _has_wrapper(html: str) -> bool:
    return bool(_WRAPPER.search(html) or _WRAPPER_END.search(html))


def _ends_head(piece: Piece) -> bool:
    return (piece.kind, piece.name) in (("end", "head"), ("start", "body"))
