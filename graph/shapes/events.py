"""What a run brought that is news: an address reported, a failure to appear, an identity changed.

A stream's page looks at the next `$scan` events after `$place` of the runs that readers see, by an
index led by the run, and gives those that this listener may see and asked for: so what a statement
costs is bounded, however much a run brought. Listening for some people looks at theirs alone.

A fact that says again what its record said before is no news: when a record comes in a new version
or goes to another identity, the old fact is closed by the very run that makes the new one.
"""

from dataclasses import dataclass

from graph.selection import Asked, UnanswerableError
from graph.shapes.asking import LARGEST_PAGE, plain
from graph.shapes.identities import bearer, key_is_readable
from graph.shapes.shape import Argument, Made, Relation, Scalar, Shape
from graph.vocabulary.court import Appearance


@dataclass(frozen=True, slots=True)
class Stream:
    """A subscription: the shape of its pages, and of the events on them."""

    page: str
    event: str


STREAMS = {
    "addressReported": Stream("AddressReportedPage", "AddressReported"),
    "failedToAppear": Stream("FailedToAppearPage", "FailedToAppear"),
    "identityChanged": Stream("IdentityChangedPage", "IdentityChanged"),
}


def _some(name: str) -> Argument:
    """A list to choose by, which would choose nothing if it were empty."""

    def read(value: list[str] | None, _: Asked) -> list[str] | None:
        if value is not None and not 1 <= len(value) <= LARGEST_PAGE:
            raise UnanswerableError(f"`{name}` takes 1 to {LARGEST_PAGE} values, or is left out.")
        return value

    return Argument(name, read)


_RESIDENTS, _CHILDREN, _IDENTITIES = (_some(name) for name in ("residentIds", "childIds", "ids"))
_STATES, _COURTS = _some("states"), _some("courts")
# Where a page begins, how many it has, and how many events are looked at to fill it.
_PAGED = (plain("place"), plain("most"), plain("scan"))


def _next(event: str, found: str, bound: tuple[str, ...]) -> str:
    """Clauses that bind `scanned` to the next events that `found` finds, with what is `bound`."""
    kept = ", ".join((event, *bound))
    by_run = f"ORDER BY {event}.runFrom, {event}.id LIMIT $scan"
    # Two seeks in one index, and each gives the order: the rest of this run, and the runs after.
    return (
        f"WITH *, COLLECT {{ CALL (run) {{ {found} {event}.runFrom = $place[0]"
        f" AND {event}.id > $place[1] AND {event}.runFrom <= run RETURN {kept} {by_run}"
        f" UNION ALL {found} {event}.runFrom > $place[0] AND {event}.runFrom <= run"
        f" AND {event}.id IS NOT NULL RETURN {kept} {by_run} }}"
        f" WITH {kept} {by_run} RETURN [{kept}] }} AS scanned"
    )


def _next_of_people(labels: str, given: str, found: str, event: str, bound: tuple[str, ...]) -> str:
    """The same for the people of the ids `given`, with the ids that lead to whoever bears those."""
    asked = " UNION ".join(
        f"{bearer('person', label, 'wanted')} RETURN person" for label in labels.split("|")
    )
    kept = ", ".join((event, *bound))
    return (
        f"WITH *, COLLECT {{ UNWIND ${given} AS wanted CALL (run, wanted) {{ {asked} }}"
        " WITH DISTINCT run, person UNWIND [person] + COLLECT {"
        " MATCH (former)-[redirect:REDIRECTS_TO]->(person) WHERE holds(redirect) RETURN former }"
        f" AS one {found} {event}.runFrom <= run AND [{event}.runFrom, {event}.id] > $place"
        f" WITH DISTINCT {kept} ORDER BY {event}.runFrom, {event}.id LIMIT $scan"
        f" RETURN [{kept}] }} AS scanned"
    )


_PEOPLE = ("wanted", "person", "asked", "heir", "redirect", "former", "one")


def _unpacked(*names: str) -> str:
    taken = ", ".join(f"item[{place}] AS {name}" for place, name in enumerate(names))
    return f"UNWIND scanned AS item WITH *, {taken}"


