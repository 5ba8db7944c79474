# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What is wrong with an app registration, and what an administrator does about it.

Keys are codes of ``graph.registration.Finding``. Whoever shows a sentence translates
it and fills in ``%(uri)s``, the redirect URI of this server.
"""

from .reasons import _

# There is no environment here to translate with.
# pylint: disable=prefer-env-translation

FINDINGS: dict[str, str] = {
    "tenant_unknown": _(
        "Microsoft does not know this tenant. Copy the Directory (tenant) ID from the "
        "overview page of your app registration."
    ),
    "app_unknown": _(
        "Microsoft does not know this client ID in this tenant. Copy the Application "
        "(client) ID from the overview page."
    ),
    "redirect_unknown": _(
        "The redirect URI is missing in your app registration. Add %(uri)s under "
        "Authentication, platform Web."
    ),
    "secret_wrong": _(
        "The client secret is wrong. Copy the secret's value, not its ID."
    ),
    "secret_expired": _(
        "The client secret has expired. Make a new one under Certificates and secrets, "
        "and enter its value here."
    ),
    "single_tenant": _(
        "The app registration is for one organization only. Choose that account type "
        "and enter the tenant ID."
    ),
    "consent_needed": _(
        "An administrator of your Microsoft tenant has to consent to the app."
    ),
    "app_disabled": _("The app registration is switched off in Microsoft Entra."),
    "authority_invalid": _(
        "The sign-in address in the system parameter outlook_calendar.authority is not "
        "an https address."
    ),
    "unreachable": _(
        "Microsoft cannot be reached from this server. Check its connection to the "
        "internet."
    ),
}
