"""The keys of one issuer: fetched when they are needed, kept, and fetched again when they change.

An issuer that rotates its keys signs with one we have not seen; so does whoever makes one up. An
unknown key is therefore looked for once in a while, however many tokens name unknown ones.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any

import jwt

from api.identity.fetching import UnreadableError

log = logging.getLogger("sponsorgraph.identity")

SECONDS_BETWEEN_FETCHES = 30.0
SECONDS_FRESH = 600.0
# An issuer that is down for a night stops nobody; a key that it took back is not good for ever.
SECONDS_KEPT = 24 * 3600.0
_LEAST_RSA_BITS = 2048

# Of each kind of key, and curve, what it signs by.
_ALGORITHMS = {
    ("RSA", None): ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    ("EC", "P-256"): ("ES256",),
    ("EC", "P-384"): ("ES384",),
    ("EC", "P-521"): ("ES512",),
    ("OKP", "Ed25519"): ("EdDSA",),
}

Read = Callable[[], Awaitable[list[dict[str, Any]]]]
# A key by its id and by the algorithm it is used for: a token's header chooses among these alone.
Name = tuple[str, str]


class Keys:
    """An issuer's keys. `read` gets them as they are published; it raises UnreadableError."""

    def __init__(
        self,
        label: str,
        algorithms: Iterable[str],
        read: Read,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label = label
        self._algorithms = frozenset(algorithms)
        self._read = read
        self._clock = clock
        self._keys: Mapping[Name, jwt.PyJWK] = {}
        self._fetched_at = self._tried_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None

    @property
    def usable(self) -> bool:
        """Whether there are keys at all that may be gone by."""
        return self._clock() - self._fetched_at < SECONDS_KEPT

    def known(self, name: Name) -> jwt.PyJWK | None:
        """The key, if we have it; where what we have is old it is fetched meanwhile."""
        age = self._clock() - self._fetched_at
        if age >= SECONDS_FRESH and self._may_fetch():
            self._fetch()
        return self._keys.get(name) if age < SECONDS_KEPT else None

    async def find(self, name: Name) -> jwt.PyJWK | None:
        """The key, fetched if it is not known and nobody has just looked."""
        key = self.known(name)
        if key is None and (self._fetching or self._may_fetch()):
            # Shielded: who goes away does not end it for the others who wait.
            await asyncio.shield(self._fetching or self._fetch())
            key = self.known(name)
        return key

    def _may_fetch(self) -> bool:
        lately = self._clock() - self._tried_at < SECONDS_BETWEEN_FETCHES
        return self._fetching is None and not lately

    def _fetch(self) -> asyncio.Task[None]:
        self._tried_at = self._clock()
        self._fetching = asyncio.create_task(self._fetched())
        return self._fetching

    async def _fetched(self) -> None:
        try:
            self._keys = dict(_usable(await self._read(), self._algorithms))
            self._fetched_at = self._clock()
        except UnreadableError as failed:
            log.warning("the keys of issuer %s cannot be read: %s", self._label, failed)
        finally:
            self._fetching = None


def _usable(
    published: list[dict[str, Any]], algorithms: frozenset[str]
) -> Iterator[tuple[Name, jwt.PyJWK]]:
    """Of what is published: public keys with an id, for signatures, that are strong enough.

    Of two with one id the first counts.
    """
    seen: set[str] = set()
    for one in published:
        name = one.get("kid")
        if not isinstance(name, str) or name in seen or "d" in one or not _for_signatures(one):
            continue
        seen.add(name)
        for algorithm in algorithms.intersection(_signs_by(one)):
            try:
                key = jwt.PyJWK(one, algorithm)
            except jwt.PyJWTError:
                continue
            if one["kty"] != "RSA" or key.key.key_size >= _LEAST_RSA_BITS:
                yield (name, algorithm), key


def _for_signatures(key: Mapping[str, Any]) -> bool:
    operations = key.get("key_ops", ["verify"])
    return key.get("use", "sig") == "sig" and "verify" in operations


def _signs_by(key: Mapping[str, Any]) -> Iterable[str]:
    possible = _ALGORITHMS.get((str(key.get("kty")), key.get("crv")), ())
    return [each for each in possible if key.get("alg", each) == each]