def _bearer_now(person: str, origin: str) -> str:
    """Whoever bears now what an event happened to."""
    return (
        f"OPTIONAL MATCH ({origin})-[redirect:REDIRECTS_TO]->(heir) WHERE holds(redirect)"
        f" WITH *, coalesce(heir, {origin}) AS {person}"
    )


def _page(stream: str, events: Relation) -> Shape:
    """A page: the run that readers saw, where the look ended, whether there is more, the events."""
    return Shape(
        name=STREAMS[stream].page,
        node="scanned",
        fields={
            "published": Scalar("run"),
            "end": Scalar("[last(scanned)[0].runFrom, last(scanned)[0].id]"),
            "more": Scalar("size(scanned) = $scan"),
            "events": events,
        },
    )


def _when(event: str) -> dict[str, Scalar]:
    """Fields of every event. The cursor is made of the place by whoever counts the events."""
    return {
        "cursor": Scalar(f"[{event}.runFrom, {event}.id]"),
        "run": Scalar(f"{event}.runFrom"),
        "at": Scalar(
            f"head(COLLECT {{ MATCH (made:Run {{seq: {event}.runFrom}})"
            " RETURN toString(made.publishedAt) })"
        ),
    }


def _said_before(fact: str, former: str, as_before: str) -> str:
    """Whether the fact's record, in any version, said it until this run.

    `former` leads from `earlier`, a version of the record, to the relation `before`.
    """
    return (
        f"EXISTS {{ MATCH (told:Record {{keyVersion: {fact}.record}})"
        f" MATCH (earlier:Record {{key: told.key}}){former} WHERE before.runUntil = {fact}.runFrom"
        f" AND before.runFrom < {fact}.runFrom AND before.knownFrom = {fact}.knownFrom"
        f" AND {as_before} }}"
    )


_LIVES_AT = "MATCH (origin)-[fact:LIVES_AT]->(address) WHERE"
_ADDRESS_SAID_BEFORE = _said_before(
    "fact",
    "-[:DESCRIBES]->(hers)-[before:LIVES_AT]->()",
    "before.record STARTS WITH told.key + '/v' AND before.kind = fact.kind"
    " AND labels(hers) = labels(origin)",
)
_ADDRESSES = Relation(
    of=("AddressReported",),
    match=f"{_unpacked('fact', 'origin', 'address')} WHERE NOT fact.sharingClass IN $withheld"
    f" AND NOT {_ADDRESS_SAID_BEFORE}",
    given={"states": "AND address.state IN $states"},
    then=_bearer_now("resident", "origin"),
    binds=(
        *("item", "fact", "origin", "address", "told", "earlier", "hers", "before"),
        *("redirect", "heir", "resident"),
    ),
    order="fact.runFrom, fact.id",
    limit="$most",
    many=True,
    arguments=(_STATES,),
)
ADDRESS_REPORTED = Shape(
    name="AddressReported",
    node="fact",
    fields={
        **_when("fact"),
        "stands": Scalar("holds(fact)"),
        "report": Relation(of=("AddressReport",)),
        "resident": Relation(of=("Child", "Sponsor"), subject="resident"),
        "address": Relation(of=("Address",)),
    },
)

