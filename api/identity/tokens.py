"""What a token must be: signed by a key of its issuer, in the issuer's way, for us, and in time.

RFC 7519 (JSON Web Token) and RFC 8725 (its best current practices). PyJWT checks signatures,
issuer and audience; times are checked here, because they are checked again at each use.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.types import Options

from api.identity.issuers import Issuer
from api.identity.keys import Keys, Name
from api.identity.principals import principal_of
from api.identity.refusals import refused, undecided
from api.identity.revoked import Revoked, digest_of
from api.plan.documents import Remembered
from graph.sharing.principal import Principal

# Room for some hundred groups; the head of a request may be twice that.
MOST_BYTES = 16_000
_TOKENS_KEPT = 10_000
_LONGEST_KEY_NAME = 512
_OPTIONS: Options = {
    "require": ["iss", "sub", "aud", "exp", "iat"],
    "verify_exp": False,  # these three below, at each use
    "verify_nbf": False,
    "verify_iat": False,
}


@dataclass(frozen=True, slots=True)
class Known:
    """An issuer and its keys."""

    issuer: Issuer
    keys: Keys


@dataclass(frozen=True, slots=True, eq=False)
class Verified:
    """A token whose signature was right: whose it is, from when till when, and by which key.

    `digest` is what it is known by where it is taken back, and `issued` when its issuer made it.

    Times are seconds since 1970, the issuer's leeway taken into account.
    """

    principal: Principal
    digest: str
    issued: float
    begins: float
    ends: float
    by: Known
    key_name: Name
    key: jwt.PyJWK

    def is_signed_still(self) -> bool:
        """Whether the issuer still has that very key."""
        return self.by.keys.known(self.key_name) is self.key


class Tokens:
    """Who bears a token. Each is verified once, and looked at again at every use."""

    def __init__(
        self, known: Mapping[str, Known], clock: Callable[[], float], revoked: Revoked | None
    ) -> None:
        self._known = known  # by the issuer's url
        self._clock = clock
        self._revoked = revoked
        self._verified: Remembered[Verified] = Remembered(_TOKENS_KEPT)

    async def bearer(self, token: str) -> Verified:
        """Whose token it is, as things stand now.

        Raises:
            NotAdmittedError: it is not good, or not at this time; NotDecidedError: nobody can say.
        """
        # Kept by its hash: what is in memory cannot be sent.
        name = hashlib.sha256(token.encode(errors="replace")).digest()
        verified = self._verified.get(name)
        if verified is None or not verified.is_signed_still():
            verified = self._verified.put(name, await self._verify(token))
        now = self._clock()
        if now < verified.begins:
            raise refused("too early")
        if now >= verified.ends:
            raise refused("expired")
        if self._is_revoked(verified):
            raise refused("revoked")
        return verified

    def _is_revoked(self, token: Verified) -> bool:
        by, who = self._revoked, token.principal.name
        return by is not None and by.bars(token.digest, who, token.issued)

    async def _verify(self, token: str) -> Verified:
        known, header = self._issued(token)
        issuer = known.issuer
        name = (header["kid"], header["alg"])
        if name[1] not in issuer.algorithms:
            raise refused("algorithm")
        if issuer.type is not None and _short(header.get("typ")) != _short(issuer.type):
            raise refused("type")
        key = await known.keys.find(name)
        if key is None:
            raise refused("key") if known.keys.usable else undecided()
        claims = _claims(token, key, issuer)
        begins, ends = _times(claims, issuer)
        return Verified(
            principal_of(claims, issuer), digest_of(token), _moment(claims["iat"]),
            begins, ends, known, name, key,
        )  # fmt: skip

    def _issued(self, token: str) -> tuple[Known, Mapping[str, Any]]:
        """The issuer that the token names, which its signature must then prove, and its header."""
        if len(token) > MOST_BYTES:
            raise refused("too large")
        try:
            header = jwt.get_unverified_header(token)
            said = jwt.decode(token, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise refused("malformed") from None
        kid, algorithm, url = header.get("kid"), header.get("alg"), said.get("iss")
        if not isinstance(algorithm, str) or not isinstance(url, str):
            raise refused("malformed")
        if not isinstance(kid, str) or not 0 < len(kid) <= _LONGEST_KEY_NAME:
            raise refused("key")
        known = self._known.get(url)
        if known is None:
            raise refused("issuer")
        return known, header


def _claims(token: str, key: jwt.PyJWK, issuer: Issuer) -> Mapping[str, Any]:
    try:
        return jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            audience=issuer.audience,
            issuer=issuer.url,
            options=_OPTIONS,
        )
    except jwt.InvalidSignatureError:
        raise refused("signature") from None
    except jwt.InvalidAlgorithmError:
        raise refused("algorithm") from None
    except jwt.InvalidAudienceError:
        raise refused("audience") from None
    except (jwt.PyJWTError, ValueError):
        raise refused("claims") from None


def _times(claims: Mapping[str, Any], issuer: Issuer) -> tuple[float, float]:
    """From when till when a token is good, by `nbf`, `iat` and `exp`."""
    issued, ends = _moment(claims["iat"]), _moment(claims["exp"])
    begins = max(issued, _moment(claims.get("nbf", issued)))
    longest = issued + issuer.longest_hours * 3600
    return begins - issuer.leeway_seconds, min(ends, longest) + issuer.leeway_seconds


def _moment(value: Any) -> float:
    # Not a bool, which is an int to Python; and no infinity, which JSON as Python reads it has.
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e11:  # noqa: PLR2004
        raise refused("claims")
    return float(value)


def _short(kind: Any) -> str | None:
    """`application/at+jwt` and `AT+JWT` are `at+jwt` (RFC 7515, section 4.1.9)."""
    return kind.lower().removeprefix("application/") if isinstance(kind, str) else None
