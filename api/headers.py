"""What every answer tells a browser: keep nothing, guess nothing, load nothing, be in no frame.

An answer may have a content security policy or a word on caching of its own; the rest is said of
all: answers, refusals, redirects, files and faults alike, because it is added where they leave.
https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html says why each.
"""

from operator import itemgetter

from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send

Header = tuple[bytes, bytes]

POLICY, CACHING = b"content-security-policy", b"cache-control"
_MAY_BE_OWN = frozenset({POLICY, CACHING})
_UNUSED = ["camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb"]

ALWAYS: tuple[Header, ...] = (
    (CACHING, b"no-store"),
    (POLICY, b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    (b"cross-origin-opener-policy", b"same-origin"),
    # A page of a trusted origin asks by CORS, which this does not touch; no other may embed it.
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", ", ".join(f"{each}=()" for each in _UNUSED).encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),  # for browsers that know no `frame-ancestors`
)
# A year. Without the names below ours: they may be other people's servers.
_OVER_TLS = (b"strict-transport-security", b"max-age=31536000")
ALWAYS_OVER_TLS = (*ALWAYS, _OVER_TLS)

_STARTS = frozenset({"http.response.start", "websocket.http.response.start"})
_SECURE = frozenset({"https", "wss"})
_name = itemgetter(0)


def completed(headers: list[Header], *, over_tls: bool) -> list[Header]:
    """The headers of an answer with all that every answer tells, and with its own words first."""
    told = ALWAYS_OVER_TLS if over_tls else ALWAYS
    if _MAY_BE_OWN.isdisjoint(map(_name, headers)):  # nearly always: no second look at each
        return [*headers, *told]
    own = {name for name, _ in headers}
    return [*headers, *(each for each in told if each[0] not in own)]


class Guarded(Starlette):
    """An application whose every answer tells it, also Starlette's own of what went wrong."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
            return
        over_tls = scope.get("scheme") in _SECURE

        async def telling(message: Message) -> None:
            if message["type"] in _STARTS:
                headers = completed(message.get("headers", []), over_tls=over_tls)
                message = {**message, "headers": headers}
            await send(message)

        await super().__call__(scope, receive, telling)
