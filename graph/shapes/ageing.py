"""Her 18th birthday: what stops on it, and that the archive clock starts (REQUIREMENTS.md, W7)."""

from graph.shapes.asking import AS_OF
from graph.shapes.days import eighteenth
from graph.shapes.said import said
from graph.shapes.shape import Relation, Scalar, Shape
from graph.vocabulary.welfare import ChildOnlyDuty

# As far as somebody may be heard who says when she was born.
HER_EIGHTEENTH = (
    "head(COLLECT { MATCH (child)-[known_as:HAS_BIOGRAPHICS]->(known:ChildBiographics)"
    f" WHERE holds(known_as) WITH {said('known.dateOfBirth')} AS born"
    f" RETURN {eighteenth('born')} }})"
)
ITS_BINDS = ("known_as", "known", "born")

_DUTIES = f"[{', '.join(repr(str(duty)) for duty in ChildOnlyDuty)}]"

AGE_OUT = Shape(
    name="AgeOut",
    node="eighteenth",
    fields={
        "asOf": Scalar("toString($asOf)"),
        "turnsEighteenOn": Scalar("toString(eighteenth)"),
        "reached": Scalar("eighteenth <= $asOf"),
        "stopped": Scalar(f"CASE WHEN eighteenth <= $asOf THEN {_DUTIES} ELSE [] END"),
        "archiveClockFrom": Scalar("toString(eighteenth)"),
    },
)

AGE_OUT_OF_A_CHILD = Relation(
    of=("AgeOut",),
    match=f"WITH *, {HER_EIGHTEENTH} AS eighteenth WHERE eighteenth IS NOT NULL",
    binds=("eighteenth", *ITS_BINDS),
    arguments=(AS_OF,),
)

SHAPES = (AGE_OUT,)
ROOTS: dict[str, Relation] = {}
