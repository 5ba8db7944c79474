# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A scripted identity platform, and what it answers when all is well."""

import base64
import hashlib
import json
import time

from ...graph.identity import Identity, Registration
from ...graph.session import new_session
from .common import PureCase
from .scripted_server import Reply, ScriptedServer, ca_bundle

TENANT = "84bd8158-6d4d-4958-8b9f-9d6445542f95"
OTHER_TENANT = "11111111-2222-4333-8444-555555555555"
PERSON = "3f5d0c1e-1111-4222-8333-944455556666"
CLIENT = "24d3b144-21ae-4080-943f-7067b395b913"
SECRET = "s3cr3t~value"
CALLBACK = "https://odoo.example/microsoft_account/authentication"
DISCOVERY = "/organizations/v2.0/.well-known/openid-configuration"
TOKEN = "/organizations/oauth2/v2.0/token"


def packed(value):
    """Return base64url of JSON, as in tokens."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sts_error(error, number=0, status=400, headers=None, **members):
    """Return an error answer of the token endpoint; its text names a person."""
    text = f"AADSTS{number}: User 'ann@contoso.example' ...\r\nTrace ID: x"
    body = {"error": error, "error_description": text, **members}
    return Reply(status, body, headers or {})


class IdentityCase(PureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = ScriptedServer(https=True)
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        super().setUp()
        self.server.clear()
        self.session = new_session(timeout=5, verify=ca_bundle())
        self.addCleanup(self.session.close)
        self.registration = self.new_registration()
        self.server.reply("GET", DISCOVERY, self.configuration())

    def new_registration(self, **changes):
        values = {
            "client_id": CLIENT,
            "client_secret": SECRET,
            "authority": self.server.url,
            "tenant": "organizations",
        }
        return Registration(**values | changes)

    def configuration(self, **changes):
        base = f"{self.server.url}/organizations/oauth2/v2.0"
        return {
            "issuer": f"{self.server.url}/{{tenantid}}/v2.0",
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
        } | changes

    def identity(self, cache="", **options):
        return Identity(self.registration, self.session, cache, **options)

    def tokens(self, flow=None, name="first", claims=None, **changes):
        """Return what the token endpoint answers; ``flow`` has the nonce."""
        nonce = hashlib.sha256((flow or {}).get("nonce", "").encode()).hexdigest()
        claims = {
            "aud": CLIENT,
            "iss": f"{self.server.url}/{TENANT}/v2.0",
            "exp": int(time.time()) + 3600,
            "oid": PERSON,
            "tid": TENANT,
            "sub": "pairwise",
            "name": "Ann",
            "preferred_username": "ann@contoso.example",
            "nonce": nonce,
        } | (claims or {})
        return {
            "token_type": "Bearer",
            "scope": "Calendars.ReadWrite openid profile",
            "expires_in": 3600,
            "access_token": f"access-{name}",
            "refresh_token": f"refresh-{name}",
            "id_token": f"{packed({'alg': 'RS256'})}.{packed(claims)}.{packed(b'x')}",
            "client_info": packed({"uid": PERSON, "utid": TENANT}),
        } | changes

    def signed_in(self, **changes):
        """Return the cache of a person who has signed in."""
        identity = self.identity()
        flow = identity.start(CALLBACK, "state")
        self.server.reply("POST", TOKEN, self.tokens(flow, **changes))
        identity.finish(flow, {"code": "code", "state": "state"})
        cache = identity.cache
        self.server.clear()
        self.server.reply("GET", DISCOVERY, self.configuration())
        return cache
