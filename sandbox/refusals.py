# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The refusals that several parts of Exchange share, in Graph's words.

Source: graph.md, "Error catalogue".
"""

from .problem import GraphProblem


def not_found() -> GraphProblem:
    """Return the 404 for an id that the mailbox does not have (any more)."""
    return GraphProblem(
        404, "ErrorItemNotFound", "The specified object was not found in the store."
    )


def access_denied() -> GraphProblem:
    """Return the 403 for what the person or the app may not do."""
    return GraphProblem(
        403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."
    )


def refused(text: str) -> GraphProblem:
    """Return the 400 for what the rules of meetings forbid."""
    return GraphProblem(
        400, "ErrorInvalidRequest", f"Your request can't be completed. {text}"
    )


def failed() -> GraphProblem:
    """Return the 400 for values that do not add up."""
    return GraphProblem(
        400,
        "ErrorPropertyValidationFailure",
        "At least one property failed validation.",
    )


def conflict(status: int = 412) -> GraphProblem:
    """Return the refusal of a write upon an older version."""
    return GraphProblem(
        status,
        "ErrorIrresolvableConflict",
        "The send or update operation could not be performed because the change key "
        "passed in the request does not match the current change key for the item.",
    )


def bad_recipient() -> GraphProblem:
    """Return the 400 for a recipient without an address."""
    return GraphProblem(
        400, "ErrorInvalidRecipients", "At least one recipient isn't valid."
    )


def unreadable(message: str) -> GraphProblem:
    """Return the 400 for a body that does not fit the metadata."""
    return GraphProblem(400, "RequestBodyRead", message)
