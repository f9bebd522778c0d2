"""Which column of a file is which column of its table."""

from collections.abc import Iterator
from dataclasses import dataclass

from linkage.intake.formats import cell
from linkage.intake.unkept import is_never_kept
from linkage.records import Row, columns, id_column, required, written


@dataclass(frozen=True)
class Layout:
    """Where each column stands in `cells`: the table's own, and those that it does not know."""

    cells: dict[str, str]
    # The header's name of a column -> its cell, for the columns kept as received and not used.
    extra: dict[str, str]
    # The header's name of each of the table's columns.
    names: dict[str, str]
    # The header's names of columns that are never kept.
    left_out: list[str]


def header_problem(model: type[Row], mapping: dict[str, str], header: list[str]) -> str | None:
    """What keeps a file with this header from being loaded into this table, if anything does."""
    found = [column for _, _, column in _recognised(model, mapping, header) if column]
    if twice := sorted({column for column in found if found.count(column) > 1}):
        return f"the header names {_listed(twice)} twice"
    headed = {_plain(name) for name in header}
    if missing := [name for name in mapping if _plain(name) not in headed]:
        return f"the header lacks {_listed(missing)}, which the manifest maps"
    if forbidden := [name for name in mapping if is_never_kept(name)]:
        return f"the manifest maps {_listed(forbidden)}, which is never kept: take it out"
    if missing := [column for column in required(model) if column not in found]:
        return f"the header lacks {_listed([written(model, each) for each in missing])}"
    if not found:
        return "the header has none of the table's columns: give a mapping in the manifest"
    return None


def layout(model: type[Row], mapping: dict[str, str], header: list[str]) -> Layout:
    """Where each column stands, of a header that has no problem."""
    cells: dict[str, str] = {}
    extra: dict[str, str] = {}
    names: dict[str, str] = {}
    left_out: list[str] = []
    for position, name, column in _recognised(model, mapping, header):
        if column:
            cells[column], names[column] = cell(position), name
        elif is_never_kept(name):
            left_out.append(name)
        else:
            extra[_unused_name(name, position, extra)] = cell(position)
    return Layout(cells, extra, names, left_out)


def _recognised(
    model: type[Row], mapping: dict[str, str], header: list[str]
) -> Iterator[tuple[int, str, str | None]]:
    """Each column of the header: its position, its name, and the table's column that it is."""
    own = {"record_id", *columns(model)} - ({"record_id"} if _named_otherwise(model) else set())
    known = {_plain(written(model, name)): name for name in own if name in model.model_fields}
    known |= {_plain(name): name for name in own}
    known |= {_plain(name): column for name, column in model.also_called.items()}
    known |= {_plain(name): _plain(column) for name, column in mapping.items()}
    for position, name in enumerate(header):
        column = known.get(_plain(name))
        yield position, name, column if column in own else None


def _named_otherwise(model: type[Row]) -> bool:
    """The agency's own name for the id (IDNCASE) leaves `record_id` free to be an extra column."""
    return id_column(model) not in {None, "record_id"}


def _unused_name(name: str, position: int, taken: dict[str, str]) -> str:
    name = name or f"column {position + 1}"
    return f"{name} ({position + 1})" if name in taken else name


def _plain(name: str) -> str:
    return name.strip().lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _listed(names: list[str]) -> str:
    return f"the column{'s' if len(names) > 1 else ''} {', '.join(names)}"
