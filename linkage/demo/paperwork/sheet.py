"""A sheet of paper: one row of a table, and whom it truly is about."""

from dataclasses import dataclass

from linkage.demo.population.people import Address


@dataclass(slots=True)
class About:
    """Whom a record names, and the true address behind the one written on it."""

    role: str
    person: str
    address: Address | None = None


@dataclass(slots=True)
class Sheet:
    """Cells in the order of the table's columns, the record's id first."""

    cells: tuple[str, ...]
    about: tuple[About, ...] = ()
