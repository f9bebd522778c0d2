"""How arguments become parameters: days, pages, cursors."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import orjson

from graph.selection import Asked, UnanswerableError
from graph.shapes.shape import Argument
from graph.vocabulary.identifiers import a_number

LARGEST_PAGE = 100
USUAL_PAGE = 20
# Things in one list that has no pages: a child's addresses are a dozen, those who lived at a
# shelter's thousands. More than a reader can use is refused, lest one answer take all the memory.
LONGEST_LIST = 5_000
BEFORE_ALL = date.min
AFTER_ALL = date.max

Reader = Callable[[Any, Asked], Any]


def _as_given(value: Any, _: Asked) -> Any:
    return value


def _today(value: date | None, asked: Asked) -> date:
    return value or asked.today


def _or(absent: date) -> Reader:
    return lambda value, _: value or absent


def _end_of_day(value: date | None, _: Asked) -> str | None:
    """After every moment of that day and before the next, as texts of moments in UTC sort."""
    return f"{value}T24" if value else None


def page_size(given: Mapping[str, Any]) -> int:
    """How many things a page has at most, by its field's arguments."""
    first, last = given.get("first"), given.get("last")
    return USUAL_PAGE if first is None and last is None else last or first or 0


def _between(name: str, least: int, most: int) -> Reader:
    def read(value: int, _: Asked) -> int:
        if not least <= value <= most:
            raise UnanswerableError(f"`{name}` must be between {least} and {most}.")
        return value

    return read


def _page_of(name: str, most: int = LARGEST_PAGE) -> Reader:
    between = _between(name, 1, most)
    return lambda value, asked: between(USUAL_PAGE if value is None else value, asked)


def _ids(value: list[str], _: Asked) -> list[str]:
    if len(value) > LARGEST_PAGE:
        raise UnanswerableError(f"`ids` takes at most {LARGEST_PAGE} ids.")
    return value


def _a_number(value: str | None, _: Asked) -> str | None:
    number = a_number(value)
    if value is not None and number is None:
        raise UnanswerableError("`aNumber` is not an A-number: write `A` and up to nine digits.")
    return number


def cursor(place: list[Any]) -> str:
    """A place in an order, opaque to clients: only this module reads it."""
    return urlsafe_b64encode(orjson.dumps(place)).decode().rstrip("=")


def place_of(text: str, kinds: tuple[type, ...]) -> list[Any]:
    """The place that a cursor stands for; none where it is not of these kinds."""
    try:
        place = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        fits = isinstance(place, list) and len(place) == len(kinds)
        return [_part(part, kind) for part, kind in zip(place, kinds, strict=fits)] if fits else []
    except (ValueError, TypeError):
        return []


def _part(part: Any, kind: type) -> Any:
    if kind is date:
        return date.fromisoformat(part)
    if not isinstance(part, kind):
        raise TypeError
    return part


def paged(*kinds: type, most: int = LARGEST_PAGE) -> tuple[Argument, ...]:
    """The arguments of a connection whose cursors hold values of these kinds."""

    def place(name: str) -> Argument:
        def read(value: str | None, _: Asked) -> list[Any]:
            found = [] if value is None else place_of(value, kinds)
            if value is not None and not found:
                raise UnanswerableError(f"`{name}` is not a cursor of this list.")
            return found

        return Argument(name, read)

    first, last = (Argument(name, _page_of(name, most)) for name in ("first", "last"))
    return first, place("after"), last, place("before")


AS_OF = Argument("asOf", _today)
KNOWN_AT = Argument("knownAt", _or(AFTER_ALL))
RECORDED_ON = Argument("recordedOn", _end_of_day)
FROM = Argument("from", _or(BEFORE_ALL))
SINCE = Argument("since", _or(BEFORE_ALL))
UNTIL = Argument("until", _or(AFTER_ALL))
FIRST = Argument("first", _page_of("first"))
IDS = Argument("ids", _ids)
A_NUMBER = Argument("aNumber", _a_number)
DEPTH = Argument("depth", _between("depth", 1, 3))
DAYS = Argument("days", _between("days", 1, 3_660))
MAX_LENGTH = Argument("maxLength", _between("maxLength", 1, 6))


def plain(name: str) -> Argument:
    """An argument that is its parameter."""
    return Argument(name, _as_given)
