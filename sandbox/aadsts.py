# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The AADSTS codes that the sandbox knows, with OAuth error, suberror and text.

Source: Microsoft Entra authentication and authorization error codes, and answers
quoted in public issues. The platform's own documentation warns clients against
relying on the numbers: ``error`` and ``suberror`` are the contract.
"""

import json
import uuid

# number: (error, suberror, text); a text's fields are filled in by the raiser
CATALOGUE: dict[int, tuple[str, str, str]] = {
    50011: (
        "invalid_request",
        "",
        "The redirect URI '{redirect_uri}' specified in the request does not match the "
        "redirect URIs configured for the application '{client_id}'. Make sure the "
        "redirect URI sent in the request matches one added to your application in the "
        "Azure portal.",
    ),
    50020: (
        "interaction_required",
        "",
        "User account '{username}' from identity provider '{provider}' does not exist "
        "in tenant '{tenant}' and cannot access the application '{client_id}' in that "
        "tenant. The account needs to be added as an external user in the tenant first.",
    ),
    50034: (
        "invalid_grant",
        "",
        "The user account {username} does not exist in the {tenant} directory. To sign "
        "into this application, the account must be added to the directory.",
    ),
    50057: ("invalid_grant", "", "The user account is disabled."),
    50058: (
        "login_required",
        "",
        "A silent sign-in request was sent but no user is signed in.",
    ),
    50074: (
        "interaction_required",
        "basic_action",
        "Strong Authentication is required.",
    ),
    50076: (
        "interaction_required",
        "basic_action",
        "Due to a configuration change made by your administrator, or because you moved "
        "to a new location, you must use multi-factor authentication to access "
        "'00000003-0000-0000-c000-000000000000'.",
    ),
    50078: (
        "interaction_required",
        "basic_action",
        "Presented multi-factor authentication has expired due to policies configured "
        "by your administrator.",
    ),
    50079: (
        "interaction_required",
        "basic_action",
        "Due to a configuration change made by your administrator, you must enroll in "
        "multi-factor authentication.",
    ),
    50105: (
        "access_denied",
        "",
        "Your administrator has configured the application to block users unless they "
        "are specifically granted access to the application.",
    ),
    50126: (
        "invalid_grant",
        "",
        "Error validating credentials due to invalid username or password.",
    ),
    50133: (
        "invalid_grant",
        "user_password_expired",
        "The session is not valid due to password expiration or recent password change.",
    ),
    50147: (
        "invalid_request",
        "",
        "The size of the code challenge parameter is not valid.",
    ),
    50173: (
        "invalid_grant",
        "bad_token",
        "The provided grant has expired due to it being revoked, a fresh auth token is "
        "needed. The user might have changed or reset their password. The grant was "
        "issued on '{issued}' and the TokensValidFrom date (before which tokens are not "
        "valid) for this user is '{valid_from}'.",
    ),
    50194: (
        "invalid_request",
        "",
        "Application '{client_id}'({name}) is not configured as a multi-tenant "
        "application. Usage of the /common endpoint is not supported for such apps "
        "created after '10/15/2018'. Use a tenant-specific endpoint or configure the "
        "application to be multi-tenant.",
    ),
    50196: (
        "invalid_grant",
        "",
        "The server terminated an operation because it encountered a loop while "
        "processing a request. Please contact your app vendor.",
    ),
    53000: (
        "interaction_required",
        "additional_action",
        "Device is not in required device state.",
    ),
    53003: (
        "interaction_required",
        "message_only",
        "Access has been blocked by Conditional Access policies. The access policy does "
        "not allow token issuance.",
    ),
    54005: (
        "invalid_grant",
        "",
        "OAuth2 Authorization code was already redeemed, please retry with a new valid "
        "code or use an existing refresh token.",
    ),
    65001: (
        "invalid_grant",
        "consent_required",
        "The user or administrator has not consented to use the application with ID "
        "'{client_id}' named '{name}'. Send an interactive authorization request for "
        "this user and resource.",
    ),
    65004: ("access_denied", "", "User declined to consent to access the app."),
    70000: (
        "invalid_grant",
        "bad_token",
        "The provided value for the '{what}' parameter is not valid.",
    ),
    70003: (
        "unsupported_grant_type",
        "",
        "The app requested an unsupported grant type '{what}'.",
    ),
    70005: (
        "unsupported_response_type",
        "",
        "The WS-Federation, OAuth or OpenID Connect response type '{what}' is not "
        "supported for this application.",
    ),
    70008: (
        "invalid_grant",
        "token_expired",
        "The provided authorization code or refresh token has expired due to "
        "inactivity. Send a new interactive authorization request for this user and "
        "resource.",
    ),
    70011: (
        "invalid_scope",
        "",
        "The provided request must include a 'scope' input parameter. The provided "
        "value for the input parameter 'scope' is not valid. The scope {what} is not "
        "valid.",
    ),
    70043: (
        "invalid_grant",
        "token_expired",
        "The refresh token has expired or is invalid due to sign-in frequency checks by "
        "conditional access.",
    ),
    90002: (
        "invalid_request",
        "",
        "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID "
        "and are signing into the correct cloud. Check with your subscription "
        "administrator, this may happen if there are no active subscriptions for the "
        "tenant.",
    ),
    90023: ("invalid_request", "", "Invalid STS request. {what}"),
    90033: (
        "temporarily_unavailable",
        "",
        "A transient error has occurred. Please try again.",
    ),
    90055: (
        "temporarily_unavailable",
        "",
        "Too many requests have been received. Please wait and try again.",
    ),
    90094: (
        "access_denied",
        "",
        "Admin consent is required for the permissions requested by this application.",
    ),
    500011: (
        "invalid_resource",
        "",
        "The resource principal named {what} was not found in the tenant named "
        "{tenant}. This can happen if the application has not been installed by the "
        "administrator of the tenant or consented to by any user in the tenant.",
    ),
    500112: (
        "invalid_grant",
        "",
        "The reply address '{redirect_uri}' does not match the reply address '{asked}' "
        "provided when requesting Authorization code.",
    ),
    501481: (
        "invalid_grant",
        "",
        "The Code_Verifier does not match the code_challenge supplied in the "
        "authorization request.",
    ),
    650053: (
        "invalid_client",
        "",
        "The application '{name}' asked for scope '{what}' that doesn't exist on the "
        "resource '00000003-0000-0000-c000-000000000000'. Contact the app vendor.",
    ),
    700007: (
        "invalid_grant",
        "client_mismatch",
        "The refresh token was issued to another application.",
    ),
    700016: (
        "unauthorized_client",
        "",
        "Application with identifier '{client_id}' was not found in the directory "
        "'{tenant}'. This can happen if the application has not been installed by the "
        "administrator of the tenant or consented to by any user in the tenant. You may "
        "have sent your authentication request to the wrong tenant.",
    ),
    700025: (
        "invalid_client",
        "",
        "Client is public so neither 'client_assertion' nor 'client_secret' should be "
        "presented.",
    ),
    700027: (
        "invalid_client",
        "",
        "The certificate with identifier used to sign the client assertion is not "
        "registered on application. {what}",
    ),
    700082: (
        "invalid_grant",
        "token_expired",
        "The refresh token has expired due to inactivity. The token was issued on "
        "{issued} and was inactive for 90.00:00:00.",
    ),
    900144: (
        "invalid_request",
        "",
        "The request body must contain the following parameter: '{what}'.",
    ),
    7000215: (
        "invalid_client",
        "",
        "Invalid client secret provided. Ensure the secret being sent in the request is "
        "the client secret value, not the client secret ID, for a secret added to app "
        "'{client_id}'.",
    ),
    7000218: (
        "invalid_client",
        "",
        "The request body must contain the following parameter: 'client_assertion' or "
        "'client_secret'.",
    ),
    7000222: (
        "invalid_client",
        "",
        "The provided client secret keys for app '{client_id}' are expired. Visit the "
        "Azure portal to create new keys for your app.",
    ),
    9002313: (
        "invalid_request",
        "",
        "Invalid request. Request is malformed or invalid.",
    ),
    9002325: (
        "invalid_request",
        "",
        "Proof Key for Code Exchange is required for cross-origin authorization code "
        "redemption.",
    ),
    9002331: (
        "invalid_request",
        "",
        "Application '{client_id}'({name}) is configured for use by Azure Active "
        "Directory users only. Please do not use the /consumers endpoint to serve this "
        "request.",
    ),
}

# What a client must send back as ``claims`` so that the interaction takes place.
CLAIMS = {
    number: json.dumps(
        {
            "access_token": {
                "capolids": {"essential": True, "values": [str(uuid.UUID(int=number))]}
            }
        }
    )
    for number in (50074, 50076, 50078, 50079, 53000, 53003)
}
