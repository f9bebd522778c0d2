"""Finding a child by whatever is known of her, the best match first, each with why it is one.

Children come from the best of three indexes: names (the birth date's year, month and day are words
there, too), sponsors' names, and A-numbers. Each is looked through no further than its limit; then
what else was asked only orders them. Points are a convention of this software: 100 for the best
likeness of names, less in its proportion; 20, 30 or 40 for the year, month or day of birth; 25 for
a city where somebody said that she lives, and 10 for a state; up to 50 for a sponsor's name; 60 for
part of an A-number.
"""

from collections.abc import Callable

from graph.shapes.asking import paged
from graph.shapes.evidence import READABLE
from graph.shapes.finding import MATCHES_CONSIDERED
from graph.shapes.looking import read_text, read_who
from graph.shapes.people import found_by_name
from graph.shapes.said import each_said, full_name, heard, said
from graph.shapes.shape import Argument, Page, Relation, Scalar, Shape
from graph.vocabulary.people import MatchPart

_CHILDREN_OF_SPONSORS = 500

_HAS = "-[has_biographics:HAS_BIOGRAPHICS]->"
_BY_NAME = (
    f"WITH * WHERE looked.name IS NOT NULL {found_by_name('looked.name', 'child', 'found')}"
    " RETURN child, likeness AS by_name, 0.0 AS by_sponsor, null AS sponsor_name"
)
_BY_SPONSOR = (
    f"WITH * WHERE looked.sponsor IS NOT NULL"
    f" {found_by_name('looked.sponsor', 'sponsor', 'found')}"
    " MATCH (child:Child)-[release:RELEASED_TO]->(sponsor) WHERE visible(release:RELEASED_TO)"
    f" AND admitted(child:Child) RETURN child, 0.0 AS by_name, likeness AS by_sponsor,"
    f" {full_name('found')} AS sponsor_name"
    f" ORDER BY likeness DESC, child.id LIMIT {_CHILDREN_OF_SPONSORS}"
)
_BY_NUMBER = (
    "MATCH (found:ChildBiographics) USING TEXT INDEX found:ChildBiographics(aNumber)"
    f" WHERE found.aNumber CONTAINS looked.number AND {heard('found.aNumber')}"
    f" MATCH (child:Child){_HAS}(found) WHERE holds(has_biographics) AND admitted(child:Child)"
    " RETURN child, 0.0 AS by_name, 0.0 AS by_sponsor, null AS sponsor_name"
    f" ORDER BY child.id LIMIT {MATCHES_CONSIDERED}"
)
_BY_A_RECORDS_NUMBER = (
    "MATCH (record:Record {aNumber: looked.wholeNumber})-[link:DESCRIBES]->(child:Child)"
    f" WHERE holds(link) AND {READABLE} AND admitted(child:Child)"
    " RETURN child, 0.0 AS by_name, 0.0 AS by_sponsor, null AS sponsor_name"
)
_WAYS = (_BY_NAME, _BY_SPONSOR, _BY_NUMBER, _BY_A_RECORDS_NUMBER)


def _likeness(of: str, most: int) -> str:
    return f"CASE WHEN best_{of} > 0 THEN toInteger(round({most} * {of} / best_{of})) ELSE 0 END"


_BORN = (
    "CASE WHEN looked.born IS NULL OR born IS NULL THEN 0"
    " WHEN size(looked.born) = 10 AND born = looked.born THEN 40"
    " WHEN size(looked.born) >= 7 AND left(born, 7) = left(looked.born, 7) THEN 30"
    " WHEN left(born, 4) = left(looked.born, 4) THEN 20 ELSE 0 END"
)


def _place(asked: str, fits: str) -> str:
    """The address by the latest report of those that fit, where one was asked for."""
    return (
        f"CASE WHEN {asked} THEN head(COLLECT {{ MATCH (child)-[fact:LIVES_AT]->(at:Address)"
        f" WHERE visible(fact:LIVES_AT) AND {fits}"
        " RETURN at ORDER BY fact.reportedOn DESC, fact.id LIMIT 1 }) END"
    )


