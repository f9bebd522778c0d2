"""Who asks: found anew for every request, and again and again while a socket is open."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from graph.errors import SponsorgraphError
from graph.sharing import Viewer


class NotAdmittedError(SponsorgraphError):
    """Nobody knows who asks, or no longer; the sentence is for them and says what to do.

    `reason` is the one word under which it is counted: never anything that was sent. `who` is
    whose name was proved.
    """

    code = "UNAUTHENTICATED"
    status = 401

    def __init__(self, sentence: str, reason: str = "unknown", who: str | None = None) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.who = who


class NotAllowedError(NotAdmittedError):
    """Who asks is known, and may not ask that: in that role, to that end."""

    code = "FORBIDDEN"
    status = 403


class NotDecidedError(NotAdmittedError):
    """Nobody can say at the moment who asks: whoever issues tokens cannot be reached."""

    code = "UNAVAILABLE"
    status = 503


# What a client presents, by the names that it has in a socket's first message, to who that is now.
# Raises NotAdmittedError.
Admits = Callable[[Mapping[str, Any]], Awaitable[Viewer]]

# The same as headers of a request: who asks, to what end, on what basis, for which case, as what.
PRESENTED = {
    b"authorization": "authorization",
    b"sponsorgraph-purpose": "purpose",
    b"sponsorgraph-basis": "basis",
    b"sponsorgraph-case": "case",
    b"sponsorgraph-role": "role",
}


def presented(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, Any]:
    """What a request's headers present. Raises NotAdmittedError where one of them comes twice."""
    found: dict[str, Any] = {}
    for header, value in headers:
        name = PRESENTED.get(header)
        if name is not None:
            if name in found:
                # A proxy may have read the one and we would go by the other.
                raise NotAdmittedError(f"Send the header {_spelt(header)} once.", "twice")
            found[name] = value.decode(errors="replace")
    return found


def _spelt(header: bytes) -> str:
    return header.decode().title()


def as_one(viewer: Viewer) -> Admits:
    """Everybody is this viewer, whatever they present: for tests, and for measuring."""

    async def admitted(_: Mapping[str, Any]) -> Viewer:
        return viewer

    return admitted
