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
    # A series that Outlook sent, and whose rule cannot be used.
    "recurrence_unreadable": _(
        "Outlook sent a repetition without a usable value where one is needed. Open "
        "the series in Outlook, choose its repetition again and save it."
    ),
    "recurrence_pattern": _(
        "This series repeats in a way that this version does not know. Choose another "
        "repetition in Outlook to see all of its dates in Odoo."
    ),
    "recurrence_no_count": _(
        "The series ends after a number of meetings, but that number is missing or is "
        "not above 0. Enter the number, or an end date."
    ),
    "recurrence_ends_first": _(
        "The series ends before its first meeting. Choose a later end date."
    ),
    "recurrence_start": _(
        "The first meeting is on a day on which the series does not repeat. Move it to "
        "such a day, or add its day to the repetition."
    ),
    # A series of Outlook that Odoo's own rule cannot repeat.
    "odoo_several_weekdays": _(
        "Odoo cannot repeat by the first, second or last of several weekdays, such as "
        "the last working day of a month. It shows the dates of Outlook; choose one "
        "weekday in Outlook to change the repetition in Odoo."
    ),
    "odoo_short_months": _(
        "In a month without this day Outlook takes the month's last day, while Odoo "
        "takes none. Odoo shows the dates of Outlook; choose a day up to 28, or 31 for "
        "the last day, to change the repetition in Odoo."
    ),
    "odoo_week_start": _(
        "The weeks of this series begin on another day than the weeks of the user's "
        "language in Odoo. Odoo shows the dates of Outlook; choose one weekday, or "
        "every week, to change the repetition in Odoo."
    ),
    "odoo_too_many": _(
        "Odoo repeats a meeting at most 720 times. It shows the dates of Outlook; "
        "choose a smaller number or an end date to change the repetition in Odoo."
    ),
    "odoo_too_few": _(
        "The series has fewer meetings than its week has days before the first one, of "
        "which Odoo would leave some out. Odoo shows the dates of Outlook; choose an "
        "end date to change the repetition in Odoo."
    ),
    "odoo_shifts": _(
        "Odoo would find other dates or times for this series, since in the time zone "
        "of the series its meetings are on another day than in UTC, or near a change "
        "of the clock. It shows the dates of Outlook; change the repetition there."
    ),
    # A series of Odoo, or of an iCalendar file, that Outlook cannot repeat.
    "odoo_incomplete": _(
        "The repetition lacks a value or has one that is not possible, such as 0 for "
        "the interval or no weekday. Choose the repetition again."
    ),
    "rrule_unreadable": _("The rule of the series is not a valid iCalendar rule."),
    "outlook_interval": _(
        "Outlook repeats at most every 999 days, 99 weeks or 99 months. Choose a "
        "shorter interval."
    ),
    "outlook_short_months": _(
        "Outlook moves a meeting to the last day of a month that lacks its day, while "
        "this series leaves such a month out. Choose a day up to 28, or -1 for the "
        "last day of the month."
    ),
    "outlook_fifth_weekday": _(
        "Outlook repeats on the first, second, third, fourth or last weekday of a "
        "month, and on no other. Choose one of these."
    ),
    "outlook_sub_daily": _(
        "Outlook cannot repeat a meeting several times a day. Make one series for each "
        "time of the day."
    ),
    "outlook_several_days": _(
        "Outlook repeats on one day of a month. Make one series for each of the days."
    ),
    "outlook_several_months": _(
        "Outlook repeats in one month of a year. Make one series for each of the "
        "months."
    ),
    "outlook_days_from_end": _(
        "Outlook cannot count days from the end of a month, except for its last day. "
        "Choose a day of the month, or the last one."
    ),
    "outlook_part": _(
        "The rule of the series has a part that Outlook does not have. Choose a "
        "simpler repetition."
    ),
    "outlook_several_rules": _(
        "Outlook repeats by one rule, without dates added to it or taken from it. Make "
        "one series for each rule, and single meetings for the added dates."
    ),
    "UnsupportedRecurrence": _(
        "Odoo and Outlook cannot repeat this meeting in the same way."
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
    "answer_refused": _(
        "Outlook did not take the answer. The organizer may not have asked for one, or "
        "has called the meeting off. Your answer is kept in Odoo."
    ),
    "answer_gone": _(
        "The meeting is not in your Outlook calendar any more, so the organizer cannot "
        "be told. Accept it from the deleted items in Outlook, or ask for a new "
        "invitation. Your answer is kept in Odoo."
    ),
    "guest_unknown_yet": _(
        "Somebody has a private meeting in Odoo whose guests you are not among yet. It "
        "comes in as soon as his own calendar says that he has invited you."
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
    "share_gone": _(
        "This calendar is not shared with you any more, or Odoo may not see shared "
        "calendars. Ask its owner to share it again."
    ),
    "Authorization_RequestDenied": _(
        "The organization does not allow Odoo to do this. An administrator of "
        "Microsoft 365 can grant the permission."
    ),
    "ErrorQuotaExceeded": _("The mailbox is full. Delete something in Outlook."),
    "MailboxNotEnabledForRESTAPI": _(
        "This account has no mailbox in Microsoft 365 that Odoo could reach. An "
        "administrator of Microsoft 365 can check its licence; Odoo then goes on by "
        "itself."
    ),
    "ErrorNonExistentMailbox": _(
        "There is no mailbox for this account any more. An administrator of Microsoft "
        "365 can restore it; Odoo then goes on by itself."
    ),
    "ErrorInvalidUser": _("Microsoft does not know this mailbox."),
    "ResourceNotFound": _("Microsoft does not find the mailbox."),
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
    "wrong_exp": _(
        "The clock of this Odoo server differs from Microsoft's by more than an hour. "
        "Its administrator has to set it right; then sign in again."
    ),
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
    "NotFound": _("Microsoft does not find this meeting or calendar."),
    "MailboxGone": _("Microsoft does not find the mailbox."),
    "Conflict": _(
        "The meeting was changed in Outlook at the same moment. Odoo reads it again "
        "and then tries once more."
    ),
    # Why a meeting stays when a connection is ended.
    "leaving_guests": _("Stays in Outlook: it has guests, who would get mail."),
    "leaving_not_yours": _("Somebody else organizes it."),
    "leaving_not_led": _("Somebody else organizes it."),
    "leaving_colleague": _("Stays in Odoo: a colleague has it in Outlook, too."),
    "leaving_read_only": _("Stays in Outlook: its calendar is only read."),
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