_CITY = _place(
    "size(looked.places) > 0",
    "all(part IN split(toLower(replace(at.city, '.', '')), ' ') WHERE part IN looked.places)",
)
_STATE = _place("looked.state IS NOT NULL", "at.state = looked.state")
_NUMBERS = (
    "CASE WHEN looked.number IS NULL THEN null ELSE head([number IN"
    f" {each_said('biographics.aNumbers')} WHERE number CONTAINS looked.number]) END"
)
_REASONS = (
    "[reason IN ["
    f"['{MatchPart.NAME}', {_likeness('by_name', 100)}, {full_name('biographics')}],"
    f" ['{MatchPart.BORN}', {_BORN}, born],"
    f" ['{MatchPart.CITY}', CASE WHEN in_city IS NULL THEN 0 ELSE 25 END,"
    " in_city.city + coalesce(', ' + in_city.state, '')],"
    f" ['{MatchPart.STATE}', CASE WHEN in_state IS NULL THEN 0 ELSE 10 END, in_state.state],"
    f" ['{MatchPart.SPONSOR}', {_likeness('by_sponsor', 50)}, sponsor_name],"
    f" ['{MatchPart.A_NUMBER}', CASE WHEN of_number IS NULL THEN 0 ELSE 60 END, of_number]"
    "] WHERE reason[1] > 0]"
)
_RANKED = (
    f" CALL (run, looked) {{ {' UNION ALL '.join(_WAYS)} }}"
    " WITH looked, child, max(by_name) AS by_name, max(by_sponsor) AS by_sponsor,"
    " max(sponsor_name) AS sponsor_name"
    " WITH looked, collect([child, by_name, by_sponsor, sponsor_name]) AS candidates,"
    " max(by_name) AS best_by_name, max(by_sponsor) AS best_by_sponsor"
    " UNWIND candidates AS candidate"
    " WITH looked, best_by_name, best_by_sponsor, candidate[0] AS child, candidate[1] AS by_name,"
    " candidate[2] AS by_sponsor, candidate[3] AS sponsor_name"
    f" MATCH (child){_HAS}(biographics:ChildBiographics) WHERE holds(has_biographics)"
    f" WITH *, {_CITY} AS in_city, {_STATE} AS in_state, {_NUMBERS} AS of_number,"
    f" toString({said('biographics.dateOfBirth')}) AS born"
    f" WITH *, {_REASONS} AS reasons"
    " WITH *, reduce(all_points = 0, reason IN reasons | all_points + reason[1]) AS points"
)
_PLACE = "[-points, child.id]"

CHILD_MATCH = Shape(
    name="ChildMatch",
    node="reasons",
    fields={
        "child": Relation(of=("Child",)),
        "points": Scalar("points"),
        "reasons": Relation(
            of=("MatchReason",),
            match="UNWIND range(0, size(reasons) - 1) AS place WITH *, reasons[place] AS reason",
            binds=("place", "reason"),
            order="place",
            many=True,
        ),
    },
)

MATCH_REASON = Shape(
    name="MatchReason",
    node="reason",
    fields={
        "part": Scalar("reason[0]"),
        "points": Scalar("reason[1]"),
        "found": Scalar("reason[2]"),
    },
)

SHAPES = (CHILD_MATCH, MATCH_REASON)


def _found_by(asked: str) -> Callable[[Page], str]:
    return lambda page: f"WITH *, ${asked} AS looked{_RANKED} WHERE true{page.within(_PLACE)}"


ROOTS = {
    "findChildren": Relation(
        of=("ChildMatch",),
        by={"text": _found_by("text"), "who": _found_by("who")},
        binds=(
            *("looked", "found", "likeness", "child", "by_name", "by_sponsor", "sponsor_name"),
            *("has_biographics", "sponsor", "release", "record", "link", "biographics"),
            *("candidates", "candidate", "best_by_name", "best_by_sponsor", "fact", "at", "number"),
            *(
                "in_city",
                "in_state",
                "of_number",
                "born",
                "reasons",
                "reason",
                "points",
                "all_points",
            ),
        ),
        order="points DESC, child.id",
        many=True,
        cursor=_PLACE,
        arguments=(
            *(Argument("text", read_text), Argument("who", read_who)),
            *paged(int, str),
        ),
    ),
}
