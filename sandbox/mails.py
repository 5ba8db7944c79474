# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The mails that Exchange would have sent, kept to be looked at."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

KINDS = ("invitation", "update", "cancellation", "response", "forward")


@dataclass(frozen=True)
class Mail:
    """One mail to one recipient.

    :ivar sender: address
    :ivar recipient: address, as the meeting names it
    :ivar kind: one of :data:`KINDS`
    :ivar reason: why it was sent: ``created``, ``guest added``, ``guest removed``,
        ``changed: subject, start``, ``deleted``, ``cancelled``, ``accepted``, ...
    :ivar subject: of the meeting; a cancellation has its prefix
    :ivar event_id: REST id of the event in the sender's mailbox
    :ivar uid: iCalUId of the meeting
    :ivar at: aware, UTC
    :ivar comment: what the sender wrote
    """

    sender: str
    recipient: str
    kind: str
    reason: str
    subject: str
    event_id: str
    uid: str
    at: datetime
    comment: str = ""

    def dump(self) -> dict[str, Any]:
        """Return the mail as JSON values."""
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def load(cls, row: dict[str, Any]) -> "Mail":
        """Return the mail that :meth:`dump` has written."""
        return cls(**{**row, "at": datetime.fromisoformat(row["at"])})
