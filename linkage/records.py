"""A row as an agency wrote it: one model a table is its documentation and its check.

A field without a default is a column its header must have (* in FORMATS.md); whatever the column,
an empty cell means "not known". The kinds below check one value twice in the same words: in
Python (the model itself, `model_validate`) and set-wise in DuckDB (`refuses`, a SQL condition),
so that millions of rows are held to the model without building one object a row.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from graph.vocabulary.agencies import Source, Table
from linkage.quoting import literal

# A year has four digits; strptime in DuckDB would read "21-03-04" as the year 21.
FIRST_YEAR = 1000


@dataclass(frozen=True)
class Dated:
    """A date in one of a source's written forms (FORMATS.md)."""

    formats: tuple[str, ...]
    reads: str
    # Kept as ISO text where the source's own form would leave its reader guessing.
    kept_as_iso: bool = False
    # What the whole value looks like, where DuckDB would take a year of one digit for two.
    looks: str = ""

    def accepts(self, value: str) -> bool:
        looks_right = not self.looks or re.fullmatch(self.looks, value)
        return bool(looks_right) and any(_parses(value, form) for form in self.formats)

    def parsed(self, column: str) -> str:
        """The column as a DuckDB timestamp, null when it is not a date."""
        return f"try_strptime({column}, [{', '.join(map(literal, self.formats))}])"

    def refuses(self, column: str) -> str:
        """The SQL condition that a filled cell is not a date."""
        no_date = f"coalesce(year({self.parsed(column)}), 0) < {FIRST_YEAR}"
        if self.looks:
            no_date += f" OR NOT regexp_full_match({column}, {literal(self.looks)})"
        return f"({column} IS NOT NULL AND ({no_date}))"

    @property
    def reason(self) -> str:
        return f"not a date ({self.reads})"


@dataclass(frozen=True)
class Coded:
    """A code of a published list. An unknown code is kept as received, and counted as a quirk."""

    codes: tuple[str, ...]

    def unknown(self, column: str) -> str:
        """The SQL condition that a filled cell holds a code not on the list."""
        return f"({column} NOT IN ({', '.join(map(literal, self.codes))}))"


@dataclass(frozen=True)
class Identifying:
    """The row's own id within its table: a row without it cannot be read."""


def _parses(value: str, form: str) -> bool:
    try:
        return datetime.strptime(value, form).year >= FIRST_YEAR  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return False


def rows_where(condition: str) -> str:
    """The SQL aggregate that counts the rows of which this holds."""
    return f"count(*) FILTER (WHERE {condition})"


Kind = TypeVar("Kind", Dated, Coded, Identifying)

Text = str | None
Id = Annotated[str, Identifying()]
Day = Annotated[str | None, Dated(("%Y-%m-%d",), "YYYY-MM-DD")]
_EOIR_TIMES = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f")
EoirTime = Annotated[str | None, Dated(_EOIR_TIMES, "YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS[.fff]")]
EoirBirth = Annotated[str | None, Dated((*_EOIR_TIMES, "%m/%Y"), "M/YYYY, or YYYY-MM-DD")]
_MONTH_FIRST = r"\d{1,2}/\d{1,2}/\d{2}(\d{2})?|\d{4}-\d{1,2}-\d{1,2}"
PublicDay = Annotated[
    str | None,
    Dated(("%m/%d/%y", "%m/%d/%Y", "%Y-%m-%d"), "m/d/yy", kept_as_iso=True, looks=_MONTH_FIRST),
]
# People type dates into a spreadsheet as they speak; the cell as typed stays in `extra`.
TypedDay = Annotated[
    str | None,
    Dated(
        ("%Y-%m-%d", "%m/%d/%y", "%m/%d/%Y"),
        "YYYY-MM-DD, or m/d/yyyy",
        kept_as_iso=True,
        looks=_MONTH_FIRST,
    ),
]
YesNo = Annotated[str | None, Coded(("Y", "N"))]


class Row(BaseModel):
    """What every table's model has. Field names are the store's column names (lower case)."""

    model_config = ConfigDict(extra="allow", populate_by_name=True, str_strip_whitespace=True)

    table: ClassVar[Table]
    # The system of record that this table usually comes from, when nobody says otherwise.
    source: ClassVar[Source]
    # Other names that a published header has for these columns.
    also_called: ClassVar[dict[str, str]] = {}
    # Rows alike in everything are different people, once the agency has taken the ids away.
    repeats_are_rows: ClassVar[bool] = False
    # What is odd and yet readable: what it is -> the SQL aggregate that counts it.
    quirks: ClassVar[dict[str, str]] = {}
    # What it means when a file has none of these columns.
    without: ClassVar[dict[tuple[str, ...], str]] = {}

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_not_known(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("*", mode="after")
    @classmethod
    def _is_written_as_its_kind(cls, value: Any, info: ValidationInfo) -> Any:
        dated = kind_of(cls, str(info.field_name), Dated)
        if dated and value is not None and not dated.accepts(value):
            raise ValueError(dated.reason)
        return value


def kind_of(model: type[Row], field: str, kind: type[Kind]) -> Kind | None:
    """The kind of check that a field carries, if it carries one of that sort."""
    found = model.model_fields[field].metadata
    return next((each for each in found if isinstance(each, kind)), None)


def columns(model: type[Row]) -> list[str]:
    """The store's columns of a table, in the order of FORMATS.md, without `record_id`."""
    return [name for name in model.model_fields if name != "record_id"]


def id_column(model: type[Row]) -> str | None:
    """The column that names the row; None where the agency gives no id."""
    return next((name for name in model.model_fields if kind_of(model, name, Identifying)), None)


def required(model: type[Row]) -> list[str]:
    """The columns a header must have."""
    return [name for name, field in model.model_fields.items() if field.is_required()]


def written(model: type[Row], field: str) -> str:
    """A column's name as its agency writes it: `IDNCASE` for `idncase`."""
    return model.model_fields[field].alias or field
