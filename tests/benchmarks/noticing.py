"""From a court's file to the mail that tells of it: how long, for a thousand hearings.

    python -m tests.benchmarks.noticing --world FOLDER [--children 2000] [--hearings 1000]
        [--missed 100] [--workers 1]

Makes a demo world in FOLDER, unless it is there, and links it. Then a court's file comes with so
many hearings, of which `--missed` say that a child failed to appear: `sponsorgraph ingest` and
`sponsorgraph link` in processes of their own, beside `sponsorgraph work` and a real mail server.
Prints the seconds from the run's publication, from the start of the link and from the start of the
intake until the last notice was taken by the mail server: two a child, each under its own
Message-ID. Exits with 1 where that takes more than five seconds from the publication, or a notice
is lost or comes twice.
"""

import argparse
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shutil import rmtree
from typing import Any

from graph.connection import Endpoint, located, opened
from graph.settings import Settings
from linkage.demo import generate
from linkage.intake.ingest import ingest
from linkage.job import link
from tests.api.worker.conftest import BOOK
from tests.api.worker.mailbox import HOST, Server, mail_server
from tests.journeys.court_file import a_court_file

SEED, SECONDS_TO_NOTICE = 78, 5.0
_COMMAND = (sys.executable, "-m", "api")


def main() -> int:
    """One file, and what it took."""
    asked = _asked()
    settings, deliveries = _world(asked.world, asked.children)
    file = asked.world / "court"
    rmtree(file, ignore_errors=True)
    held_on, as_of = date(2024, 8, 6), date(2024, 8, 30)
    a_court_file(
        deliveries, file, many=asked.hearings, missed=asked.missed, held_on=held_on, as_of=as_of
    )
    with located(settings) as endpoint, mail_server() as mailbox:
        took = _told(settings, endpoint, mailbox, file, asked)
    copies = mailbox.copies
    print(
        f"{asked.hearings:,} hearings, {asked.missed:,} missed, {len(copies):,} notices,"
        f" {max(copies.values())} of each: last taken {took['publication']:.2f} s after the run"
        f" was published, {took['link']:.2f} s after the link began, {took['intake']:.2f} s after"
        " the file came"
    )
    right = len(copies) == 2 * asked.missed and set(copies.values()) == {1}
    return 0 if right and took["publication"] <= SECONDS_TO_NOTICE else 1


def _world(folder: Path, children: int) -> tuple[Settings, Path]:
    """A home with a linked world in it, anew each time: what was told once is not told again."""
    home, made = folder / "home", folder / f"demo-{children}"
    deliveries = made / "deliveries"
    if not deliveries.exists():
        generate(children, SEED, made)
    rmtree(home, ignore_errors=True)
    settings = Settings(home=home)
    with located(settings):
        ingest(home, [deliveries])
        link(settings, None)
    return settings, deliveries


def _told(
    settings: Settings, endpoint: Endpoint, mailbox: Server, file: Path, asked: Any
) -> dict[str, float]:
    environment = _environment(settings, mailbox)
    _quiet_before(endpoint, environment, asked.workers)
    mailbox.mails.clear()
    with _working(environment, asked.workers):
        time.sleep(8)  # until they have started, as they would have long ago
        watch = _Watch(endpoint)
        began = time.monotonic()
        subprocess.run([*_COMMAND, "ingest", str(file)], env=environment, check=True)
        linking = time.monotonic()
        watch.start()
        subprocess.run([*_COMMAND, "link"], env=environment, check=True)
        while len(mailbox.mails) < 2 * asked.missed and time.monotonic() < linking + 300:
            time.sleep(0.02)
        ended = time.monotonic()
        time.sleep(3)  # a second copy would come now
    return {
        "publication": ended - watch.published,
        "link": ended - linking,
        "intake": ended - began,
    }


def _quiet_before(endpoint: Endpoint, environment: dict[str, str], workers: int) -> None:
    """What the first load says of earlier days is followed up and told before."""
    subprocess.run([*_COMMAND, "work", "--once"], env=environment, check=True)


@contextmanager
def _working(environment: dict[str, str], workers: int) -> Any:
    going = [subprocess.Popen([*_COMMAND, "work"], env=environment) for _ in range(workers)]
    try:
        yield
    finally:
        for one in going:
            one.terminate()
        for one in going:
            one.wait(60)


class _Watch(threading.Thread):
    """Looks for the moment at which readers see another run."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(daemon=True)
        self._endpoint = endpoint
        self._before = self._run()
        self.published = float("inf")

    def _run(self) -> int:
        with opened(self._endpoint) as door, door.reading() as session:
            found: int = session.run("MATCH (p:Publication) RETURN p.run AS run").single(
                strict=True
            )["run"]
            return found

    def run(self) -> None:
        with opened(self._endpoint) as door, door.reading() as session:
            while True:
                found = session.run("MATCH (p:Publication) RETURN p.run AS run").single(strict=True)
                if found["run"] != self._before:
                    self.published = time.monotonic()
                    return
                time.sleep(0.02)


def _environment(settings: Settings, mailbox: Server) -> dict[str, str]:
    book = settings.home / "recipients.toml"
    book.write_text(BOOK)
    return os.environ | {
        "SPONSORGRAPH_HOME": str(settings.home),
        "SPONSORGRAPH_WORKER_ADDRESS_BOOK": str(book),
        "SPONSORGRAPH_WORKER_SMTP_HOST": HOST,
        "SPONSORGRAPH_WORKER_SMTP_PORT": str(mailbox.port),
        "SPONSORGRAPH_WORKER_SMTP_SECURITY": "plain",
    }


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--world", type=Path, required=True)
    parser.add_argument("--children", type=int, default=2_000)
    parser.add_argument("--hearings", type=int, default=1_000)
    parser.add_argument("--missed", type=int, default=100)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
