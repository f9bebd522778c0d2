"""What is left of a record that was expunged: a digest that only this home can make again.

A plain hash of a record's key or content could be found by trying: A-numbers are nine digits. So
digests are keyed, twice as HMAC is, with a secret of the home's own. Whoever has the home, and the
record in hand, can show that it is the one expunged; nobody else can tell anything.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from duckdb import DuckDBPyConnection

from graph.errors import SponsorgraphError
from graph.private_files import write_private
from graph.vocabulary.agencies import Table
from linkage.quoting import file_literal, literal
from linkage.records import written
from linkage.sources import MODEL_OF
from linkage.store import rows_in
from linkage.unnamed import OF_A_SPONSOR, instead, unnamed_sponsor

TOMBSTONES = {
    "expungement": "VARCHAR",
    "record": "VARCHAR",
    "version": "INTEGER",
    "line": "BIGINT",
    "first": "BOOLEAN",
    # Of the content hash; null where the row only said again what another file had said.
    "content": "VARCHAR",
    # Of a paper that stays: what stands in it where a sponsor was named.
    "instead": "VARCHAR",
}
REFUSED = "expunged here: not taken in again"
MARKED = "a mark that is put here alone, where a sponsor was expunged: send the name, or no value"
UNNAMED = "papers from which a sponsor was expunged here: taken in without"


@dataclass(frozen=True, slots=True)
class Digests:
    """Digests of one home."""

    inner: str
    outer: str

    def of(self, text: str) -> str:
        """64 hexadecimal digits."""
        return sha256(
            (self.outer + sha256((self.inner + text).encode()).hexdigest()).encode()
        ).hexdigest()

    def sql(self, column: str) -> str:
        """The same of a column of text, as an SQL expression."""
        return f"sha256({literal(self.outer)} || sha256({literal(self.inner)} || {column}))"


def digests_of(home: Path, *, make: bool = False) -> Digests:
    """The home's own digests; their secret is made with the first expungement.

    Raises:
        SponsorgraphError: it is gone, and expunged records could come back unnoticed.
    """
    file = home / "forgetting" / "key"
    if make and not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(file, secrets.token_hex(32))
    if not file.exists():
        raise SponsorgraphError(
            f"{file} is gone, without which expunged records cannot be told from others: bring it"
            " back from a backup before anything is taken in."
        )
    key = file.read_text(encoding="ascii")
    return Digests(*(sha256(f"{side} {key}".encode()).hexdigest() for side in ("in", "out")))


def refuse_expunged(
    connection: DuckDBPyConnection, home: Path, key: str, tombstones: Sequence[Path]
) -> None:
    """Set rows of `sound` aside whose record was expunged; `key` is how its table's keys begin."""
    if not tombstones:
        return
    digest = digests_of(home).sql(f"{literal(key)} || record_id")
    known = rows_in(list(tombstones), TOMBSTONES)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE expunged_again AS"  # noqa: S608 - our own names, and literals
        f" SELECT line FROM sound WHERE {digest} IN"
        f" (SELECT record FROM ({known}) WHERE instead IS NULL)"
    )
    # Its value stays out of the report: it would name her again.
    connection.execute(
        "INSERT INTO unread SELECT line, 'record_id', NULL, ? FROM expunged_again", [REFUSED]
    )
    connection.execute("DELETE FROM sound WHERE line IN (SELECT line FROM expunged_again)")


def refuse_marked(connection: DuckDBPyConnection, table: str) -> None:
    """Set rows of `sound` aside that come with the mark: it would tie them to whom it names."""
    if table not in OF_A_SPONSOR:
        return
    column = OF_A_SPONSOR[table].name
    marked = f"{unnamed_sponsor(column)} <> ''"
    connection.execute(
        f"INSERT INTO unread SELECT line, ?, NULL, ? FROM sound WHERE {marked}",  # noqa: S608 - our own names
        [written(MODEL_OF[Table(table)], column), MARKED],
    )
    connection.execute(f"DELETE FROM sound WHERE {marked}")  # noqa: S608 - our own names


def unname_expunged(
    connection: DuckDBPyConnection, home: Path, key: str, tombstones: Sequence[Path]
) -> int:
    """Leave out of rows of `sound` what told of a sponsor who was expunged; how many there are.

    Such a row is then the paper that is kept, and says nothing new.
    """
    table = key.split("/")[1]
    if not tombstones or table not in OF_A_SPONSOR:
        return 0
    digests = digests_of(home)
    cells = instead(table, "put.instead", kept_hash=digests.sql("sound.content_hash"))
    known = rows_in(list(tombstones), TOMBSTONES)
    (count,) = connection.execute(
        f"UPDATE sound SET {', '.join(f'{name} = {said}' for name, said in cells.items())}"  # noqa: S608
        f" FROM (SELECT record, max(instead) AS instead FROM ({known})"
        " WHERE instead IS NOT NULL GROUP BY record) AS put"
        f" WHERE put.record = {digests.sql(f'{literal(key)} || sound.record_id')}"
    ).fetchall()[0]
    return int(count)


def parquet(file: Path) -> str:
    """SQL that reads one file."""
    return f"read_parquet({file_literal(file)})"
