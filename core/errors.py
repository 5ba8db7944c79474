# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Every error this add-on raises on purpose.

* OutlookError
  x ConversionError          data that one side cannot express; never retried
    + UnsupportedRecurrence  a series that one side cannot repeat in the same way
  x MassRemoval              so much is gone that a person has to be asked first
  x GraphError               Microsoft said no, or said nothing
    + TransientError         429, 5xx, time-out: try again after ``retry_after``
    + CursorExpired          410: forget the delta link and read everything again
    + ConsentRevoked         invalid_grant and kin: only the user can repair this
    + AppRefused             invalid_client and kin: only the administrator can
    + NotFound               404: the item or the calendar is gone
    + MailboxGone            404 of the whole mailbox: no item may be believed gone
    + Conflict               409, 412: changed meanwhile; read again, merge, retry
    + Refused                any other 4xx: trying again as it is will not help
    + BadAnswer              2xx whose body is not what Graph documents
"""

from collections.abc import Sequence


class OutlookError(Exception):
    """Base of all errors of this add-on.

    ``str(error)`` is technical and in English, for the log at DEBUG and for the
    journal's details; it never holds a token, a secret, a subject or an address.
    """


class ConversionError(OutlookError):
    """Data that cannot be converted; ``field`` names the Graph member."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class UnsupportedRecurrence(ConversionError):
    """A rule that cannot be told to the other side without changing its dates.

    :ivar code: key of ``core.reasons.REASONS``: which part it is, and what to change
    """

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code} ({field})" if field else code, field)
        self.code = code


class MassRemoval(OutlookError):
    """One run would remove so much in Odoo; none was removed.

    :ivar names: of the events and series, for their owner alone
    """

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"{len(names)} events would be removed")
        self.names = names


class GraphError(OutlookError):
    """Microsoft refused, failed or did not answer.

    :param status: HTTP status, 0 when there was no answer
    :param code: ``error.code`` of Graph, or ``error`` of the identity platform
    :param request_id: Graph's ``request-id``, which Microsoft's support asks for
    :param existing_id: ``@event.existingEventId`` of a reused transaction id
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        code: str = "",
        request_id: str = "",
        existing_id: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.request_id = request_id
        self.existing_id = existing_id


class TransientError(GraphError):
    """Worth another try; ``retry_after`` in seconds, None when not said."""

    def __init__(
        self, message: str, *, retry_after: float | None = None, **details: object
    ) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.retry_after = retry_after


class CursorExpired(GraphError):
    """The delta link is dead: start again from the first URL."""


class ConsentRevoked(GraphError):
    """The user must sign in again; nothing else helps."""


class AppRefused(GraphError):
    """The app registration is refused: wrong id, wrong or expired secret."""


class NotFound(GraphError):
    """The addressed item or calendar does not exist (any more)."""


class MailboxGone(GraphError):
    """The mailbox cannot be reached: no licence, moved, deleted, or not there yet.

    It may come back, with all it had, so that nothing follows from it for its items.
    """


class Conflict(GraphError):
    """Somebody else wrote in between."""


class Refused(GraphError):
    """Graph will not do this, however often it is asked."""


class BadAnswer(GraphError):
    """A success whose body cannot be used."""
