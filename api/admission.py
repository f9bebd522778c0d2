"""Who may ask over a socket, asked again and again while it is open."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from graph.errors import SponsorgraphError
from graph.sharing import Viewer


class NotAdmittedError(SponsorgraphError):
    """Whoever asks may not, or no longer; the sentence is for them."""


# What a client presented when it connected, to who that is now. Raises NotAdmittedError.
Admits = Callable[[Mapping[str, Any]], Awaitable[Viewer]]


def as_one(viewer: Viewer) -> Admits:
    """Everybody is this viewer, whatever they present."""

    async def admitted(_: Mapping[str, Any]) -> Viewer:
        return viewer

    return admitted
