"""An address that somebody says today, in the normal form in which linkage knows doors.

`building` is the key of `Address.building`, so that what was said finds its door in the graph, now
or once a file names it. The same reading in SQL is `linkage.places`; a test holds the two together.
"""

import re
import unicodedata
from dataclasses import dataclass

from graph.vocabulary.streets import CANONICAL, ENDINGS, UNITS

_BOX = re.compile(r"^(?:P ?O ?BOX|POST OFFICE BOX|APARTADO) *#? *([A-Z0-9-]+)")
_A_UNIT = r"([A-Z0-9]{1,6}(?:[ -]+[A-Z0-9]{1,3})?)$"
_UNIT_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        rf" (?:{UNITS})[ ]*[# ]+[ ]*{_A_UNIT}",
        rf" (?:{UNITS})([0-9][A-Z0-9-]{{0,5}})$",
        rf"#[ ]*{_A_UNIT}",
        (
            rf"^[0-9][^#]* (?:{ENDINGS}|STREET|AVENUE|ROAD|DRIVE|LANE|COURT|PLACE)"
            r"(?: [NSEW]| [NS][EW])?[ ]+([0-9]+[ -]?[A-Z]?|[A-Z][ -]?[0-9]+)$"
        ),
    )
)
_UNIT_WORD_AT_END = re.compile(rf"([ ](?:{UNITS}))?[# ]*$")
_NUMBER = re.compile(r"^(\d+[A-Z]?(?:-\d+)?)\b")
_CITY_LETTERS = 15  # EOIR cuts a city there, and so does linkage


@dataclass(frozen=True, slots=True)
class Door:
    """A building and a unit; `line1`, `city` and `zip` in normal form, `None` where not said."""

    line1: str
    unit: str | None
    city: str | None
    state: str | None
    zip: str | None
    building: str


def door_of(
    line: str,
    unit: str | None = None,
    city: str | None = None,
    state: str | None = None,
    zip_code: str | None = None,
) -> Door | None:
    """The door that is meant; None where no street line is left."""
    tidy = _tidied(line)
    box = _BOX.match(tidy)
    said = None if box else _unit_said(tidy)
    street = f"PO BOX {box[1]}" if box else _without(tidy, said)
    if not street:
        return None
    number = box or _NUMBER.match(street)
    words = re.split(r"[^A-Z0-9]+", "PO BOX" if box else re.sub(_NUMBER.pattern + " +", "", street))
    named = " ".join(CANONICAL.get(word, word) for word in words if word)
    house = number[1] if number else ""
    parts = (_city(city), _state(state), _zip(zip_code))
    return Door(
        f"{house} {named}".strip(),
        _unit(unit or said or ""),
        *parts,
        "|".join((house, named, *(part or "" for part in parts))),
    )


def _tidied(line: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[.,;:]+", " ", _capitals(line))).strip()


def _unit_said(tidy: str) -> str | None:
    found = (pattern.search(tidy) for pattern in _UNIT_SAID)
    return next((one[1] for one in found if one and one[1]), None)


def _without(tidy: str, unit: str | None) -> str:
    return tidy if unit is None else _UNIT_WORD_AT_END.sub("", tidy[: -len(unit)])


def _unit(said: str) -> str | None:
    tidy = re.sub(rf"^(?:{UNITS})\b", "", _tidied(said))
    return re.sub(r"[^A-Z0-9]", "", tidy).lstrip("0") or None


def _city(said: str | None) -> str | None:
    letters = re.sub(r"[^A-Z]+", " ", _capitals(said or "")).strip()
    return letters[:_CITY_LETTERS].rstrip() or None


def _state(said: str | None) -> str | None:
    return _capitals(said or "").strip() or None


def _zip(said: str | None) -> str | None:
    figures = (said or "").strip()
    if re.fullmatch(r"\d{3,5}(-\d{0,4}|\.0)?", figures):
        figures = re.match(r"\d+", figures)[0].rjust(5, "0")  # type: ignore[index] # it matched
        return None if figures == "00000" else figures
    return figures.rjust(9, "0")[:5] if re.fullmatch(r"\d{8,9}", figures) else None


def _capitals(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).upper()
