"""The schedule: how long what is kept, from which event, and what happens then."""

import tomllib
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph.errors import UsageError
from graph.shapes.evidence import CLASS_OF_TABLE
from graph.vocabulary.agencies import Table
from graph.vocabulary.evidence import SharingClass

SHIPPED = Path(__file__).with_name("rules.toml")
OWN = "retention.toml"
COMES_OF_AGE = 18


class Does(StrEnum):
    """What a rule does when its time has come."""

    SEAL = "SEAL"
    EXPUNGE = "EXPUNGE"


class After(StrEnum):
    """The event from which a rule counts."""

    EIGHTEENTH_BIRTHDAY = "EIGHTEENTH_BIRTHDAY"
    LAST_SAID = "LAST_SAID"
    LAST_RECORD = "LAST_RECORD"


class Rule(BaseModel):
    """One rule of the schedule; see rules.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z0-9'-]{1,40}$")]
    does: Does
    years: Annotated[int, Field(ge=0, le=200)]
    after: After
    classes: tuple[SharingClass, ...] = ()
    tables: tuple[Table, ...] = ()
    # A rule that nobody can trace is nobody's rule.
    source: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _a_child_is_sealed_as_a_whole(self) -> Self:
        if self.does is Does.SEAL and (self.of_some or self.after is After.LAST_SAID):
            raise ValueError("SEAL is of a child: without classes or tables, not after LAST_SAID")
        return self

    @property
    def of_some(self) -> bool:
        """Whether it is about some tables only."""
        return bool(self.classes or self.tables)

    @property
    def about(self) -> list[str]:
        """The tables it is about."""
        if not self.of_some:
            return [str(table) for table in Table]
        return sorted(
            {str(table) for table in self.tables}
            | {table for table, kind in CLASS_OF_TABLE.items() if kind in self.classes}
        )

    def latest_event(self, on: date) -> date:
        """The latest day of an event whose rule is due on that day."""
        day = date(on.year - self.years, on.month, 1) + timedelta(days=on.day - 1)
        # 29 February in a year that has none was 1 March; whose anniversary is 1 March.
        while anniversary(day, self.years) > on:
            day -= timedelta(days=1)
        return day


def rules_of(home: Path) -> list[Rule]:
    """The installation's schedule: its own, or the one that is shipped.

    Raises:
        UsageError: it cannot be read; the sentence says where.
    """
    file = home / OWN
    file = file if file.exists() else SHIPPED
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        rules = [Rule(**rule) for rule in told.pop("rule")]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as unread:
        raise UsageError(
            f"{file} is no schedule: see {SHIPPED} for how one is written."
        ) from unread
    except ValidationError as invalid:
        first = invalid.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"{file}: {where or 'a rule'} cannot be read: {first['msg']}.") from None
    names = [rule.name for rule in rules]
    if told or len(set(names)) < len(names):
        raise UsageError(f"{file} has something beside rules, or two rules of one name.")
    return rules


def anniversary(day: date, years: int) -> date:
    """The day so many years later: 1 March for 29 February where there is none."""
    return date(day.year + years, day.month, 1) + timedelta(days=day.day - 1)


def turns_eighteen(born: date) -> date:
    """The day on which a child is none any more; `Child.turnsEighteenOn` says the same."""
    return anniversary(born, COMES_OF_AGE)
