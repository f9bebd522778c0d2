"""Syncing a file while this process goes on.

A thread that waits for the disk wants Python's lock back when it has waited, and takes it from
whoever is answering: with sixteen clients on two cores that was a third of a request's CPU. Linux
syncs by itself and says when it has (`io_submit` of IOCB_CMD_FDSYNC, since 4.18), and nobody waits.
"""

import asyncio
from errno import EIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from caio.linux_aio_asyncio import AsyncioContext

# One at a time is under way; each asked for counts against what /proc/sys/fs/aio-max-nr allows.
_AT_ONCE = 2
# What the library raises where `os.fdatasync` raises OSError: when it asks, and when it is told.
_FAILED = (OSError, SystemError, ValueError, NotImplementedError)


class Syncs(Protocol):
    """What syncs files in the background of one event loop."""

    async def sync(self, descriptor: int) -> None:
        """Returns when all that was written to the file is on its disk. Raises OSError."""
        ...

    def close(self) -> None: ...


class KernelSyncs:
    """Linux does it. Made within the running loop."""

    def __init__(self, context: "AsyncioContext") -> None:
        self._context = context

    async def sync(self, descriptor: int) -> None:
        try:
            await self._context.fdsync(descriptor)
        except _FAILED as failed:
            raise OSError(EIO, str(failed)) from failed

    def close(self) -> None:
        self._context.close()  # type: ignore[no-untyped-call]


async def background_syncs(lock: Path) -> Syncs | None:
    """What syncs in the background, or None: not on this system, kernel or disk, or not now.

    It is tried on `lock`, a file beside those that count: a failure to sync is told once, and
    whoever asks again is told that all is well.
    """
    try:
        from caio import linux_aio_asyncio  # noqa: PLC0415 - only Linux has it
    except ImportError:
        return None
    if linux_aio_asyncio is None:
        return None
    loop = asyncio.get_running_loop()
    try:
        made = KernelSyncs(linux_aio_asyncio.AsyncioContext(_AT_ONCE, loop))  # type: ignore[no-untyped-call]
    except _FAILED:
        return None
    try:
        with lock.open("rb") as file:
            await made.sync(file.fileno())
    except OSError:
        made.close()
        return None
    return made
