"""A process of the operating system, told apart from a later one with the same number."""

from contextlib import suppress
from dataclasses import dataclass

import psutil  # type: ignore[import-untyped]

MIB = 1024 * 1024
# The kernel counts from boot, and a corrected clock moves the second of boot by one.
SAME_SECONDS = 2.0


@dataclass(frozen=True)
class Process:
    """One process: its number and when it started, in seconds since the epoch."""

    pid: int
    started: float

    @property
    def lives(self) -> bool:
        process = self._itself()
        with suppress(psutil.NoSuchProcess):
            return process is not None and bool(process.status() != psutil.STATUS_ZOMBIE)
        return False

    def listening_ports(self) -> list[int]:
        """The TCP ports it listens on; none when it has ended."""
        process = self._itself()
        with suppress(psutil.NoSuchProcess):
            connections = process.net_connections(kind="tcp") if process else ()
            return [each.laddr.port for each in connections if each.status == psutil.CONN_LISTEN]
        return []

    def wait(self, seconds: float) -> int | None:
        """Wait for its end. Returns its exit status, None when that is another parent's to know.

        Raises:
            TimeoutError: it still lives.
        """
        process = self._itself()
        if process is None:
            return None
        try:
            status: int | None = process.wait(seconds)
        except psutil.TimeoutExpired:
            raise TimeoutError from None
        return status

    def end(self, patience: float) -> None:
        """Ask it to stop, wait so many seconds, and at last kill it."""
        process = self._itself()
        if process is None:
            return
        with suppress(psutil.NoSuchProcess):
            process.terminate()
            try:
                process.wait(patience)
            except psutil.TimeoutExpired:
                process.kill()
                process.wait(patience)

    def kill(self) -> None:
        """End it at once, and let it leave no zombie."""
        self.end(0)

    def _itself(self) -> psutil.Process | None:
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.started) < SAME_SECONDS
        except psutil.Error:
            return None
        return process if same else None


def process(pid: int) -> Process:
    """The process that has this number now, which must be a child of ours or known to live."""
    return Process(pid, psutil.Process(pid).create_time())


def memory_share(part: int, least: int, most: int) -> str:
    """One part in so many of the machine's memory, in MiB within bounds, as the JVM reads it."""
    share = int(psutil.virtual_memory().total) // part // MIB
    return f"{min(max(share, least), most)}m"
