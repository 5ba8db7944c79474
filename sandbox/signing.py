# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The identity platform's signing key: RS256 tokens and the published key set."""

import base64
import hashlib
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def base64url(data: bytes) -> str:
    """Return ``data`` in base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Signer:
    """One RSA key; ``pem`` brings back the key of an earlier run."""

    def __init__(self, pem: str = "") -> None:
        if pem:
            key = serialization.load_pem_private_key(pem.encode(), password=None)
            assert isinstance(key, rsa.RSAPrivateKey)
            self.key = key
        else:
            self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        numbers = self.key.public_key().public_numbers()
        self.modulus = numbers.n.to_bytes(256, "big")
        self.exponent = numbers.e.to_bytes(3, "big")
        self.key_id = base64url(hashlib.sha1(self.modulus).digest())

    @property
    def pem(self) -> str:
        """The private key, to be kept in the data file."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    def sign(self, claims: dict[str, Any]) -> str:
        """Return a signed token (JWT) with these claims."""
        headers = {"kid": self.key_id}
        return jwt.encode(claims, self.key, algorithm="RS256", headers=headers)

    def key_set(self, issuer: str) -> dict[str, Any]:
        """Return the key set document (JWKS) that clients verify with."""
        key = {
            "kty": "RSA",
            "use": "sig",
            "kid": self.key_id,
            "x5t": self.key_id,
            "n": base64url(self.modulus),
            "e": base64url(self.exponent),
            "issuer": issuer,
        }
        return {"keys": [key]}
