"""What a run brought that is news: an address reported, a failure to appear, an identity changed.

A fact that says again what its record said before is no news: when a record comes in a new version
or goes to another identity, the old fact is closed by the very run that makes the new one.
"""

from graph.shapes.asking import plain
from graph.shapes.identities import key_is_readable
from graph.shapes.shape import Relation, Scalar, Shape
from graph.shapes.streams import (
    EVENTS_OMITTED,
    HEARD_UP_TO,
    Stream,
    bearer_now,
    next_events,
    next_of_people,
    page_of,
    some,
    unpacked,
    way_in,
    when,
)
from graph.vocabulary.court import Appearance

STREAMS = {
    "addressReported": Stream("AddressReportedPage", "AddressReported"),
    "failedToAppear": Stream("FailedToAppearPage", "FailedToAppear"),
    "identityChanged": Stream("IdentityChangedPage", "IdentityChanged"),
}
_RESIDENTS, _CHILDREN, _IDENTITIES = some("residentIds"), some("childIds"), some("ids")
_STATES, _COURTS = some("states"), some("courts")
_ANYONE = ("Child", "Sponsor")

# What a record says when it first comes is news, and most of what comes first comes in numbers: it
# is told without a look at anything else (8 db hits a fact instead of 80).
_MAY_HAVE_SAID_IT = "({record}.version > 1 OR {record}.runFrom < {fact}.runFrom)"


_LIVES_AT = "MATCH (origin)-[fact:LIVES_AT]->(address) WHERE"
_LIVES_AT_OF = "MATCH (one)-[fact:LIVES_AT]->(address) WITH *, one AS origin WHERE"
# In any version of the record, which may have been another person's then; but of a record that
# names a child and a sponsor, each is said to live somewhere.
_ADDRESS_SAID_BEFORE = (
    "EXISTS { MATCH (told:Record {keyVersion: fact.record})"
    f" WHERE {_MAY_HAVE_SAID_IT.format(record='told', fact='fact')}"
    " MATCH (earlier:Record {key: told.key})-[:DESCRIBES]->(one)-[before:LIVES_AT]->()"
    " WHERE before.runUntil = fact.runFrom AND before.runFrom < fact.runFrom"
    " AND before.knownFrom = fact.knownFrom AND before.kind = fact.kind"
    " AND before.record STARTS WITH told.key + '/v' AND labels(one) = labels(origin) }"
)
_ADDRESSES = Relation(
    of=("AddressReported",),
    match=f"{unpacked('fact', 'origin', 'address')} WHERE NOT fact.sharingClass IN $withheld"
    f" AND NOT {_ADDRESS_SAID_BEFORE}",
    given={"states": "AND address.state IN $states"},
    then=f"{bearer_now('resident', 'origin')} WHERE admitted(resident:Child|Sponsor)",
    binds=(
        *("item", "fact", "origin", "address", "told", "earlier", "one", "before"),
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
        **when("fact"),
        "stands": Scalar("holds(fact)"),
        "report": Relation(of=("AddressReport",)),
        "resident": Relation(of=("Child", "Sponsor"), subject="resident"),
        "address": Relation(of=("Address",)),
    },
)

_MISSED = (
    "MATCH (record)-[report:REPORTS]->(hearing)"
    f" WHERE report.appearance = '{Appearance.FAILED_TO_APPEAR}' AND"
)
_MISSED_BY = (
    "MATCH (one)-[has_hearing:HAS_HEARING]->(hearing:Hearing)<-[report:REPORTS]-(record:Record)"
    f" WHERE holds(has_hearing) AND report.appearance = '{Appearance.FAILED_TO_APPEAR}' AND"
)
# The hearing itself may have become another's; its court and its day never change.
_MISSED_SAID_BEFORE = (
    f"{_MAY_HAVE_SAID_IT.format(record='record', fact='report')} AND"
    " EXISTS { MATCH (earlier:Record {key: record.key})-[before:REPORTS]->(same:Hearing)"
    " WHERE before.runUntil = report.runFrom AND before.runFrom < report.runFrom"
    " AND before.appearance = report.appearance AND same.date = hearing.date }"
)
_MISSES = Relation(
    of=("FailedToAppear",),
    match=f"{unpacked('report', 'record', 'hearing')}"
    f" WHERE NOT report.sharingClass IN $withheld AND admitted(hearing:Hearing)"
    f" AND NOT ({_MISSED_SAID_BEFORE})",
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
        **when("report"),
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
    match=f"{unpacked('event')} WHERE unsealed(event) AND (size(event.records) = 0"
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
        **when("event"),
        "event": Relation(of=("IdentityEvent",)),
        "identities": Relation(
            of=("Child", "Sponsor"),
            match=f"MATCH (event)-[:TO]->(origin) {bearer_now('identity', 'origin')}"
            " WITH DISTINCT event, identity",
            binds=("origin", "redirect", "heir", "identity"),
            subject="identity",
            order="identity.id",
            many=True,
        ),
    },
)

SHAPES = (
    *(ADDRESS_REPORTED, FAILED_TO_APPEAR, IDENTITY_CHANGED, EVENTS_OMITTED, HEARD_UP_TO),
    page_of(STREAMS["addressReported"], _ADDRESSES),
    page_of(STREAMS["failedToAppear"], _MISSES),
    page_of(STREAMS["identityChanged"], _CHANGES),
)
ROOTS: dict[str, Relation] = {}


_REPORTED = ("fact", "origin", "address")
_MISSING = ("report", "record", "hearing")
# By the subscription's name: the way in to a page.
PAGES = {
    "addressReported": way_in(
        STREAMS["addressReported"],
        _RESIDENTS,
        (
            next_events(_LIVES_AT, _REPORTED),
            next_of_people(_RESIDENTS, _ANYONE, _LIVES_AT_OF, _REPORTED),
        ),
        _REPORTED,
    ),
    "failedToAppear": way_in(
        STREAMS["failedToAppear"],
        _CHILDREN,
        (
            next_events(_MISSED, _MISSING, "report.appearance, "),
            next_of_people(_CHILDREN, ("Child",), _MISSED_BY, _MISSING),
        ),
        (*_MISSING, "has_hearing"),
    ),
    "identityChanged": way_in(
        STREAMS["identityChanged"],
        _IDENTITIES,
        (
            next_events(_EVENT, ("event",)),
            next_of_people(_IDENTITIES, _ANYONE, _EVENT_OF, ("event",)),
        ),
        ("event",),
    ),
}
