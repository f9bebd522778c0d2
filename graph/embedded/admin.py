"""Neo4j's own administration commands, run on a stopped server's files."""

import os
import secrets

from graph.embedded import java
from graph.embedded.home import ServerHome
from graph.errors import EmbeddedServerError
from graph.private_files import write_private

SECONDS_FOR_A_COMMAND = 6 * 3600  # a dump of millions of nodes takes its time; hanging for ever not
PASSWORD_BYTES = 24


class CommandRefusedError(EmbeddedServerError):
    """Neo4j refused an administration command; its words are in the log."""


def run(home: ServerHome, runtime: java.Runtime, *arguments: str) -> None:
    """Run one command to its end, dying with us.

    Raises:
        CommandRefusedError: it ended with anything but success.
    """
    log = home.logs / "admin.log"
    process = java.spawn(home, runtime, java.ADMIN, arguments, output=log, parent=os.getpid())
    try:
        status = process.wait(SECONDS_FOR_A_COMMAND)
    except BaseException:
        process.kill()  # it would go on writing to a home that is no longer locked
        raise
    if status != 0:
        raise CommandRefusedError(f"Neo4j refused `{' '.join(arguments[:2])}`; see {log}.")


def ensure_password(home: ServerHome, runtime: java.Runtime) -> None:
    """Give a new home a random password. Ours is written only after Neo4j has accepted it.

    Raises:
        EmbeddedServerError: there are databases, but the password that opens them is gone.
    """
    if home.password_file.exists():
        return
    if home.has_databases:
        raise EmbeddedServerError(
            f"{home.password_file} is missing, and without it the databases beside it stay "
            "closed: put it back, or load a dump with --force."
        )
    password = secrets.token_hex(PASSWORD_BYTES)
    # Letters and figures alone: one that began with a hyphen was taken for an option.
    proposed = home.root / "password.proposed"  # as a file: arguments can be read by anybody
    write_private(proposed, password)
    try:
        run(home, runtime, "dbms", "set-initial-password", f"@{proposed}")
        write_private(home.password_file, password)
    finally:
        proposed.unlink(missing_ok=True)
