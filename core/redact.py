# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Masks what must not be read in a log: tokens, secrets, addresses."""

import logging
import re
from collections.abc import Callable

MASK = "***"
_NAMES = (
    "access_token|refresh_token|id_token|client_secret|client_assertion|client_info"
    "|assertion|password|code_verifier|code|clientState|validationToken"
)
_VALUE = r"""[^\s&"'<>,;}]+"""
_PATTERNS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # Authorization headers, as they are and as a dict prints them.
    (re.compile(r"\b(Bearer|Basic)(\s+)[\w.~+/=-]+", re.I), rf"\1\2{MASK}"),
    # JSON Web Tokens, wherever they stand.
    (re.compile(r"\beyJ[\w-]{4,}(?:\.[\w-]*)+"), MASK),
    # Microsoft's refresh tokens and codes: work accounts, then personal ones.
    (re.compile(r"\b[01]\.A[\w-]{20,}(?:\.[\w-]+)*"), MASK),
    (re.compile(r"\bM\.[CR]\w*[._][\w!*$.-]{16,}"), MASK),
    # Form bodies, query strings, JSON and dicts: name=value, "name": "value".
    (
        re.compile(rf"""\b({_NAMES})(["']?\s*[=:]\s*["']?){_VALUE}""", re.I),
        rf"\1\2{MASK}",
    ),
    # Cursors hold the mailbox's state and act for nobody, yet they are long.
    (re.compile(r"(\$|%24)(deltatoken|skiptoken)=[^\s&\"'<>]+", re.I), rf"\1\2={MASK}"),
    # Addresses, also percent-encoded in a path. Bounded, hence linear.
    (
        re.compile(r"[\w.+%&-][\w.+%'&-]{0,63}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63})+"),
        MASK,
    ),
)


def redact(text: str) -> str:
    """Return the text with every token, secret and address masked.

    >>> redact("POST /token client_secret=s3cr~t&grant_type=refresh_token")
    'POST /token client_secret=***&grant_type=refresh_token'
    >>> redact("GET /users/ann@contoso.example Authorization: Bearer abc.def")
    'GET /users/*** Authorization: Bearer ***'
    """
    for pattern, mask in _PATTERNS:
        text = pattern.sub(mask, text)
    return text


class RedactingFilter(logging.Filter):
    """Redacts the message, the traceback and the stack of each record.

    To be put on a logger or, since loggers do not hand filters down, on a handler.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record in place; none is held back."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):  # arguments that do not fit
            message = f"{record.msg} {record.args}"
        record.msg, record.args = redact(message), ()
        if record.exc_info and not record.exc_text:
            # A formatter takes this text instead of formatting the exception.
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True
