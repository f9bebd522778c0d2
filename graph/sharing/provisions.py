"""What agreements and guidance provide, since when, in which words: `rules/*.toml`, read once.

Each document is one file, named as the document is cited. What its provisions open or close is by
sharing class and agency; what each role makes of that stands in `roles.toml`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from graph.sharing.fields import RulesError
from graph.vocabulary.evidence import SharingClass

FOLDER = Path(__file__).with_name("rules")
ROLES = "roles.toml"


class Effect(StrEnum):
    """What a provision does.

    OPENS and REQUIRES open classes to agencies. CLOSES ends other provisions: what nothing else
    opens is withheld by default, which is not to say that it is forbidden. INTERPRETS and
    RECOMMENDS are shown beside the rules they speak of, and decide nothing.
    """

    OPENS = "OPENS"
    REQUIRES = "REQUIRES"
    CLOSES = "CLOSES"
    INTERPRETS = "INTERPRETS"
    RECOMMENDS = "RECOMMENDS"


class Precision(StrEnum):
    """How exactly the documents give a day: of a longer time, its first day is taken."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    YEAR = "YEAR"


OPENING = frozenset({Effect.OPENS, Effect.REQUIRES})
# What speaks of other provisions, and names them.
SPEAKING = frozenset({Effect.CLOSES, Effect.INTERPRETS, Effect.RECOMMENDS})


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule of one document: `id` is `document/provision`, `words` are quoted exactly.

    In force from `begins` on, and from `until` on no longer. `about` are ids of others.
    """

    id: str
    document: str
    title: str
    effect: Effect
    classes: frozenset[SharingClass]
    to: frozenset[str]
    begins: date
    begins_precision: Precision
    until: date | None
    until_precision: Precision | None
    words: str
    citation: str
    means: str
    about: tuple[str, ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.begins <= day and (self.until is None or day < self.until)


def documents(folder: Path = FOLDER) -> dict[str, Provision]:
    """Every provision by id, in the order in which they began.

    Raises:
        RulesError: a file says what cannot be, or a provision speaks of one that is not there.
    """
    found = [
        _provision(path.stem, text["title"], one)
        for path in sorted(folder.glob("*.toml"))
        if path.name != ROLES
        for text in [tomllib.loads(path.read_text("utf-8"))]
        for one in text["provision"]
    ]
    return checked(found)


def checked(found: Iterable[Provision]) -> dict[str, Provision]:
    """The provisions by id, where they fit together.

    Raises:
        RulesError: they do not.
    """
    by_id: dict[str, Provision] = {}
    for one in sorted(found, key=lambda one: (one.begins, one.id)):
        if one.id in by_id:
            raise RulesError(f"{one.id} is there twice: give one of them another id.")
        by_id[one.id] = one
    for one in by_id.values():
        _check(one, by_id)
    return by_id


def _check(one: Provision, by_id: Mapping[str, Provision]) -> None:
    if unknown := [other for other in one.about if other not in by_id]:
        raise RulesError(f"{one.id} speaks of {', '.join(unknown)}, which is in no file.")
    if bool(one.about) != (one.effect in SPEAKING):
        raise RulesError(f"{one.id}: {one.effect} names in `about` what it speaks of, or nothing.")
    if one.effect in OPENING and not (one.classes and one.to):
        raise RulesError(f"{one.id}: {one.effect} says which classes, and to whom.")
    if one.until is not None and one.until <= one.begins:
        raise RulesError(f"{one.id} ends before it begins.")
    if not (one.words and one.citation and one.means):
        raise RulesError(f"{one.id}: quote the words, cite them, and say what they mean.")


def _provision(document: str, title: str, given: Mapping[str, Any]) -> Provision:
    try:
        until = given.get("until")
        return Provision(
            id=f"{document}/{given['id']}",
            document=document,
            title=title,
            effect=Effect(given["effect"]),
            classes=frozenset(map(SharingClass, given.get("classes", ()))),
            to=frozenset(given.get("to", ())),
            begins=given["from"],
            begins_precision=Precision(given["from_precision"]),
            until=until,
            until_precision=None if until is None else Precision(given["until_precision"]),
            words=given["words"],
            citation=given["citation"],
            means=given["means"],
            about=tuple(given.get("about", ())),
        )
    except KeyError as missing:
        raise RulesError(f"{document}.toml: a provision lacks {missing}.") from None
    except ValueError as wrong:
        raise RulesError(f"{document}.toml: {wrong}.") from None
