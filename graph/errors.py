"""What goes wrong, told to a person: one sentence saying what is wrong and what to do next.

The command line prints the sentence and leaves with `exit_code`; a traceback means a bug of ours.
"""

from typing import ClassVar


class SponsorgraphError(Exception):
    """Something failed that its reader can act on, in one sentence without personal data."""

    exit_code: ClassVar[int] = 1


class UsageError(SponsorgraphError):
    """The command was asked for something it cannot do as asked: a wrong option, a wrong file."""

    exit_code = 2


class ConnectionFailedError(SponsorgraphError):
    """Neo4j cannot be reached, does not accept our password, or went away."""


class DeadlineExceededError(SponsorgraphError):
    """Neo4j did not answer in time; whether a write was applied is unknown."""


class OutcomeUnknownError(SponsorgraphError):
    """A write may have been applied or not; sent again under the same key it is applied once."""


class EmbeddedServerError(SponsorgraphError):
    """The local Neo4j could not be fetched, started, stopped, dumped or loaded."""


class ServerInUseError(EmbeddedServerError):
    """Another process has the local Neo4j of this home."""


class MigrationError(SponsorgraphError):
    """The graph and this program's migrations do not fit each other."""
