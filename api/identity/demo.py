"""An issuer for looking around: it gives everybody every role, over a made-up world alone.

It cannot be started by accident where children are real: only when asked for, on the loopback
interface, over the local Neo4j of a home whose every delivery the demo made, and where no issuer
is set. Its key is the home's; it never leaves it.
"""

import json
import os
import secrets
import time
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jwt.algorithms import ECAlgorithm

from api.identity.issuers import Claims, Given, Issuer
from api.settings import ApiSettings
from graph.errors import UsageError
from graph.secret_files import guarded
from graph.settings import Settings
from graph.sharing.policy import ROLES
from graph.vocabulary.viewers import ScopeKind, ViewerRole

SECONDS = 3600
BASIS = "looking around the demo"
_URL = "urn:sponsorgraph:demo"
_AUDIENCE = "sponsorgraph-demo"
_KEY_NAME = "demo"
_KEY = "demo-issuer.pem"
_MADE = "demo-made.json"
# Where a token says whose children its bearer may see, by the kind of scope of the role.
_CLAIM = {
    ScopeKind.OFFICE: "offices",
    ScopeKind.DOCKET: "dockets",
    ScopeKind.PROVIDER: "providers",
    ScopeKind.CASE: "cases",
    ScopeKind.REFERRAL: "referrals",
}


@dataclass(frozen=True, slots=True)
class DemoIssuer:
    """Signs tokens with the key of one home."""

    issuer: Issuer
    _key: Any

    def token(self, role: ViewerRole, of: str = "", name: str = "newcomer") -> str:
        """A token of an hour. `of` names whose children: an office, a court, a provider, a case."""
        now = int(time.time())
        said: dict[str, Any] = {
            "iss": _URL, "aud": _AUDIENCE, "sub": name, "iat": now, "exp": now + SECONDS,
            # Two that are made alike in one second are two, and each can be revoked by itself.
            "roles": [role], "jti": secrets.token_urlsafe(12),
        }  # fmt: skip
        claim = _CLAIM.get(ROLES[role].scope)
        if claim and of:
            said[claim] = [of]
        return jwt.encode(said, self._key, algorithm="ES256", headers={"kid": _KEY_NAME})

    async def published(self) -> list[dict[str, Any]]:
        """Its public key, as `api.identity.keys` reads an issuer's."""
        public = json.loads(ECAlgorithm.to_jwk(self._key.public_key()))
        return [{**public, "kid": _KEY_NAME}]


def demo_issuer(settings: Settings, allowed: ApiSettings, host: str) -> DemoIssuer:
    """The issuer of this home's demo, its key made at its first use.

    Raises:
        UsageError: this may be no demo; the sentence says why.
    """
    reason = _why_not(settings, allowed, host)
    if reason:
        raise UsageError(f"The demo's issuer gives everybody every role, so {reason}.")
    file = settings.home / _KEY
    issuer = Issuer(
        label="demo",
        url=_URL,
        audience=_AUDIENCE,
        keys=file.as_uri(),
        algorithms=frozenset({"ES256"}),
        claims=Claims(**{claim: claim for claim in _CLAIM.values()}),
        roles={role: Given(role=role) for role in ViewerRole},
    )
    return DemoIssuer(issuer, _key(file))


def _why_not(settings: Settings, allowed: ApiSettings, host: str) -> str | None:
    if host not in ("127.0.0.1", "::1", "localhost"):
        return "it serves on 127.0.0.1 alone"
    if allowed.issuers is not None:
        return "it does not serve beside others: unset SPONSORGRAPH_API_ISSUERS"
    if allowed.host_names or allowed.trusted_origins:
        return (
            "it is for no proxy and no other server's pages: unset SPONSORGRAPH_API_HOST_NAMES"
            " and SPONSORGRAPH_API_TRUSTED_ORIGINS"
        )
    if settings.neo4j_uri is not None:
        return "it serves the local Neo4j alone: unset NEO4J_URI"
    if not is_all_made_up(settings.home):
        return f"{settings.home} must hold what `sponsorgraph demo` made there, and nothing else"
    return None


def deliveries(home: Path) -> frozenset[str]:
    """The deliveries that a home has taken in, each by the hash of what it says."""
    folders = (home / "store" / "deliveries").glob("[0-9]*")
    return frozenset(folder.name.partition("-")[2] for folder in folders)


def is_all_made_up(home: Path) -> bool:
    """Whether there is a demo in a home, and the demo made every delivery there."""
    taken = deliveries(home)
    return bool(taken) and taken <= _made(home)


def note_made(home: Path, made: AbstractSet[str]) -> None:
    """Write down that the demo made these deliveries."""
    known = sorted(_made(home) | made)
    (home / _MADE).write_text(json.dumps({"deliveries": known}), encoding="utf-8")


def _made(home: Path) -> frozenset[str]:
    try:
        return frozenset(json.loads((home / _MADE).read_text(encoding="utf-8"))["deliveries"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def _key(file: Path) -> Any:
    if not file.exists():
        new = generate_private_key(SECP256R1())
        pem = new.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        # Written apart and put into place: two commands at once agree on one of the two.
        apart = file.with_suffix(f".{os.getpid()}")
        descriptor = os.open(apart, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, pem)
            os.link(apart, file)
        except FileExistsError:
            pass
        finally:
            os.close(descriptor)
            apart.unlink()
    return load_pem_private_key(guarded("The demo's issuer", file), password=None)
