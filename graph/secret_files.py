"""Secrets as they are kept: in a file that only its owner, and at most the owner's group, may read.

A secret comes from a file or from a variable, never from an argument, which every user of the
machine can read; and it goes into no repr, log or error.
"""

import os
import stat
from pathlib import Path

from pydantic import SecretStr

from graph.errors import UsageError

_LONGEST = 65_536
# A mounted secret of a container is its group's to read. Nobody else's, and nobody's to change.
_TOO_OPEN = stat.S_IRWXO | stat.S_IWGRP


def secret_in(variable: str, path: Path) -> SecretStr:
    """What a file keeps secret, without the white space round it.

    Args:
        variable: what named the file, for the error's sentence.
        path: a regular file, which may be reached by a link.

    Raises:
        UsageError: it cannot be read, is empty, or others may read it.
    """
    content = guarded(variable, path)
    try:
        secret = content.decode().strip()
    except UnicodeDecodeError:
        raise UsageError(f"{variable} names {path}, which is not text in UTF-8.") from None
    if not secret:
        raise UsageError(f"{variable} names {path}, which is empty.")
    return SecretStr(secret)


def guarded(variable: str, path: Path) -> bytes:
    """The bytes of a file that is not for everybody's eyes; see `secret_in`."""
    try:
        # Not blocking: a named pipe would have us wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as unreadable:
        raise UsageError(
            f"{variable} names {path}, which cannot be read ({unreadable.strerror})."
        ) from None
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise UsageError(f"{variable} names {path}, which is not a file.")
        if mode & _TOO_OPEN:
            raise UsageError(
                f"{variable} names {path}, which others may read or change: `chmod 600 {path}`."
            )
        content = os.read(descriptor, _LONGEST + 1)
    finally:
        os.close(descriptor)
    if len(content) > _LONGEST:
        raise UsageError(f"{variable} names {path}, which is too large to be a secret.")
    return content
