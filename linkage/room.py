"""What a full disk or memory becomes: a sentence that says what to do, and quotes nothing."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from graph.errors import SponsorgraphError

# A file of DuckDB's has one user, so that what cannot be committed could not be written.
_NO_ROOM: Final = (
    *(OSError, duckdb.IOException, duckdb.OutOfMemoryException),
    *(duckdb.TransactionException, duckdb.FatalException),
)
# Of the system's own errors those that a disk gives.
_OF_THE_DISK: Final = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO),
        *(errno.EROFS, errno.EACCES, errno.EPERM),
    }
)


@contextmanager
def needing_room(where: Path) -> Iterator[None]:
    """A block that writes into `where`, and can be begun again from wherever it ends.

    Raises:
        SponsorgraphError: there was no room on the disk or in memory, or it may not be written.
    """
    try:
        yield
    except _NO_ROOM as error:
        if isinstance(error, OSError) and error.errno not in _OF_THE_DISK:
            raise
        # What the system says of it may quote a row; its kind is enough to act on.
        kind = error.strerror if isinstance(error, OSError) else type(error).__name__
        raise SponsorgraphError(
            f"{where} could not be written ({kind}): make room on the disk or in memory and run the"
            " same command again; it goes on from here"
        ) from error