_MISSED = (
    "MATCH (record:Record)-[report:REPORTS]->(hearing:Hearing)"
    f" WHERE report.appearance = '{Appearance.FAILED_TO_APPEAR}' AND"
)
_MISSED_BY = (
    "MATCH (one)-[has_hearing:HAS_HEARING]->(hearing:Hearing)<-[report:REPORTS]-(record:Record)"
    f" WHERE holds(has_hearing) AND report.appearance = '{Appearance.FAILED_TO_APPEAR}' AND"
)
# The hearing itself may have become another's; its court and its day never change.
_MISSED_SAID_BEFORE = (
    "EXISTS { MATCH (earlier:Record {key: record.key})-[before:REPORTS]->(same:Hearing)"
    " WHERE before.runUntil = report.runFrom AND before.runFrom < report.runFrom"
    " AND before.appearance = report.appearance"
    " AND before.knownFrom = report.knownFrom AND same.date = hearing.date }"
)
_MISSES = Relation(
    of=("FailedToAppear",),
    match=f"{_unpacked('report', 'record', 'hearing')}"
    f" WHERE NOT report.sharingClass IN $withheld AND NOT {_MISSED_SAID_BEFORE}",
    given={"courts": "AND hearing.court IN $courts"},
    binds=("item", "report", "record", "hearing", "earlier", "before", "same"),
    order="report.runFrom, report.id",
    limit="$most",
    many=True,
    arguments=(_COURTS,),
)
FAILED_TO_APPEAR = Shape(
    name="FailedToAppear",
    node="report",
    fields={
        **_when("report"),
        "stands": Scalar("holds(report)"),
        "report": Relation(of=("AppearanceReport",)),
        "hearing": Relation(of=("Hearing",)),
        "child": Relation(
            of=("Child",),
            match="MATCH (child:Child)-[has_hearing:HAS_HEARING]->(hearing)"
            " WHERE holds(has_hearing)",
            binds=("child", "has_hearing"),
            order="child.id",
        ),
    },
)

_EVENT = "MATCH (event:IdentityEvent) WHERE"
_EVENT_OF = "MATCH (event:IdentityEvent)-[:FROM|TO]->(one) WHERE"
_CHANGES = Relation(
    of=("IdentityChanged",),
    match=f"{_unpacked('event')} WHERE (size(event.records) = 0"
    f" OR any(moved IN event.records WHERE {key_is_readable('moved')}))",
    given={"role": "AND event.role = $role"},
    binds=("item", "event", "moved"),
    order="event.runFrom, event.id",
    limit="$most",
    many=True,
    arguments=(plain("role"),),
)
IDENTITY_CHANGED = Shape(
    name="IdentityChanged",
    node="event",
    fields={
        **_when("event"),
        "event": Relation(of=("IdentityEvent",)),
        "identities": Relation(
            of=("Child", "Sponsor"),
            match=f"MATCH (event)-[:TO]->(origin) {_bearer_now('identity', 'origin')}"
            " WITH DISTINCT event, identity",
            binds=("origin", "redirect", "heir", "identity"),
            subject="identity",
            order="identity.id",
            many=True,
        ),
    },
)

_TOLD = {"cursor": Made("cursor"), "run": Made("run")}
EVENTS_OMITTED = Shape(
    name="EventsOmitted",
    node="",
    fields={**_TOLD, "told": Made("told"), "message": Made("message")},
)
HEARD_UP_TO = Shape(name="HeardUpTo", node="", fields=_TOLD)

SHAPES = (
    *(ADDRESS_REPORTED, FAILED_TO_APPEAR, IDENTITY_CHANGED, EVENTS_OMITTED, HEARD_UP_TO),
    _page("addressReported", _ADDRESSES),
    _page("failedToAppear", _MISSES),
    _page("identityChanged", _CHANGES),
)
ROOTS: dict[str, Relation] = {}


def _way_in(
    stream: str, event: str, found: str, bound: tuple[str, ...], people: tuple[Argument, str, str]
) -> Relation:
    some, labels, found_of_people = people
    of_people = _next_of_people(labels, some.name, found_of_people, event, bound)
    return Relation(
        of=(STREAMS[stream].page,),
        match=_next(event, found, bound),
        instead={some.name: of_people},
        binds=("scanned", event, *bound, *_PEOPLE, "has_hearing"),
        arguments=(*_PAGED, some),
    )


# By the subscription's name: the way in to a page.
PAGES = {
    "addressReported": _way_in(
        *("addressReported", "fact", _LIVES_AT, ("origin", "address")),
        (
            _RESIDENTS,
            "Child|Sponsor",
            "MATCH (one)-[fact:LIVES_AT]->(address) WITH *, one AS origin WHERE",
        ),
    ),
    "failedToAppear": _way_in(
        *("failedToAppear", "report", _MISSED, ("record", "hearing")),
        (_CHILDREN, "Child", _MISSED_BY),
    ),
    "identityChanged": _way_in(
        *("identityChanged", "event", _EVENT, ()), (_IDENTITIES, "Child|Sponsor", _EVENT_OF)
    ),
}
