"""What was taken back before its time: single tokens, and all that a person had until a moment.

A file of the home, which whoever serves from that home looks at again every second when somebody
asks, and an open socket whenever it is looked at anew: no restart, and no graph that must be there.
Without the file whoever starts to serve bars nobody, so it belongs to the home's backup; a process
that read it goes on barring whom it barred.

A token is known by the digest of what its issuer signed, never by its whole text, in which a
signature can be written in two ways. What is taken back stays for as long as any token of that time
could be good, and leaves with the next that is.
"""

import hashlib
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from os import stat_result
from pathlib import Path

from filelock import FileLock
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from api.admission import NotDecidedError
from api.identity.issuers import LONGEST_HOURS, LONGEST_LEEWAY_SECONDS
from graph.errors import UsageError
from graph.private_files import write_private

SECONDS_BETWEEN_LOOKS = 1.0
_LONGEST = timedelta(hours=LONGEST_HOURS, seconds=2 * LONGEST_LEEWAY_SECONDS)
_NOT_NOW = "Which tokens were taken back cannot be read: ask again in a moment."


class Revocation(BaseModel):
    """One token by its digest, or all of one person by the name that the audit has for them.

    Of the person, what was issued until `at`. `by` and `why` are for whoever asks later.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")
    person: str | None = Field(None, min_length=1)
    at: AwareDatetime
    by: str
    why: str = Field(min_length=1)

    @model_validator(mode="after")
    def _of_one(self) -> "Revocation":
        if (self.token is None) == (self.person is None):
            raise ValueError("is of one token or of one person")
        return self


_FILE = TypeAdapter(tuple[Revocation, ...])


def digest_of(token: str) -> str:
    """Of all of a token but its signature."""
    return hashlib.sha256(token.rpartition(".")[0].encode(errors="replace")).hexdigest()


def file_of(home: Path) -> Path:
    """Where an installation keeps what was taken back."""
    return home / "revoked.json"


def revocations(file: Path) -> tuple[Revocation, ...]:
    """Those of a home that may bar somebody. Raises UsageError where the file is not sound."""
    since = datetime.now(UTC) - _LONGEST
    try:
        if file.stat().st_mode & stat.S_IWOTH:
            raise UsageError(f"{file} may be changed by anybody on this machine: chmod o-w {file}.")
        return tuple(one for one in _FILE.validate_json(file.read_bytes()) if one.at > since)
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError) as broken:
        raise UsageError(
            f"{file} cannot be read ({type(broken).__name__}), so nobody is admitted: bring it back"
            " from a backup; without it, what the audit has as REVOKED must be revoked anew."
        ) from None


def revoke(file: Path, revocation: Revocation) -> None:
    """Add one, whole or not at all; those that bar nothing any more leave."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(file.with_suffix(".lock")):
        kept = (*revocations(file), revocation)
        write_private(file, _FILE.dump_json(kept, exclude_none=True).decode())


class Revoked:
    """What was taken back, as one served process knows it. `ticks` are seconds of no day."""

    def __init__(self, file: Path, ticks: Callable[[], float]) -> None:
        self._file = file
        self._ticks = ticks
        self._looked = float("-inf")
        self._read: tuple[int, ...] | None = ()
        self._tokens: frozenset[str] = frozenset()
        self._people: dict[str, float] = {}

    def bars(self, digest: str, person: str, issued: float) -> bool:
        """Whether that token was taken back; `issued` is in seconds since 1970.

        Raises:
            NotDecidedError: nobody can say, so nobody is admitted.
        """
        if self._ticks() - self._looked >= SECONDS_BETWEEN_LOOKS:
            self._look()
        return digest in self._tokens or issued <= self._people.get(person, -1.0)

    def _look(self) -> None:
        """Read it again if it is another file than it was."""
        try:
            there = _which(self._file.stat())
        except FileNotFoundError:
            there = ()
        except OSError:
            raise NotDecidedError(_NOT_NOW, "revoked") from None
        if there != self._read:
            try:
                self._take_up(revocations(self._file))
            except UsageError:
                raise NotDecidedError(_NOT_NOW, "revoked") from None
        self._read, self._looked = there, self._ticks()

    def _take_up(self, every: tuple[Revocation, ...]) -> None:
        # Nothing is given back, so what is not in the list any more was lost, or can bar nobody.
        self._tokens |= frozenset(one.token for one in every if one.token)
        for one in every:
            if one.person:
                # The issuer's clock may be ahead: better that somebody signs in once more.
                until = one.at.timestamp() + LONGEST_LEEWAY_SECONDS
                self._people[one.person] = max(until, self._people.get(one.person, until))


def _which(there: stat_result) -> tuple[int, ...]:
    return there.st_ino, there.st_mtime_ns, there.st_size
