# Part of outlook_calendar. LGPL-3, see LICENSE.
"""MSAL's token cache, read back from where it was kept."""

import json
from dataclasses import dataclass
from typing import Any

import msal


@dataclass(frozen=True)
class SignedIn:
    """Who signed in.

    :ivar object_id: with ``tenant_id`` the stable key of the user
    :ivar username: for display only: it can change, and need not be an address
    """

    object_id: str
    tenant_id: str
    username: str = ""
    name: str = ""


def load_cache(cache: str) -> Any:
    """Return the token cache; one that cannot be read is empty: the user signs in."""
    loaded = msal.SerializableTokenCache()
    if cache and _is_cache(cache):
        loaded.deserialize(cache)
    return loaded


def _is_cache(text: str) -> bool:
    """Whether a text is an object of objects of objects, as MSAL writes it."""
    try:
        sections = list(json.loads(text).values())
        return all(isinstance(row, dict) for part in sections for row in part.values())
    except (ValueError, AttributeError):
        return False


def owner_of(cache: Any) -> SignedIn:
    """Return whose tokens a cache holds, by what came beside them.

    Without the ``profile`` scope an id_token does not say who signed in; MSAL keeps
    the user and the tenant of ``client_info``.

    :raise LookupError: the answer had none
    """
    kind = msal.TokenCache.CredentialType.ACCOUNT
    for account in cache.search(kind):
        object_id, _dot, tenant_id = account["home_account_id"].partition(".")
        if tenant_id:
            return SignedIn(object_id, tenant_id)
    raise LookupError("no client_info")
