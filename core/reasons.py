# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Why something did not work, in sentences that a user understands.

Keys are problem codes of ``core.event.Item`` (the part before a colon), names of the
classes of ``core.errors``, and ``error.code`` of Graph and of the identity platform.
Whoever shows a sentence translates it; here it is only marked for that (``_``), as
the GNU gettext manual does with deferred translations.
"""

from .errors import GraphError

# There is no environment here to translate with.
# pylint: disable=prefer-env-translation


def _(sentence: str) -> str:
    """Mark a sentence for the export of translations, and return it as it is."""
    return sentence


REASONS: dict[str, str] = {
    # What could not be read of an item, or not be sent of a meeting.
    "unknown_zone": _(
        "Outlook names a time zone that has no name elsewhere. The meeting takes place "
        "at the right moment, but its own time zone is not known in Odoo."
    ),
    "unknown_value": _(
        "Outlook sent a value that this version does not know. Odoo uses the usual "
        "value instead; nothing is changed in Outlook."
    ),
    "no_address": _(
        "A guest has no e-mail address, so Outlook cannot invite this guest. Add an "
        "address to the contact to invite it; everybody else is not affected."
    ),
    "unreadable": _(
        "Outlook sent this item without a usable value where one is needed, so it "
        "cannot be shown in Odoo. Open it in Outlook, correct it and save it."
    ),
    "ConversionError": _(
        "This meeting holds something that cannot be passed on between Odoo and "
        "Outlook."
    ),
    # Graph: the request.
    "ErrorInvalidRecipients": _(
        "Outlook does not accept the e-mail address of a guest. Check the addresses of "
        "the guests and try again."
    ),
    "ErrorInvalidRequest": _(
        "Outlook does not accept this change of the meeting. Check its times and its "
        "guests, then try again."
    ),
    "ErrorPropertyValidationFailure": _(
        "Outlook does not accept a value of this meeting, usually its times or how it "
        "repeats. Check these and try again."
    ),
    "ErrorCalendarEndDateIsEarlierThanStartDate": _(
        "The meeting ends before it starts."
    ),
    "ErrorCalendarDurationIsTooLong": _("The meeting is too long for Outlook."),
    "ErrorCalendarOutOfRange": _("Outlook does not take meetings at such a date."),
    "ErrorCalendarInvalidRecurrence": _(
        "Outlook cannot repeat a meeting in this way. Choose a simpler repetition."
    ),
    "ErrorOccurrenceCrossingBoundary": _(
        "Outlook does not let a meeting of a series be moved onto or past the day of "
        "the one before or after it. Choose another day."
    ),
    "TimeZoneNotSupportedException": _(
        "Outlook does not know the time zone of this meeting. Choose another one."
    ),
    "ErrorDuplicateTransactionId": _(
        "Outlook already has a meeting that was made by this request."
    ),
    "RequestEntityTooLarge": _(
        "The description is too large for Outlook, which takes about 4 MB. Shorten it "
        "or remove pictures from it."
    ),
    # Graph: the item and the mailbox.
    "ErrorItemNotFound": _("The meeting does not exist in Outlook any more."),
    "ErrorInvalidIdMalformed": _("Outlook does not recognise the meeting."),
    "ErrorIrresolvableConflict": _(
        "The meeting was changed in Outlook at the same moment. Odoo reads it again "
        "and then tries once more."
    ),
    "ErrorAccessDenied": _(
        "Outlook does not allow this change in this calendar. You may have lost the "
        "right to write in it, or the app lacks a permission."
    ),
    "Authorization_RequestDenied": _(
        "The organization does not allow Odoo to do this. An administrator of "
        "Microsoft 365 can grant the permission."
    ),
    "ErrorQuotaExceeded": _("The mailbox is full. Delete something in Outlook."),
    "MailboxNotEnabledForRESTAPI": _(
        "This account has no mailbox in Microsoft 365 that Odoo could reach."
    ),
    "ErrorNonExistentMailbox": _("There is no mailbox for this account any more."),
    "ErrorInvalidUser": _("Microsoft does not know this mailbox."),
    "ResourceNotFound": _("Microsoft does not find the mailbox or the calendar."),
    # Graph: the connection.
    "InvalidAuthenticationToken": _("Microsoft asks you to sign in again."),
    "ApplicationThrottled": _(
        "Microsoft asks to slow down. Odoo goes on by itself in a while."
    ),
    "TooManyRequests": _(
        "Microsoft asks to slow down. Odoo goes on by itself in a while."
    ),
    "SyncStateNotFound": _(
        "Microsoft forgot how far Odoo had read. Odoo reads the calendar again."
    ),
    "endless_pages": _(
        "Microsoft does not come to an end when asked for what changed. Nothing is "
        "changed in Odoo; it tries again later."
    ),
    # Sign-in.
    "access_denied": _(
        "The permission was not given. Click Outlook again and accept, or ask an "
        "administrator of Microsoft 365 to accept for everybody."
    ),
    "admin_consent_required": _(
        "An administrator of Microsoft 365 has to allow this app first."
    ),
    "consent_required": _("Microsoft asks for the permission again. Sign in again."),
    "interaction_required": _("Microsoft asks you to sign in again."),
    "login_required": _("Microsoft asks you to sign in again."),
    "invalid_grant": _("The sign-in is no longer valid. Sign in again."),
    "no_account": _("The sign-in is not complete. Sign in again."),
    "no_refresh_token": _("The sign-in has expired. Sign in again."),
    "no_code": _("Microsoft did not complete the sign-in. Try again."),
    "state_mismatch": _(
        "This sign-in was not started here, or was used before. Click Outlook again."
    ),
    "invalid_client": _(
        "Microsoft does not accept the client secret. It may be wrong or have expired: "
        "an administrator can enter a new one in the settings."
    ),
    "unauthorized_client": _(
        "Microsoft does not know the client ID for these accounts. An administrator "
        "has to check the client ID and the account types in the settings."
    ),
    "tenant_unknown": _(
        "Microsoft does not know this organization. An administrator has to check the "
        "account types in the settings."
    ),
    "invalid_scope": _("The app registration lacks a permission that Odoo needs."),
    "invalid_resource": _("The app registration lacks a permission that Odoo needs."),
    "invalid_request": _("Microsoft does not accept the sign-in. Check the settings."),
    "temporarily_unavailable": _(
        "Microsoft's sign-in is not available at the moment. Try again later."
    ),
    # By class, when the code says nothing to a user.
    "TransientError": _(
        "Microsoft does not answer at the moment. Odoo tries again by itself."
    ),
    "CursorExpired": _(
        "Microsoft forgot how far Odoo had read. Odoo reads the calendar again."
    ),
    "ConsentRevoked": _("Microsoft asks you to sign in again."),
    "AppRefused": _(
        "Microsoft refuses this Odoo server. An administrator must check the client ID "
        "and the client secret in the settings."
    ),
    "NotFound": _("Microsoft does not find this meeting, calendar or mailbox."),
    "Conflict": _(
        "The meeting was changed in Outlook at the same moment. Odoo reads it again "
        "and then tries once more."
    ),
    "Refused": _("Outlook refuses this, and would refuse it again as it is."),
    "BadAnswer": _(
        "Microsoft gave an answer that Odoo cannot use. Odoo tries again later."
    ),
    "GraphError": _("Microsoft could not do what Odoo asked for."),
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
