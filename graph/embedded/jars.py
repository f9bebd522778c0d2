"""Neo4j's jars: pinned by our own lock, fetched through jgo, verified by us before they run.

jgo knows where Maven Central is and which mirror its user configured; no host is named here. It
does not verify what it received, and takes a truncated file for a jar: so each is fetched into a
folder of its own, checked against our sha256, and only then moved into place.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from filelock import FileLock

from graph.errors import EmbeddedServerError
from graph.progress import Progress, silent

AT_A_TIME = 8  # 230 jars in 19 s; more asks too much of a public service
ATTEMPTS = 3  # a jar that arrives damaged or not at all is asked for again
SECONDS_FOR_AN_ANSWER = 30


@dataclass(frozen=True)
class Jar:
    """One file of the lock: its path in a Maven repository, its sha256, its size in bytes."""

    path: str
    sha256: str
    size: int

    def is_whole(self, folder: Path) -> bool:
        """Whether the file in this folder is byte for byte the one we pinned."""
        file = folder / self.path
        if not file.is_file() or file.stat().st_size != self.size:
            return False
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == self.sha256


@dataclass(frozen=True)
class Lock:
    """A release of Neo4j, whole: its version and all its jars, in the order of the class path."""

    version: str
    jars: tuple[Jar, ...]
    fingerprint: str  # of the lock itself: what was made from these jars is kept under it


@cache
def pinned() -> Lock:
    """The lock that this program carries."""
    text = (files("graph.embedded") / "neo4j.lock.json").read_text(encoding="utf-8")
    content = json.loads(text)
    jars = tuple(Jar(**jar) for jar in content["jars"])
    return Lock(content["version"], jars, hashlib.sha256(text.encode()).hexdigest())


def fetched(folder: Path, progress: Progress = silent, lock: Lock | None = None) -> list[Path]:
    """Every pinned jar in this folder, verified; what is missing or damaged is fetched first.

    Two commands at once fetch once: the second waits for the first.

    Raises:
        EmbeddedServerError: no network, or what was received is not what we pinned.
    """
    lock = lock or pinned()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(folder / "fetching.lock"):
        for abandoned in folder.glob("receiving-*"):  # by a command that was killed
            shutil.rmtree(abandoned, ignore_errors=True)
        missing = _not_whole(folder, lock.jars)
        if missing:
            _fetch(folder, missing, progress)
    return [folder / jar.path for jar in lock.jars]


def _not_whole(folder: Path, jars: Iterable[Jar]) -> list[Jar]:
    with ThreadPoolExecutor(AT_A_TIME) as pool:  # 161 MB take 0.1 s, so every start may check
        checked = pool.map(lambda jar: (jar, jar.is_whole(folder)), jars)
        return [jar for jar, whole in checked if not whole]


def _fetch(folder: Path, jars: list[Jar], progress: Progress) -> None:
    progress("Fetching Neo4j", 0, len(jars))
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        fetching = [pool.submit(_fetch_one, folder, jar) for jar in jars]
        try:
            for done, one in enumerate(as_completed(fetching), start=1):
                one.result()
                progress("Fetching Neo4j", done, len(jars))
        finally:
            pool.shutdown(cancel_futures=True)


def _fetch_one(folder: Path, jar: Jar) -> None:
    problem = ""
    for _ in range(ATTEMPTS):
        received = Path(tempfile.mkdtemp(prefix="receiving-", dir=folder))
        try:
            _receive(received, jar)
            if jar.is_whole(received):
                _put_in_place(received, folder, jar)
                return
            problem = "it is not the file that was pinned"
        except (OSError, RuntimeError) as failed:  # requests' errors are OSErrors
            problem = type(failed).__name__
        finally:
            shutil.rmtree(received, ignore_errors=True)
    raise EmbeddedServerError(
        f"Neo4j could not be fetched ({Path(jar.path).name}: {problem}): connect to the network "
        "once, name a Maven mirror under [repositories] in ~/.config/jgo.conf, or set NEO4J_URI "
        "to a server of your own."
    )


def _receive(into: Path, jar: Jar) -> None:
    # Imported here: jgo and requests take half a second, which only the first command should pay.
    from jgo.config import GlobalSettings  # noqa: PLC0415
    from jgo.maven import MavenContext  # noqa: PLC0415

    *group, artifact, version, name = jar.path.split("/")
    classifier = name.removesuffix(".jar").removeprefix(f"{artifact}-{version}").removeprefix("-")
    mirrors = GlobalSettings.load().repositories or None
    maven = MavenContext(repo_cache=into, remote_repos=mirrors, timeout=SECONDS_FOR_AN_ANSWER)
    component = maven.project(".".join(group), artifact).at_version(version)
    component.artifact(classifier=classifier, packaging="jar").resolve()


def _put_in_place(received: Path, folder: Path, jar: Jar) -> None:
    place = folder / jar.path
    place.parent.mkdir(parents=True, exist_ok=True)
    (received / jar.path).replace(place)
