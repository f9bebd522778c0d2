"""Whom a viewer may see: scopes by their ids, the same however somebody wrote the office."""

import re
import unicodedata

# What an office's name is written with or without: `ERO Houston Field Office`, `New York City`.
NO_PART_OF_AN_OFFICE = (
    "US",
    "DHS",
    "ICE",
    "ERO",
    "FIELD",
    "SUB",
    "OFFICE",
    "FO",
    "AOR",
    "CITY",
    "DC",
)
SAINT = ("SAINT", "ST")


def office(text: str | None) -> str | None:
    """The scope of an ICE field office, `office/SAN_ANTONIO`; None where no name is left.

    Case, accents, full stops, a state after a comma and whatever stands in brackets are the
    writer's habit, not another office.
    """
    name = re.split(r"[,(]", _capitals(text or "").replace(".", ""))[0]
    words = [SAINT[1] if word == SAINT[0] else word for word in re.findall(r"[A-Z0-9]+", name)]
    kept = [word for word in words if word not in NO_PART_OF_AN_OFFICE]
    return f"office/{'_'.join(kept)}" if kept else None


def docket(text: str | None) -> str | None:
    """The scope of a court's docket by EOIR's base city code, `docket/HOU`."""
    code = re.sub(r"[^A-Z0-9]", "", _capitals(text or ""))
    return f"docket/{code}" if code else None


def _capitals(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).upper()
