"""From a token's claims to who asks: their name, and roles and scopes as their issuer may give."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from api.identity.issuers import Given, Issuer
from api.identity.refusals import refused
from graph.sharing.principal import Principal
from graph.vocabulary.scopes import docket, office

_NAME = re.compile(r"[!-~]{1,200}")  # as printed: the audit shows it, line by line
_SCOPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")


def principal_of(claims: Mapping[str, Any], issuer: Issuer) -> Principal:
    """Who bears a token of this issuer. Raises NotAdmittedError where it has no fit name."""
    name = _at(claims, issuer.claims.name)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise refused("claims")
    given = list(_given(claims, issuer))
    scopes = {scope for one in given for scope in one.scopes} | set(_scopes(claims, issuer))
    return Principal(
        # Two issuers may have the same subject; they are two people.
        name=f"{issuer.label}/{name}",
        roles=frozenset(one.role for one in given),
        agency=issuer.agency,
        scopes=frozenset(scopes),
    )


def _given(claims: Mapping[str, Any], issuer: Issuer) -> Iterator[Given]:
    """What this issuer may give of what the token claims; the rest is as if it were not there."""
    for value in _texts(_at(claims, issuer.claims.roles)):
        if value in issuer.roles:
            yield issuer.roles[value]
    service = issuer.services.get(str(claims["sub"]))
    if service:
        yield service


def _scopes(claims: Mapping[str, Any], issuer: Issuer) -> Iterator[str]:
    where = issuer.claims
    ways: list[tuple[str | None, Callable[[str], str | None]]] = [
        (where.offices, office),
        (where.dockets, docket),
        (where.providers, _plain("provider")),
        (where.cases, _plain("case")),
        (where.referrals, _plain("referral")),
    ]
    for path, scope_of in ways:
        for value in _texts(_at(claims, path)):
            scope = scope_of(value)
            if scope:
                yield scope


def _plain(kind: str) -> Callable[[str], str | None]:
    return lambda text: f"{kind}/{text}" if _SCOPE.fullmatch(text) else None


def _texts(value: Any) -> Iterable[str]:
    """A claim of one or of several; one text is not words, so it is not taken apart."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def _at(claims: Mapping[str, Any], path: str | None) -> Any:
    """What stands at a path. A claim that bears the whole path as its name comes first."""
    if path is None:
        return None
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
