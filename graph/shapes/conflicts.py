"""Where agencies' latest words on a child's address differ, and in what (REQUIREMENTS.md, A2).

An agency's word is its latest report; one that has ended by the day says nothing about that day.
"""

from graph.selection import Asked, UnanswerableError
from graph.shapes.asking import AS_OF, KNOWN_AT, paged
from graph.shapes.days import KNOWN_AT_TEXT, days_since, freshness
from graph.shapes.dwellers import MOST_CHILDREN_A_PAGE
from graph.shapes.reports import BEGUN, HEARD_BY_THEN, ended
from graph.shapes.shape import Argument, Relation, Scalar, Shape
from graph.vocabulary.places import AddressPart

# Of each agency: its latest report, the address, and the first report since which it has said
# nothing else.
_WORDS = f"""
WITH *, COLLECT {{
  MATCH (child)-[fact:LIVES_AT]->(address:Address) WHERE {HEARD_BY_THEN} AND {BEGUN}
  WITH fact, address ORDER BY fact.reportedOn DESC, fact.id
  WITH fact.agency AS agency, collect(fact) AS facts, collect(address) AS addresses
  WITH agency, facts, addresses, head(facts) AS fact, head(addresses) AS address
  WHERE NOT {ended("child")}
  WITH agency, facts, fact, address,
    head([place IN range(0, size(facts) - 1) WHERE addresses[place] <> address]) AS other_before
  RETURN [fact, address, facts[coalesce(other_before, size(facts)) - 1]] ORDER BY agency
}} AS words"""
_DIFFER = "any(word IN words WHERE word[1] <> words[0][1])"
_BINDS = ("fact", "address", "agency", "facts", "addresses", "other_before", "words")

_PARTS = ", ".join(
    f"['{part}', one_at.{of}, other_at.{of}]"
    for part, of in {
        AddressPart.STATE: "state",
        AddressPart.CITY: "city",
        AddressPart.ZIP: "zip",
        AddressPart.STREET: "building",
        AddressPart.UNIT: "unit",
    }.items()
)


def _word(expression: str) -> Relation:
    return Relation(
        of=("AddressWord",),
        match=f"WITH *, {expression} AS word"
        " WITH *, word[0] AS fact, word[1] AS address, word[2] AS since",
        binds=("word", "fact", "address", "since"),
        same={"resident": "child"},
    )


ADDRESS_CONFLICTS = Shape(
    name="AddressConflicts",
    node="words",
    fields={
        "child": Relation(of=("Child",)),
        "asOf": Scalar("toString($asOf)"),
        "knownAt": Scalar(KNOWN_AT_TEXT),
        "words": Relation(
            of=("AddressWord",),
            match="UNWIND words AS word"
            " WITH *, word[0] AS fact, word[1] AS address, word[2] AS since",
            binds=("word", "fact", "address", "since"),
            same={"resident": "child"},
            order="fact.agency",
            many=True,
        ),
        "conflicts": Relation(
            of=("AddressConflict",),
            match="UNWIND range(0, size(words) - 2) AS one"
            " UNWIND range(one + 1, size(words) - 1) AS other"
            " WITH *, words[one][1] AS one_at, words[other][1] AS other_at"
            " WHERE one_at <> other_at",
            binds=("one", "other", "one_at", "other_at"),
            order="one, other",
            many=True,
        ),
    },
)

ADDRESS_CONFLICT = Shape(
    name="AddressConflict",
    node="one",
    fields={
        "one": _word("words[one]"),
        "other": _word("words[other]"),
        "differIn": Scalar(
            f"[part IN [{_PARTS}] WHERE coalesce(toLower(part[1]), '')"
            " <> coalesce(toLower(part[2]), '') | part[0]]"
        ),
    },
)

ADDRESS_WORD = Shape(
    name="AddressWord",
    node="word",
    fields={
        "agency": Scalar("fact.agency"),
        "address": Relation(of=("Address",)),
        "since": Scalar("toString(since.reportedOn)"),
        "lastReportedOn": Scalar("toString(fact.reportedOn)"),
        "daysSinceReported": Scalar(days_since("fact.reportedOn")),
        "freshness": Scalar(freshness("fact.reportedOn")),
        "report": Relation(of=("AddressReport",)),
    },
)

SHAPES = (ADDRESS_CONFLICTS, ADDRESS_CONFLICT, ADDRESS_WORD)

CONFLICTS_OF_A_CHILD = Relation(
    of=("AddressConflicts",), match=_WORDS, binds=_BINDS, arguments=(AS_OF, KNOWN_AT)
)


def _state(value: str, _: Asked) -> str:
    if len(value.strip()) != 2:  # noqa: PLR2004 - two letters
        raise UnanswerableError("`state` is written as two letters, as in TX.")
    return value.strip().upper()


STATE = Argument("state", _state)
_PLACE = "[place.id, child.id]"

ROOTS = {
    "addressConflicts": Relation(
        of=("AddressConflicts",),
        # Led by the index (state, id), which gives the order; a child stands at the first of her
        # addresses in that state.
        match=lambda page: (
            "MATCH (place:Address) USING INDEX place:Address(state, id)"
            f" WHERE place.state = $state AND place.id IS NOT NULL{page.bounds('place.id')}"
            " AND written(place)"
            " MATCH (child:Child)-[led:LIVES_AT]->(place) WHERE visible(led:LIVES_AT)"
            " AND led.reportedOn <= $asOf AND led.knownFrom <= $knownAt"
            f"{page.within(_PLACE)}"
            f" WITH DISTINCT place, child {_WORDS}"
            f" WHERE {_DIFFER} AND place.id = head(COLLECT {{ UNWIND words AS word"
            " WITH word[1] AS said_at WHERE said_at.state = $state"
            " RETURN said_at.id ORDER BY said_at.id LIMIT 1 })"
        ),
        binds=("place", "child", "led", "word", "said_at", *_BINDS),
        order="place.state, place.id, child.id",
        many=True,
        cursor=_PLACE,
        arguments=(
            *(STATE, AS_OF, KNOWN_AT),
            *paged(str, str, most=MOST_CHILDREN_A_PAGE),
        ),
    )
}
