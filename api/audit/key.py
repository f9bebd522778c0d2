"""The key of the digests that rows keep of what was asked; its owner's alone to read."""

import os
import re
import secrets
from pathlib import Path

from api.audit.segments import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    AuditUnavailableError,
    segment_numbers,
    segment_path,
)

_BYTES = 32
_GIVE_IT_BACK = (
    "so nothing is answered: give it back, since what was asked before can only be checked with it;"
    f" if it is lost, write {2 * _BYTES} random hexadecimal digits there."
)
_DIGEST = re.compile(rb',"asked":"[0-9a-f]{64}"')


def key_of(folder: Path) -> bytes:
    """The key of the audit in a folder, made when it is first needed.

    Kept with the audit: without it no digest can be checked any more, and nobody else needs it.

    Raises:
        AuditUnavailableError: it can be neither read nor made.
    """
    file = folder / "key"
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        if not file.exists() and not _was_used(folder):
            _make(file)
        key = bytes.fromhex(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as unreadable:
        raise AuditUnavailableError(
            f"{file} cannot be read ({type(unreadable).__name__}), {_GIVE_IT_BACK}"
        ) from None
    if len(key) != _BYTES:
        raise AuditUnavailableError(f"{file} is not as it was written, {_GIVE_IT_BACK}")
    return key


def _was_used(folder: Path) -> bool:
    """Whether there are digests under a key that is not there; the first is soon found."""
    return any(
        _DIGEST.search(segment_path(folder, number).read_bytes())
        for number in segment_numbers(folder)
    )


def _make(file: Path) -> None:
    """Write it aside and link it into place: of two who make one at once, the first one's stays."""
    aside = file.with_name(f"key.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "w", encoding="ascii") as written:
        written.write(secrets.token_hex(_BYTES))
        written.flush()
        os.fsync(written.fileno())
    try:
        os.link(aside, file)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
