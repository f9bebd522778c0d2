"""Writing down what the graph should hold, with an id made of what is said."""

from duckdb import DuckDBPyConnection

from graph.writes import KINDS

# 80 bits: among ten million facts of a kind, the odds of two ids alike are one in 10^10.
_ID_LETTERS = 20


def want(connection: DuckDBPyConnection, kind: str, said: str) -> None:
    """Make `desired_<kind>` from a SELECT of all columns of that kind, the anchors' id included."""
    columns = ", ".join(f'"{name}"' for name in KINDS[kind].columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE desired_{kind} AS SELECT {columns} FROM ({said})"  # noqa: S608
    )


def want_facts(
    connection: DuckDBPyConnection,
    kind: str,
    said: str,
    besides: tuple[str, ...] = (),
    kept: tuple[str, ...] = (),
) -> None:
    """Make `desired_<kind>` from a SELECT of its columns but for `id`, which comes from them.

    And from columns of the SELECT `besides`, which are not kept; columns `kept` say nothing.

    Whatever changes in what is said makes another fact: the old one is closed, the new one opens.
    """
    names = [name for name in KINDS[kind].columns if name != "id"]
    words = ", ".join([*(_as_text(kind, name) for name in names), *besides])
    columns = ", ".join(f'"{name}"' for name in (*kept, *names))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE desired_{kind} AS"  # noqa: S608 - names of our own columns
        f" SELECT left(md5(concat_ws(chr(31), '{kind}', {words})), {_ID_LETTERS}) AS id, {columns}"
        f" FROM ({said})"
    )


def _as_text(kind: str, name: str) -> str:
    # An empty text for what is missing, or concat_ws would leave it out and shift the rest.
    listed = KINDS[kind].row.__annotations__[name] in (list[str], list[int])
    text = f"array_to_string({name}, chr(30))" if listed else f'CAST("{name}" AS VARCHAR)'
    return f"coalesce({text}, '')"
