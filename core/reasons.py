# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Why something did not work, in sentences that a user understands.

Keys are problem codes of ``core.event.Item`` (the part before a colon), names of the
classes of ``core.errors``, and ``error.code`` of Graph and of the identity platform.
The sentences are plain literals; whoever shows them translates them.
"""

from .errors import GraphError

REASONS: dict[str, str] = {
    # What could not be read of an item, or not be sent of a meeting.
    "unknown_zone": (
        "Outlook names a time zone that has no name elsewhere. The meeting takes place "
        "at the right moment, but its own time zone is not known in Odoo."
    ),
    "unknown_value": (
        "Outlook sent a value that this version does not know. Odoo uses the usual "
        "value instead; nothing is changed in Outlook."
    ),
    "no_address": (
        "A guest has no e-mail address, so Outlook cannot invite this guest. Add an "
        "address to the contact to invite it; everybody else is not affected."
    ),
    "unreadable": (
        "Outlook sent this item without a usable value where one is needed, so it "
        "cannot be shown in Odoo. Open it in Outlook, correct it and save it."
    ),
    "ConversionError": (
        "This meeting holds something that cannot be passed on between Odoo and "
        "Outlook."
    ),
    # Graph: the request.
    "ErrorInvalidRecipients": (
        "Outlook does not accept the e-mail address of a guest. Check the addresses of "
        "the guests and try again."
    ),
    "ErrorInvalidRequest": (
        "Outlook does not accept this change of the meeting. Check its times and its "
        "guests, then try again."
    ),
    "ErrorPropertyValidationFailure": (
        "Outlook does not accept a value of this meeting, usually its times or how it "
        "repeats. Check these and try again."
    ),
    "ErrorCalendarEndDateIsEarlierThanStartDate": "The meeting ends before it starts.",
    "ErrorCalendarDurationIsTooLong": "The meeting is too long for Outlook.",
    "ErrorCalendarOutOfRange": "Outlook does not take meetings at such a date.",
    "ErrorCalendarInvalidRecurrence": (
        "Outlook cannot repeat a meeting in this way. Choose a simpler repetition."
    ),
    "ErrorOccurrenceCrossingBoundary": (
        "Outlook does not let a meeting of a series be moved onto or past the day of "
        "the one before or after it. Choose another day."
    ),
    "TimeZoneNotSupportedException": (
        "Outlook does not know the time zone of this meeting. Choose another one."
    ),
    "ErrorDuplicateTransactionId": (
        "Outlook already has a meeting that was made by this request."
    ),
    "RequestEntityTooLarge": (
        "The description is too large for Outlook, which takes about 4 MB. Shorten it "
        "or remove pictures from it."
    ),
    # Graph: the item and the mailbox.
    "ErrorItemNotFound": "The meeting does not exist in Outlook any more.",
    "ErrorInvalidIdMalformed": "Outlook does not recognise the meeting.",
    "ErrorIrresolvableConflict": (
        "The meeting was changed in Outlook at the same moment. Odoo reads it again "
        "and then tries once more."
    ),
    "ErrorAccessDenied": (
        "Outlook does not allow this change in this calendar. You may have lost the "
        "right to write in it, or the app lacks a permission."
    ),
    "Authorization_RequestDenied": (
        "The organization does not allow Odoo to do this. An administrator of "
        "Microsoft 365 can grant the permission."
    ),
    "ErrorQuotaExceeded": "The mailbox is full. Delete something in Outlook.",
    "MailboxNotEnabledForRESTAPI": (
        "This account has no mailbox in Microsoft 365 that Odoo could reach."
    ),
    "ErrorNonExistentMailbox": "There is no mailbox for this account any more.",
    "ErrorInvalidUser": "Microsoft does not know this mailbox.",
    "ResourceNotFound": "Microsoft does not find the mailbox or the calendar.",
    # Graph: the connection.
    "InvalidAuthenticationToken": "Microsoft asks you to sign in again.",
    "ApplicationThrottled": (
        "Microsoft asks to slow down. Odoo goes on by itself in a while."
    ),
    "TooManyRequests": (
        "Microsoft asks to slow down. Odoo goes on by itself in a while."
    ),
    "SyncStateNotFound": (
        "Microsoft forgot how far Odoo had read. Odoo reads the calendar again."
    ),
    "endless_pages": (
        "Microsoft does not come to an end when asked for what changed. Nothing is "
        "changed in Odoo; it tries again later."
    ),
    # Sign-in.
    "access_denied": (
        "The permission was not given. Click Outlook again and accept, or ask an "
        "administrator of Microsoft 365 to accept for everybody."
    ),
    "admin_consent_required": (
        "An administrator of Microsoft 365 has to allow this app first."
    ),
    "consent_required": "Microsoft asks for the permission again. Sign in again.",
    "interaction_required": "Microsoft asks you to sign in again.",
    "login_required": "Microsoft asks you to sign in again.",
    "invalid_grant": "The sign-in is no longer valid. Sign in again.",
    "no_account": "The sign-in is not complete. Sign in again.",
    "no_refresh_token": "The sign-in has expired. Sign in again.",
    "no_code": "Microsoft did not complete the sign-in. Try again.",
    "state_mismatch": (
        "This sign-in was not started here, or was used before. Click Outlook again."
    ),
    "invalid_client": (
        "Microsoft does not accept the client secret. It may be wrong or have expired: "
        "an administrator can enter a new one in the settings."
    ),
    "unauthorized_client": (
        "Microsoft does not know the client ID for these accounts. An administrator "
        "has to check the client ID and the account types in the settings."
    ),
    "tenant_unknown": (
        "Microsoft does not know this organization. An administrator has to check the "
        "account types in the settings."
    ),
    "invalid_scope": "The app registration lacks a permission that Odoo needs.",
    "invalid_resource": "The app registration lacks a permission that Odoo needs.",
    "invalid_request": "Microsoft does not accept the sign-in. Check the settings.",
    "temporarily_unavailable": (
        "Microsoft's sign-in is not available at the moment. Try again later."
    ),
    # By class, when the code says nothing to a user.
    "TransientError": (
        "Microsoft does not answer at the moment. Odoo tries again by itself."
    ),
    "CursorExpired": (
        "Microsoft forgot how far Odoo had read. Odoo reads the calendar again."
    ),
    "ConsentRevoked": "Microsoft asks you to sign in again.",
    "AppRefused": (
        "Microsoft refuses this Odoo server. An administrator must check the client ID "
        "and the client secret in the settings."
    ),
    "NotFound": "Microsoft does not find this meeting, calendar or mailbox.",
    "Conflict": (
        "The meeting was changed in Outlook at the same moment. Odoo reads it again "
        "and then tries once more."
    ),
    "Refused": "Outlook refuses this, and would refuse it again as it is.",
    "BadAnswer": (
        "Microsoft gave an answer that Odoo cannot use. Odoo tries again later."
    ),
    "GraphError": "Microsoft could not do what Odoo asked for.",
}

_BY_LOWER_CASE = {code.lower(): code for code in REASONS}
# What a status says when the body names no code, as gateways do.
_BY_STATUS = {
    403: "ErrorAccessDenied",
    413: "RequestEntityTooLarge",
    507: "ErrorQuotaExceeded",
}


def reason_code(error: GraphError) -> str:
    """Return the key of ``REASONS`` that tells best why Microsoft refused.

    The code where it says something to a user, in whatever case Graph spells it; else
    the status; else the class.

    >>> reason_code(GraphError("400", status=400, code="errorInvalidRecipients"))
    'ErrorInvalidRecipients'
    """
    known = _BY_LOWER_CASE.get(error.code.lower()) or _BY_STATUS.get(error.status)
    if known:
        return known
    return next(one.__name__ for one in type(error).__mro__ if one.__name__ in REASONS)
