# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Identifiers shaped like those of Exchange.

Two ids of one mailbox may differ in the case of a single letter, as Exchange's
do: whoever compares ids without regard to case mistakes one event for another.
"""

import hashlib
import re
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime, timezone

_SHAPE = re.compile(r"AA[MkQ][A-Za-z0-9_-]{40,}={0,2}")
_EPOCH = datetime(1601, 1, 1, tzinfo=timezone.utc)
_VARIANTS = {"rest": ("AAMkAGI", 152), "immutable": ("AAkALg", 72)}


class Ids:
    """Makes the ids of one mailbox; the same salt and number give the same id.

    :param salt: whatever sets this mailbox apart from all others
    """

    def __init__(self, salt: str) -> None:
        self.salt = salt
        self.store = hashlib.md5(salt.encode(), usedforsecurity=False).digest()

    def rest(self, number: int, place: int = 0) -> str:
        """Return the id that changes when the item moves.

        :param number: of the item in its mailbox
        :param place: how often the item has moved
        """
        return self._long("rest", number, f"item:{place}")

    def immutable(self, number: int) -> str:
        """Return the id that stays when the item moves."""
        return self._long("immutable", number, "item")

    def container(self, number: int) -> str:
        """Return the id of a calendar or group; containers have one id only."""
        return self._long("rest", 2 * number, "container")

    def change_key(self, counter: int) -> str:
        """Return the version number ``counter`` of the mailbox as a changeKey."""
        return b64encode(self.store + counter.to_bytes(6, "big")).decode()

    def ical_uid(self, number: int, moment: datetime) -> str:
        """Return a GlobalObjectId in upper-case hex ([MS-OXOCAL] 2.2.1.27)."""
        ticks = int((moment - _EPOCH).total_seconds() * 10_000_000)
        unique = hashlib.md5(f"{self.salt}:{number}".encode(), usedforsecurity=False)
        return (
            "040000008200E00074C5B7101A82E00800000000"
            + ticks.to_bytes(8, "little").hex().upper()
            + "000000000000000010000000"
            + unique.hexdigest().upper()
        )

    def _long(self, kind: str, number: int, role: str) -> str:
        """Return an id; numbers 2n and 2n + 1 differ in the case of one letter."""
        prefix, length = _VARIANTS[kind]
        seed = f"{self.salt}:{role}:{number // 2}".encode()
        stream = b"".join(
            hashlib.sha512(seed + bytes([block])).digest() for block in range(2)
        )
        text = urlsafe_b64encode(stream).decode().replace("=", "A")
        middle = text[: length - len(prefix) - 5]
        return f"{prefix}{middle}{'Qq'[number % 2]}AAA="


_TAIL = "AAA="
_STEP = 8  # letters that tell the day of an occurrence and the version of the rule


def occurrence_id(master_id: str, day: date, version: int) -> str:
    """Return the id of an occurrence, derived from its master's of the same kind.

    :param version: how often the rule has changed, which makes new ids
    """
    packed = day.toordinal().to_bytes(3, "big") + version.to_bytes(3, "big")
    return master_id[: -len(_TAIL)] + urlsafe_b64encode(packed).decode() + _TAIL


def read_occurrence_id(text: str) -> tuple[str, date, int] | None:
    """Return the master's id, the day and the version; None if it is no such id."""
    step = text[-len(_TAIL) - _STEP : -len(_TAIL)]
    if not is_id(text) or "=" in step or not text.endswith(_TAIL):
        return None
    packed = urlsafe_b64decode(step)
    ordinal = int.from_bytes(packed[:3], "big")
    if not 0 < ordinal <= date.max.toordinal():
        return None
    master_id = text[: -len(_TAIL) - _STEP] + _TAIL
    return master_id, date.fromordinal(ordinal), int.from_bytes(packed[3:], "big")


def is_id(text: str) -> bool:
    """Return whether the text is shaped like an id of Exchange."""
    return bool(_SHAPE.fullmatch(text))


def join_url(tenant_id: str, person_id: str, uid: str) -> str:
    """Return the address under which a Teams meeting is joined."""
    thread = hashlib.md5(uid.encode(), usedforsecurity=False).hexdigest()
    context = f"%7b%22Tid%22%3a%22{tenant_id}%22%2c%22Oid%22%3a%22{person_id}%22%7d"
    return (
        "https://teams.microsoft.com/l/meetup-join/"
        f"19%3ameeting_{thread}%40thread.v2/0?context={context}"
    )
