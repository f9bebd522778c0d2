"""What ORR's relationship label says of the sponsor: sex, age, and which surname is shared."""

from dataclasses import dataclass
from random import Random

from linkage.demo.population.naming import adult_name, culture_of, draw_surname, draw_surnames
from linkage.demo.population.people import Family, Name


@dataclass(frozen=True, slots=True)
class Kin:
    """A kind of sponsor: years older than the child, and the surnames they have in common."""

    sex: str  # '' when the label does not say
    older: tuple[int, int]
    shares: str  # FATHER, MOTHER, SIBLING, ONE (side unknown), NONE
    parent: bool = False


# The first word found in the label decides; longer words stand before those they contain.
_KINDS: tuple[tuple[str, Kin], ...] = (
    ("grandmother", Kin("F", (38, 62), "ONE")),
    ("grandfather", Kin("M", (40, 65), "ONE")),
    ("godmother", Kin("F", (18, 40), "NONE")),
    ("godfather", Kin("M", (18, 40), "NONE")),
    ("step mother", Kin("F", (18, 35), "NONE")),
    ("stepmother", Kin("F", (18, 35), "NONE")),
    ("step father", Kin("M", (18, 40), "NONE")),
    ("stepfather", Kin("M", (18, 40), "NONE")),
    ("mother", Kin("F", (16, 40), "MOTHER", parent=True)),
    ("father", Kin("M", (17, 45), "FATHER", parent=True)),
    ("brother-in-law", Kin("M", (8, 22), "NONE")),
    ("sister-in-law", Kin("F", (8, 22), "NONE")),
    ("half-sibling", Kin("", (6, 18), "ONE")),
    ("brother", Kin("M", (6, 18), "SIBLING")),
    ("sister", Kin("F", (6, 18), "SIBLING")),
    ("uncle", Kin("M", (12, 40), "ONE")),
    ("aunt", Kin("F", (12, 40), "ONE")),
    ("nephew", Kin("M", (6, 18), "ONE")),
    ("niece", Kin("F", (6, 18), "ONE")),
    ("cousin", Kin("", (6, 25), "ONE")),
)
_UNRELATED = Kin("", (10, 45), "NONE")


def kin(relationship: str) -> Kin:
    label = relationship.lower()
    return next((kind for word, kind in _KINDS if word in label), _UNRELATED)


def sponsor_name(kind: Kin, sex: str, family: Family, rng: Random) -> Name:
    """A name that fits the kinship: a mother's paternal surname is her child's maternal one."""
    culture = family.culture
    paternal, maternal = draw_surnames(culture, rng)
    if kind.shares == "FATHER":
        paternal = family.paternal
    elif kind.shares == "MOTHER":
        paternal = family.maternal or paternal
    elif kind.shares == "SIBLING":
        paternal, maternal = family.paternal, family.maternal
    elif kind.shares == "ONE":
        paternal = rng.choice([family.paternal, family.maternal or family.paternal])
    return adult_name(culture, sex, paternal, maternal, rng)


def family_surnames(kind: Kin, sponsor: Name, country: str, rng: Random) -> tuple[str, str, str]:
    """(culture, paternal, maternal) of children whose sponsor is already there."""
    culture = culture_of(country, rng)
    paternal, maternal = draw_surnames(culture, rng)
    if kind.shares in ("ONE", "FATHER", "SIBLING"):
        paternal = sponsor.paternal
    elif kind.shares == "MOTHER" and maternal:
        paternal, maternal = draw_surname(culture, rng), sponsor.paternal
    return culture, paternal, maternal
