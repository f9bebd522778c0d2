"""Signing in to the demo: who one may be there, and a token for it. Not there in any other mode."""

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.identity.demo import BASIS, SECONDS, DemoIssuer
from graph.sharing.policy import ROLES
from graph.vocabulary.viewers import ScopeKind, ViewerRole

_MOST_BYTES = 1_000
_OPEN = (ScopeKind.EVERYONE, ScopeKind.NOBODY)


def routes(issuer: DemoIssuer) -> list[Route]:
    """What the explorer's strip asks: the roles, and a token."""

    async def roles(_: Request) -> Response:
        return _told({"basis": BASIS, "roles": [_described(role) for role in ROLES]})

    async def token(request: Request) -> Response:
        said = await _said(request)
        role, of = said.get("role"), said.get("of", "")
        if role not in list(ViewerRole) or not isinstance(of, str) or len(of) > _LONGEST:
            return _told({"error": f"Say a `role`: {', '.join(ViewerRole)}."}, 400)
        return _told({"token": issuer.token(ViewerRole(role), of), "seconds": SECONDS})

    return [
        Route("/demo/roles", roles, methods=["GET"]),
        Route("/demo/tokens", token, methods=["POST"]),
    ]


def _described(role: ViewerRole) -> dict[str, Any]:
    rules = ROLES[role]
    of = None if rules.scope in _OPEN else rules.scope.lower()
    return {"role": role, "purposes": rules.purposes, "of": of, "is": rules.what}


async def _said(request: Request) -> dict[str, Any]:
    """The body, if it is an object of JSON and said to be: no other page's form can send that."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return {}
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return {}
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _told(answer: dict[str, Any], status: int = 200) -> Response:
    return JSONResponse(answer, status, headers={"cache-control": "no-store"})


_LONGEST = 100
