"""An issuer of the tests' own: keys, what it publishes of them, and tokens that may be wrong."""

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from api.identity.admitting import Identity
from api.identity.fetching import UnreadableError
from api.identity.issuers import Issuer

URL = "https://login.hhs.example"
ICE = "https://login.ice.example"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHER_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
WEAK_RSA = rsa.generate_private_key(public_exponent=65537, key_size=1024)
EC = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()


def published(key: Any, kid: str, **more: Any) -> dict[str, Any]:
    """The public half of a key, as an issuer publishes it."""
    kinds = {rsa.RSAPrivateKey: RSAAlgorithm, ec.EllipticCurvePrivateKey: ECAlgorithm}
    kind: Any = next((way for one, way in kinds.items() if isinstance(key, one)), OKPAlgorithm)
    jwk: dict[str, Any] = json.loads(kind.to_jwk(key.public_key()))
    return {**jwk, "kid": kid, **more}


class Published:
    """What an issuer publishes, and how often it was looked at; it can be down."""

    def __init__(self, *keys: dict[str, Any]) -> None:
        self.keys = list(keys)
        self.is_down = False
        self.asked = 0

    async def __call__(self) -> list[dict[str, Any]]:
        self.asked += 1
        if self.is_down:
            raise UnreadableError("URLError")
        return self.keys


class Clock:
    """Seconds since 1970, moved by hand."""

    def __init__(self) -> None:
        self.now = float(int(time.time()))

    def __call__(self) -> float:
        return self.now


def an_issuer(**more: Any) -> Issuer:
    """HHS's, as its settings file has it."""
    usual: dict[str, Any] = {
        "label": "hhs", "url": URL, "audience": "sponsorgraph", "keys": f"{URL}/keys",
        "algorithms": ["RS256"], "agency": "ORR", "claims": {"providers": "facility"},
        "roles": {"caseworker": "ORR_CASEWORKER", "provider": "CARE_PROVIDER"},
    }  # fmt: skip
    return Issuer(**{**usual, **more})


def ices_issuer(**more: Any) -> Issuer:
    """ICE's: another name, other keys, other roles."""
    usual: dict[str, Any] = {
        "label": "ice", "url": ICE, "keys": f"{ICE}/keys", "agency": "ICE_ERO",
        "claims": {"offices": "office"}, "roles": {"fojc": "ERO_FOJC"},
    }  # fmt: skip
    return an_issuer(**{**usual, **more})


def claims(clock: Clock, **more: Any) -> dict[str, Any]:
    """What a token says; None leaves a claim out."""
    usual = {
        "iss": URL, "aud": "sponsorgraph", "sub": "u-17", "roles": ["caseworker"],
        "iat": int(clock.now), "nbf": int(clock.now), "exp": int(clock.now) + 3600,
    }  # fmt: skip
    return {name: value for name, value in {**usual, **more}.items() if value is not None}


def token(
    said: dict[str, Any], key: Any = RSA, kid: str | None = "one", algorithm: str = "RS256",
    **headers: Any,
) -> str:  # fmt: skip
    named = {"kid": kid, **headers} if kid is not None else headers
    return jwt.encode(said, key, algorithm=algorithm, headers=named)


def identity(
    clock: Clock, issuers: list[tuple[Issuer, Published]], revoked: Path | None = None
) -> Identity:
    """Of these issuers, each publishing its own; `revoked` is the file of what was taken back."""
    where = {issuer.keys: read for issuer, read in issuers}
    return Identity(
        [issuer for issuer, _ in issuers],
        now=clock,
        ticks=clock,
        today=lambda: date(2026, 11, 22),
        read=lambda location: where[location],
        revoked=revoked,
    )


def bearing(text: str, **said: str) -> dict[str, Any]:
    """What a client presents with that token."""
    usual = {"purpose": "CHILD_SAFETY", "basis": "45 CFR 410.1302"}
    return {"authorization": f"Bearer {text}", **usual, **said}
