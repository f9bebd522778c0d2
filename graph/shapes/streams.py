"""How a stream of events is paged: from a place in the order of runs, so many at a time.

A page looks at the next `$scan` events after `$place` of the runs that readers see, by an index led
by the run, and gives those that this listener may see and asked for: so what a statement costs is
bounded, however much a run brought. Listening for some people looks at theirs alone.
"""

from dataclasses import dataclass

from graph.selection import Asked, UnanswerableError
from graph.shapes.asking import LARGEST_PAGE, plain
from graph.shapes.identities import bearer
from graph.shapes.shape import Argument, Made, Relation, Scalar, Shape


@dataclass(frozen=True, slots=True)
class Stream:
    """A subscription: the shape of its pages, and of the events on them."""

    page: str
    event: str


def some(name: str) -> Argument:
    """A list to choose by, which would choose nothing if it were empty."""

    def read(value: list[str] | None, _: Asked) -> list[str] | None:
        if value is not None and not 1 <= len(value) <= LARGEST_PAGE:
            raise UnanswerableError(f"`{name}` takes 1 to {LARGEST_PAGE} values, or is left out.")
        return value

    return Argument(name, read)


# Where a page begins, how many it has, and how many events are looked at to fill it.
_PAGED = (plain("place"), plain("most"), plain("scan"))


def next_events(found: str, bound: tuple[str, ...], led_by: str = "") -> str:
    """Clauses that bind `scanned` to the next events that `found` finds, each with what is `bound`.

    The event is the first of those. `led_by` are keys of the index before the run: the order has to
    name them, or it would come from a sort of all.
    """
    event, kept = bound[0], ", ".join(bound)
    by_run = f"ORDER BY {led_by}{event}.runFrom, {event}.id LIMIT $scan"
    # Two seeks in one index, and each gives the order: the rest of this run, and the runs after.
    return (
        f"WITH *, COLLECT {{ CALL (run) {{ {found} {event}.runFrom = $place[0]"
        f" AND {event}.id > $place[1] AND {event}.runFrom <= run RETURN {kept} {by_run}"
        f" UNION ALL {found} {event}.runFrom > $place[0] AND {event}.runFrom <= run"
        f" AND {event}.id IS NOT NULL RETURN {kept} {by_run} }}"
        f" WITH {kept} {by_run} RETURN [{kept}] }} AS scanned"
    )


def next_of_people(
    whose: Argument, labels: tuple[str, ...], found: str, bound: tuple[str, ...]
) -> str:
    """The same for the people of the ids given, and of ids that lead to whoever bears those."""
    asked = " UNION ".join(f"{bearer('person', label, 'wanted')} RETURN person" for label in labels)
    event, kept = bound[0], ", ".join(bound)
    return (
        f"WITH *, COLLECT {{ UNWIND ${whose.name} AS wanted CALL (run, wanted) {{ {asked} }}"
        " WITH DISTINCT run, person UNWIND [person] + COLLECT {"
        " MATCH (former)-[redirect:REDIRECTS_TO]->(person) WHERE holds(redirect) RETURN former }"
        f" AS one {found} {event}.runFrom <= run AND [{event}.runFrom, {event}.id] > $place"
        f" WITH DISTINCT {kept} ORDER BY {event}.runFrom, {event}.id LIMIT $scan"
        f" RETURN [{kept}] }} AS scanned"
    )


_PEOPLE = ("wanted", "person", "asked", "heir", "redirect", "former", "one")


def unpacked(*names: str) -> str:
    taken = ", ".join(f"item[{place}] AS {name}" for place, name in enumerate(names))
    return f"UNWIND scanned AS item WITH *, {taken}"


def bearer_now(person: str, origin: str) -> str:
    """Whoever bears now what an event happened to."""
    return (
        f"OPTIONAL MATCH ({origin})-[redirect:REDIRECTS_TO]->(heir) WHERE holds(redirect)"
        f" WITH *, coalesce(heir, {origin}) AS {person}"
    )


def page_of(stream: Stream, events: Relation) -> Shape:
    """A page: the run that readers saw, where the look ended, whether there is more, the events."""
    return Shape(
        name=stream.page,
        node="scanned",
        fields={
            "published": Scalar("run"),
            "end": Scalar("[last(scanned)[0].runFrom, last(scanned)[0].id]"),
            "more": Scalar("size(scanned) = $scan"),
            "events": events,
        },
    )


def when(event: str) -> dict[str, Scalar]:
    """Fields of every event. The cursor is made of the place by whoever counts the events."""
    return {
        "cursor": Scalar(f"[{event}.runFrom, {event}.id]"),
        "run": Scalar(f"{event}.runFrom"),
        "at": Scalar(
            f"head(COLLECT {{ MATCH (made:Run {{seq: {event}.runFrom}})"
            " RETURN toString(made.publishedAt) })"
        ),
    }


# Told beside events, and made by whoever counts them.
_TOLD = {"cursor": Made("cursor"), "run": Made("run")}
EVENTS_OMITTED = Shape(
    name="EventsOmitted",
    node="",
    fields={**_TOLD, "told": Made("told"), "message": Made("message")},
)
HEARD_UP_TO = Shape(name="HeardUpTo", node="", fields=_TOLD)


def way_in(
    stream: Stream, whose: Argument, texts: tuple[str, str], binds: tuple[str, ...]
) -> Relation:
    """The way in to a page: `texts` find the next events of all, and of the people of `whose`."""
    of_all, of_people = texts
    return Relation(
        of=(stream.page,),
        match=of_all,
        instead={whose.name: of_people},
        binds=("scanned", *binds, *_PEOPLE),
        arguments=(*_PAGED, whose),
    )
