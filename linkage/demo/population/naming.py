"""Names as families give them: two surnames where that is the custom, one where it is not."""

from random import Random

from linkage.demo import facts
from linkage.demo.population.people import Family, Name

MAYAN_FAMILIES = 0.35  # A: Guatemalan families with a Mayan surname
MAYAN_GIVEN = 0.5  # A: their children with a given name usual in Mayan towns
TWO_GIVEN_NAMES = 0.6  # A
ONE_SURNAME = 0.04  # A: children registered by the mother alone
SINGH_OR_KAUR = 0.35  # A: Indian families where sons are SINGH and daughters KAUR
_SINGH = "SINGH"


def culture_of(country: str, rng: Random) -> str:
    """LATIN, MAYAN, INDIAN or HAITIAN: how a family from this country is named."""
    if country in ("India", "Haiti"):
        return "INDIAN" if country == "India" else "HAITIAN"
    return "MAYAN" if country == "Guatemala" and rng.random() < MAYAN_FAMILIES else "LATIN"


def draw_surname(culture: str, rng: Random) -> str:
    """One parent's surname."""
    if culture == "INDIAN" and rng.random() < SINGH_OR_KAUR:
        return _SINGH
    if culture in ("INDIAN", "HAITIAN") or (culture == "MAYAN" and rng.random() < 2 / 3):
        return facts.other_names()[culture, "SURNAME"].draw(rng)
    return facts.surnames().draw(rng)


def draw_surnames(culture: str, rng: Random) -> tuple[str, str]:
    """(paternal, maternal); the second is empty where one surname is the custom."""
    paternal = draw_surname(culture, rng)
    single = culture in ("INDIAN", "HAITIAN") or rng.random() < ONE_SURNAME
    return paternal, "" if single else draw_surname(culture, rng)


def draw_given(culture: str, sex: str, rng: Random, taken: set[str]) -> tuple[str, ...]:
    """One or two given names, the first none of `taken`: no girl is her sister's namesake."""
    while (first := _one_given(culture, sex, rng)) in taken:
        pass
    if culture == "HAITIAN" or rng.random() >= TWO_GIVEN_NAMES:
        return (first,)
    second = _one_given(culture, "M" if culture == "INDIAN" else sex, rng)
    return (first, second) if second != first else (first,)


def _one_given(culture: str, sex: str, rng: Random) -> str:
    usual = culture in ("INDIAN", "HAITIAN") or (culture == "MAYAN" and rng.random() < MAYAN_GIVEN)
    if usual:
        return facts.other_names()[culture, "FEMALE" if sex == "F" else "MALE"].draw(rng)
    return facts.given_names()[sex].draw(rng)


def child_name(family: Family, sex: str, rng: Random) -> Name:
    taken = {child.name.given[0] for child in family.children}
    given = draw_given(family.culture, sex, rng, taken)
    return Name(given, _by_sex(family.paternal, sex), family.maternal)


def adult_name(culture: str, sex: str, paternal: str, maternal: str, rng: Random) -> Name:
    given = draw_given(culture, sex, rng, set())
    return Name(given, _by_sex(paternal, sex), maternal)


def _by_sex(surname: str, sex: str) -> str:
    return "KAUR" if surname == _SINGH and sex == "F" else surname
