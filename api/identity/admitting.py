"""From what a client presents to a viewer: a token, a role of its bearer's, and to what end."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from api.admission import NotAdmittedError, NotAllowedError
from api.identity.fetching import read_keys
from api.identity.issuers import Issuer
from api.identity.keys import Keys, Read
from api.identity.refusals import refused
from api.identity.revoked import Revoked
from api.identity.tokens import Known, Tokens, Verified
from api.plan.documents import Remembered
from graph.sharing import Viewer
from graph.sharing.asking import NotAllowedError as RulesRefuseError
from graph.sharing.asking import viewer_of

_VIEWERS_KEPT = 10_000
_LONGEST = 500
_SCHEME = "bearer"
_PREFIX = "sponsorgraph-"
_AUTHORIZATION = "authorization"
_KNOWN = frozenset({_AUTHORIZATION, "purpose", "basis", "case", "role"})


class Identity:
    """Admits whoever bears a token of one of these issuers, to an end that their role has.

    Asked as `api.admission.Admits`. `now` is in seconds since 1970, `ticks` in seconds of no day,
    `today` is the day whose rules hold, `read` where an issuer's keys are from, and
    `revoked` the file of what was taken back.
    """

    def __init__(
        self,
        issuers: Iterable[Issuer],
        *,
        now: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = date.today,
        read: Callable[[str], Read] = lambda location: partial(read_keys, location),
        revoked: Path | None = None,
    ) -> None:
        known = {
            issuer.url: Known(
                issuer, Keys(issuer.label, issuer.algorithms, read(issuer.keys), ticks)
            )
            for issuer in issuers
        }
        self._tokens = Tokens(known, now, Revoked(revoked, ticks) if revoked else None)
        self._today = today
        self._viewers: Remembered[Viewer] = Remembered(_VIEWERS_KEPT)

    async def __call__(self, presented: Mapping[str, Any]) -> Viewer:
        """Who that is now. Raises NotAdmittedError; NotAllowedError once it is known who asks."""
        said = _named(presented)
        verified = await self._tokens.bearer(_token(said.get(_AUTHORIZATION)))
        on = self._today()
        key = (verified, said.get("role"), said.get("purpose"), said.get("basis"),
               said.get("case"), on)  # fmt: skip
        viewer = self._viewers.get(key)
        return viewer or self._viewers.put(key, _viewer(verified, said, on))


def _viewer(verified: Verified, said: Mapping[str, str], on: date) -> Viewer:
    role, purpose, basis, case = map(said.get, ("role", "purpose", "basis", "case"))
    try:
        return viewer_of(verified.principal, role, purpose, basis, case, on)
    except RulesRefuseError as by_rule:
        who = verified.principal.name
        raise NotAllowedError(str(by_rule), by_rule.reason, who) from None


def _named(presented: Mapping[str, Any]) -> dict[str, str]:
    """What is presented by our names: on a socket also spelt as headers are, in any case."""
    said: dict[str, str] = {}
    for spelt, value in presented.items():
        name = spelt if spelt in _KNOWN else spelt.lower().removeprefix(_PREFIX)
        if name not in _KNOWN or value is None:
            continue
        if name in said:
            raise NotAdmittedError(f"Say `{name}` once.", "twice")
        said[name] = _line(name, value)
    return said


def _line(name: str, value: Any) -> str:
    """One line of text, without the blanks round it. A token is looked at elsewhere."""
    if isinstance(value, str) and name == _AUTHORIZATION:
        return value
    if not isinstance(value, str) or not value.isprintable():
        raise NotAdmittedError(f"`{name}` must be one line of text.", "malformed")
    if len(value) > _LONGEST:
        raise NotAdmittedError(f"`{name}` has more than {_LONGEST} letters.", "too large")
    return value.strip()


def _token(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != _SCHEME or not token:
        raise refused("no token")
    return token.strip()
