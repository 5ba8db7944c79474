# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Whose tokens MSAL keeps, where an id_token does not say."""

import json

from ...graph.token_cache import SignedIn, load_cache, owner_of
from .common import PureCase


def cache(*ids):
    """Return a cache with accounts of these home account ids."""
    accounts = {
        f"{one}-login-organizations": {
            "home_account_id": one,
            "environment": "login.microsoftonline.com",
            "realm": "organizations",
        }
        for one in ids
    }
    return load_cache(json.dumps({"Account": accounts}))


class TestOwner(PureCase):
    def test_user_and_tenant_are_told_by_the_account(self):
        self.assertEqual(owner_of(cache("ann.contoso")), SignedIn("ann", "contoso"))

    def test_an_id_without_a_tenant_tells_nobody(self):
        self.assertEqual(
            owner_of(cache("ann", "bob.contoso")), SignedIn("bob", "contoso")
        )

    def test_without_an_account_nobody_is_known(self):
        for empty in (cache(), cache("ann")):
            with self.assertRaises(LookupError):
                owner_of(empty)
