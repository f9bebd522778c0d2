"""Text and paths inside SQL, where a statement's parameter cannot stand."""

import re
from pathlib import Path


def literal(text: str) -> str:
    """Text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def file_literal(file: Path) -> str:
    """Exactly one file as a SQL literal: DuckDB takes `*`, `?` and `[` in a path for a pattern."""
    return literal(re.sub(r"([*?\[])", r"[\1]", str(file)))
