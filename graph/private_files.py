"""Files that their owner alone may read, put in place whole, and there after a power cut."""

import os
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Put a file in place whole and durably, readable by its owner alone."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    """What was written to a file, or put in place in a folder, is there after a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
