"""A file's cells held to their table's model, set-wise: sound rows, and rows set aside with why.

Reads `cells` and adds to `unread`; makes `sound(line, record_id, content_hash, <columns>, extra)`.
Every name in the SQL here comes from the models; what comes from a file stands in literals.
"""

# ruff: noqa: S608 - statements are made of the models' names and of quoted literals alone

from duckdb import DuckDBPyConnection

from linkage.intake.layout import Layout
from linkage.quoting import literal
from linkage.records import Dated, Identifying, Row, columns, id_column, kind_of

# 128 bits of SHA-256: two contents of one record that collide would be taken for one.
HASH_LENGTH = 32
# A row known by its content alone is named by a shorter hash: an id that people may have to type.
CONTENT_ID_LENGTH = 20
_BETWEEN = "chr(31)"


def check(connection: DuckDBPyConnection, model: type[Row], layout: Layout) -> None:
    """Divide `cells` into `sound` rows and rows set aside in `unread`."""
    connection.execute(f"CREATE OR REPLACE TABLE sound AS {_judged(model, layout)}")
    connection.execute(_SET_ASIDE_UNSOUND)
    connection.execute("DELETE FROM sound WHERE problem IS NOT NULL")
    connection.execute("ALTER TABLE sound DROP COLUMN problem")
    if model.repeats_are_rows:
        connection.execute(_NUMBER_REPEATS)
    connection.execute(_REPEATED)
    connection.execute(_SET_ASIDE_REPEATED)
    connection.execute("DELETE FROM sound WHERE line IN (SELECT line FROM repeated)")


_SET_ASIDE_UNSOUND = """
INSERT INTO unread
SELECT line, problem['column'], left(problem['value'], 500), problem['reason']
FROM sound WHERE problem IS NOT NULL
"""

# Rows alike in everything are numbered, so that the same file names them the same again.
_NUMBER_REPEATS = """
UPDATE sound SET record_id = sound.record_id || '#' || nth
FROM (SELECT line, row_number() OVER (PARTITION BY record_id ORDER BY line) AS nth FROM sound)
     AS numbered
WHERE numbered.line = sound.line AND nth > 1
"""

# The first row of an id stands; a later one is either its copy or contradicts it.
_REPEATED = """
CREATE OR REPLACE TABLE repeated AS
SELECT later.line, later.record_id, first.line AS first_line,
       later.content_hash = first.content_hash AS is_copy
FROM sound AS later JOIN (
    SELECT record_id, min(line) AS line, arg_min(content_hash, line) AS content_hash
    FROM sound GROUP BY record_id HAVING count(*) > 1
) AS first USING (record_id)
WHERE later.line > first.line
"""

_SET_ASIDE_REPEATED = """
INSERT INTO unread
SELECT line, 'record_id', record_id,
       CASE WHEN is_copy THEN 'duplicate of line ' || first_line
            ELSE 'record_id stands twice with different values (line ' || first_line || ')' END
FROM repeated
"""


def _judged(model: type[Row], layout: Layout) -> str:
    """Each row with its values as they are kept, its id, and the first thing wrong with it."""
    kept = {name: _kept(model, layout, name) for name in columns(model)}
    content = _content_hash(kept, _extra(model, layout))
    select = [
        "line",
        f"{_record_id(model, layout, content)} AS record_id",
        f"{content} AS content_hash",
        *(f"{value} AS {name}" for name, value in kept.items()),
        f"{_as_map(_extra(model, layout))} AS extra",
        f"{_problem(model, layout)} AS problem",
    ]
    return f"SELECT {', '.join(select)} FROM cells"


def _kept(model: type[Row], layout: Layout, name: str) -> str:
    """A column's value in the store: as received, or as ISO text where its form is the source's."""
    cell = layout.cells.get(name)
    dated = kind_of(model, name, Dated)
    if cell and dated and dated.kept_as_iso:
        return f"strftime({dated.parsed(cell)}, '%Y-%m-%d')"
    return cell or "CAST(NULL AS VARCHAR)"


def _extra(model: type[Row], layout: Layout) -> dict[str, str]:
    """The columns that the table does not know, and the dates that are kept in another form."""
    extra = dict(layout.extra)
    for name, cell in layout.cells.items():
        kept = _kept(model, layout, name) if name != "record_id" else cell
        if kept != cell:
            extra[layout.names[name]] = f"CASE WHEN {kept} <> {cell} THEN {cell} END"
    return dict(sorted(extra.items()))


def _as_map(extra: dict[str, str]) -> str:
    entries = [f"{{'key': {literal(name)}, 'value': {cell}}}" for name, cell in extra.items()]
    if not entries:
        return "CAST(MAP {} AS MAP(VARCHAR, VARCHAR))"
    filled = f"list_filter([{', '.join(entries)}], lambda entry: entry['value'] IS NOT NULL)"
    return f"map_from_entries({filled})"


def _content_hash(kept: dict[str, str], extra: dict[str, str]) -> str:
    """A row's content as one hash.

    Empty cells are left out, so that a column which an agency adds empty, or which we learn to
    read later, does not make a new version of every row.
    """
    named = [f"{literal(f'{name}=')} || {value}" for name, value in kept.items()]
    others = [f"{literal(f'extra {name}=')} || {value}" for name, value in extra.items()]
    return f"left(sha256(concat_ws({_BETWEEN}, {', '.join([*named, *others])})), {HASH_LENGTH})"


def _record_id(model: type[Row], layout: Layout, content: str) -> str:
    given = layout.cells.get(id_column(model) or "record_id")
    from_content = f"left({content}, {CONTENT_ID_LENGTH})"
    return f"coalesce({given}, {from_content})" if given else from_content


def _problem(model: type[Row], layout: Layout) -> str:
    """The first thing wrong with a row, as {column, value, reason}; null when it is sound."""
    cases: list[str] = []
    for name, cell in layout.cells.items():
        shown = literal(layout.names[name])
        if name in model.model_fields and kind_of(model, name, Identifying):
            cases.insert(0, f"WHEN {cell} IS NULL THEN {_found(shown, cell, 'no id')}")
        elif name in model.model_fields and (dated := kind_of(model, name, Dated)):
            cases.append(f"WHEN {dated.refuses(cell)} THEN {_found(shown, cell, dated.reason)}")
    return f"CASE {' '.join(cases)} END" if cases else _NO_PROBLEM


_NO_PROBLEM = 'CAST(NULL AS STRUCT("column" VARCHAR, value VARCHAR, reason VARCHAR))'


def _found(column: str, cell: str, reason: str) -> str:
    return f"{{'column': {column}, 'value': {cell}, 'reason': {literal(reason)}}}"
