"""An office or a docket as somebody writes it, and whose queue is asked for."""

from collections.abc import Callable

from graph.selection import Asked, UnanswerableError
from graph.shapes.shape import Argument
from graph.vocabulary.following import ACTOR_OF, Actor
from graph.vocabulary.scopes import docket, office


def _scope(name: str, made: Callable[[str | None], str | None]) -> Argument:
    def read(value: str | None, _: Asked) -> str | None:
        scope = made(value.removeprefix(f"{name}/")) if value else None
        if value is not None and scope is None:
            raise UnanswerableError(f"`{name}` names none: write it as in `{name}/…` of an answer.")
        return scope

    return Argument(name, read)


OFFICE, DOCKET = _scope("office", office), _scope("docket", docket)


def _actor(value: str | None, asked: Asked) -> str:
    """Whose queue: the asker's own unless said."""
    role = asked.viewer.role
    actor = Actor(value) if value else ACTOR_OF.get(role) if role else None
    if actor is None:
        raise UnanswerableError("Say whose queue: your role takes no step of its own, so `actor`.")
    return str(actor)


ACTOR = Argument("actor", _actor)
