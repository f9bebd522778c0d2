"""How two people of pseudopeople's five sources are compared (pseudopeople_cleaning.py)."""

from linkage.model.names_alike import Level
from tests.benchmarks.foreign import Schema


def _slip(column: str) -> str:
    return f"damerau_levenshtein({column}_l, {column}_r)"


def _alike(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


def _borne_by(column: str, most: int) -> str:
    return f"least({column}_l, {column}_r) <= {most}"


_SAME_BIRTH = "(birth_l = birth_r OR birth_l = birth_too_r OR birth_too_l = birth_r)"
_EXCHANGED = (
    "(birth_l[:4] = birth_r[:4] AND birth_l[5:6] = birth_r[7:8] AND birth_l[7:8] = birth_r[5:6])"
)
# The age that one states is that of the other's birthday.
_AGE = (
    "abs(coalesce(age_l, age_r) - 2020 + try_cast(left(CASE WHEN age_l IS NULL THEN birth_l"
    " ELSE birth_r END, 4) AS INTEGER)) <= 1"
)
_NO_BIRTH = "(birth_l IS NULL OR birth_r IS NULL)"

COMPARISONS: dict[str, tuple[Level, ...]] = {
    "surnames": (
        ("not stated", "surname_l IS NULL OR surname_r IS NULL"),
        ("same, of one or two", f"surname_l = surname_r AND {_borne_by('bear_surname', 2)}"),
        ("same, of ten", f"surname_l = surname_r AND {_borne_by('bear_surname', 10)}"),
        ("same, of forty", f"surname_l = surname_r AND {_borne_by('bear_surname', 40)}"),
        ("same", "surname_l = surname_r"),
        ("a slip", f"{_slip('surname')} = 1 OR {_alike('surname', 0.94)}"),
        ("one of two", "list_has_any(string_split(surname_l, ' '), string_split(surname_r, ' '))"),
        ("alike", f"{_slip('surname')} = 2 OR {_alike('surname', 0.85)}"),
        ("somewhat", f"{_alike('surname', 0.7)}"),
        ("other", "ELSE"),
    ),
    "given_names": (
        ("not stated", "given_name_l IS NULL OR given_name_r IS NULL"),
        ("same, of ten", f"given_name_l = given_name_r AND {_borne_by('bear_given', 10)}"),
        ("same, of fifty", f"given_name_l = given_name_r AND {_borne_by('bear_given', 50)}"),
        ("same", "given_name_l = given_name_r"),
        ("a slip", f"{_slip('given_name')} = 1 OR {_alike('given_name', 0.92)}"),
        ("alike", f"{_slip('given_name')} = 2 OR {_alike('given_name', 0.82)}"),
        ("first three letters", "left(given_name_l, 3) = left(given_name_r, 3)"),
        ("somewhat", f"{_alike('given_name', 0.65)}"),
        ("first letter", "left(given_name_l, 1) = left(given_name_r, 1)"),
        ("other", "ELSE"),
    ),
    "middle": (
        ("not stated", "middle_l IS NULL OR middle_r IS NULL"),
        ("same", "middle_l = middle_r"),
        ("other", "ELSE"),
    ),
    "birth": (
        ("not stated", f"{_NO_BIRTH} AND NOT coalesce({_AGE}, false)"),
        ("same", _SAME_BIRTH),
        ("exchanged", _EXCHANGED),
        ("a slip", f"{_slip('birth')} = 1"),
        ("two slips", f"{_slip('birth')} = 2"),
        ("no birthday, but the age", f"{_NO_BIRTH} AND {_AGE}"),
        ("another birthday, but the age", _AGE),
        ("same year", "left(birth_l, 4) = left(birth_r, 4)"),
        ("other", "ELSE"),
    ),
    "sex": (
        ("not stated", "sex_l IS NULL OR sex_r IS NULL"),
        ("same", "sex_l = sex_r"),
        ("other", "ELSE"),
    ),
    "race": (
        ("not stated", "race_l IS NULL OR race_r IS NULL"),
        ("same", "race_l = race_r"),
        ("other", "ELSE"),
    ),
    "ssn": (
        ("not stated", "ssn_l IS NULL OR ssn_r IS NULL"),
        ("same", "ssn_l = ssn_r"),
        ("a slip", f"{_slip('ssn')} = 1"),
        ("two slips", f"{_slip('ssn')} = 2"),
        ("three slips", f"{_slip('ssn')} = 3"),
        ("other", "ELSE"),
    ),
    "address": (
        ("not stated", "coalesce(door_l, po_box_l) IS NULL OR coalesce(door_r, po_box_r) IS NULL"),
        ("same door", "door_l = door_r AND least(at_door_l, at_door_r) <= 20"),
        ("same post box", "po_box_l = po_box_r"),
        ("same institution", "door_l = door_r"),
        ("same street", "street_l = street_r"),
        ("alike", f"{_alike('door', 0.88)}"),
        ("same house number", "house_l = house_r"),
        ("other", "ELSE"),
    ),
    # Which sources: each lists most people once, whatever else agrees.
    "sources": (
        ("not stated", "false"),
        (
            "tax twice, one employer",
            "source_l = 'tax' AND source_r = 'tax' AND employer_l = employer_r",
        ),
        ("tax twice", "source_l = 'tax' AND source_r = 'tax'"),
        (
            "ssa twice, born and died",
            "source_l = 'ssa' AND source_r = 'ssa' AND event_l <> event_r",
        ),
        ("ssa twice, one event", "source_l = 'ssa' AND source_r = 'ssa' AND event_l = event_r"),
        ("ssa twice", "source_l = 'ssa' AND source_r = 'ssa'"),
        ("another source", "source_l <> source_r"),
        ("the same twice, in one year", "source_l = source_r AND year_l = year_r"),
        ("other", "ELSE"),
    ),
}

RULES = {
    "same ssn": "l.ssn = r.ssn",
    "same names": "l.given_name = r.given_name AND l.surname = r.surname",
    "born that day": "l.birth = r.birth",
    "number made that day": "l.birth = r.birth_too AND l.birth <> r.birth",
    "that day of the number": "l.birth_too = r.birth AND l.birth <> r.birth",
    "same home": "l.door = r.door AND l.at_door <= 30 AND r.at_door <= 30",
    "same institution": "l.door = r.door AND (l.given_name = r.given_name OR l.surname = r.surname)",
    "same post box": "l.po_box = r.po_box AND (l.given_name = r.given_name OR l.surname = r.surname)",
    "same surname, given names begin alike": "l.surname = r.surname"
    " AND left(l.given_name, 2) = left(r.given_name, 2)",
    "same surname and middle initial": "l.surname = r.surname AND l.middle = r.middle"
    " AND l.bear_surname <= 40",
    "same given name and middle initial, surnames begin alike": "l.given_name = r.given_name"
    " AND l.middle = r.middle AND left(l.surname, 2) = left(r.surname, 2)",
    "same given name, surnames end alike": "l.given_name = r.given_name"
    " AND right(l.surname, 3) = right(r.surname, 3)",
}

SCHEMA = Schema(
    COMPARISONS,
    RULES,
    # One birth a person; a census counts each once (four of 10,231 are counted twice).
    held_apart="(l.source = r.source AND (l.event = r.event OR l.source = 'census'))",
)
