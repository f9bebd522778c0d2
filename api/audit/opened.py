"""Files that are held open while others may move, remove or replace what stands at their path."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from api.audit.segments import PRIVATE_FILE, segment_path


class Opened:
    """A file that is open, and whether it is still the one at its path.

    What is written to one that is not goes to nobody: it is gone as soon as it is closed.
    """

    __slots__ = ("_identity", "_path", "descriptor")

    def __init__(self, path: Path, flags: int) -> None:
        self.descriptor = os.open(path, flags, PRIVATE_FILE)
        self._identity = _identity(os.fstat(self.descriptor))
        self._path = path

    def at_its_path(self) -> os.stat_result | None:
        """How it stands there; None where another file does, or none."""
        try:
            stands = self._path.stat()
        except FileNotFoundError:
            return None
        return stands if _identity(stands) == self._identity else None

    def close(self) -> None:
        with suppress(OSError):
            os.close(self.descriptor)


class OpenSegment(Opened):
    """The chain's last segment, open for writing, and what rows in it may refer to by name."""

    __slots__ = ("_following", "defined")

    def __init__(self, folder: Path, number: int) -> None:
        super().__init__(segment_path(folder, number), os.O_WRONLY | os.O_APPEND)
        self._following = segment_path(folder, number + 1)
        self.defined = set[str]()

    def as_the_last(self) -> os.stat_result | None:
        """How it stands; None once another follows it, or has its place."""
        return None if self._following.exists() else self.at_its_path()


def _identity(stands: os.stat_result) -> tuple[int, int]:
    return stands.st_dev, stands.st_ino


@dataclass(slots=True)
class Lock:
    """A file that whoever writes to a folder holds locked; made with the first who does."""

    path: Path
    _file: Opened | None = None

    @property
    def is_open(self) -> bool:
        return self._file is not None

    @contextmanager
    def held(self, how: int = 0) -> Iterator[None]:
        """While it is locked; `how` may be LOCK_NB.

        Raises:
            BlockingIOError: somebody else holds it, and nobody wanted to wait.
            OSError: it cannot be opened.
        """
        file = self._locked(how)
        try:
            yield
        finally:
            fcntl.flock(file.descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _locked(self, how: int) -> Opened:
        while True:
            file = self._file or Opened(self.path, os.O_RDWR | os.O_CREAT)
            self._file = file
            fcntl.flock(file.descriptor, fcntl.LOCK_EX | how)
            if file.at_its_path():
                return file
            self.close()  # somebody took it away, and others lock another
