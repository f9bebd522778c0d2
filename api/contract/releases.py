"""Released schemas and announced breaks, as they stand in `api/released/`."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from graphql import GraphQLSchema, build_schema
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import UsageError

RELEASED = Path(__file__).parents[1] / "released"

_TITLE = re.compile(r"# (?P<version>[\d.]+), released on (?P<day>[\d-]+)\n")
_VERSION = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True)
class Release:
    """One released schema."""

    version: str
    day: date
    text: str

    @cached_property
    def schema(self) -> GraphQLSchema:
        return build_schema(self.text)

    @property
    def order(self) -> tuple[int, ...]:
        return tuple(map(int, self.version.split(".")))


class Break(BaseModel):
    """A break that was announced."""

    model_config = ConfigDict(extra="forbid")

    change: str = Field(description="The change, as `sponsorgraph schema --changes` has it.")
    told: date = Field(description="The day on which those who rely on it were told.")
    comes: date = Field(description="The first day on which it may be served.")
    why: str = Field(min_length=20, description="Why it must be, and what a client does now.")
    urgent: bool = Field(
        default=False, description="Whether somebody's safety or the law could not wait for it."
    )


def releases(folder: Path = RELEASED) -> list[Release]:
    """All that was released, the earliest first. Raises UsageError for a file without its title."""
    return sorted(map(_release, folder.glob("*.graphql")), key=lambda one: one.order)


def _release(file: Path) -> Release:
    text = file.read_text(encoding="utf-8")
    title = _TITLE.match(text)
    if title is None or title["version"] != file.stem:
        raise UsageError(f"{file} must begin with `# {file.stem}, released on YYYY-MM-DD`.")
    return Release(title["version"], date.fromisoformat(title["day"]), text)


def release(version: str, text: str, today: date, folder: Path = RELEASED) -> Release:
    """Keeps a schema under a version. Raises UsageError for one that is not later than the last."""
    if not _VERSION.fullmatch(version):
        raise UsageError("A version is three numbers, as in 1.4.0.")
    new = Release(version, today, f"# {version}, released on {today}\n{text}")
    last = max(releases(folder), key=lambda one: one.order, default=None)
    if last and last.order >= new.order:
        raise UsageError(f"{last.version} is released: give a later version.")
    (folder / f"{version}.graphql").write_text(new.text, encoding="utf-8")
    return new


def announced(folder: Path = RELEASED) -> list[Break]:
    """The breaks that were announced."""
    told = tomllib.loads((folder / "breaks.toml").read_text(encoding="utf-8")).get("break", [])
    return [Break.model_validate(one) for one in told]
