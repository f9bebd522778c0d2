import hashlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.embedded.jars import Jar, Lock, fetched, pinned
from graph.errors import EmbeddedServerError

CONTENT = b"a jar, as far as anybody here looks" * 50
PLAIN = "org/example/plain/1.0/plain-1.0.jar"
NATIVE = "org/example/native/1.0/native-1.0-linux-x86_64.jar"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A Maven mirror of our own, set the way a user sets one; the folder is what it serves."""
    folder = tmp_path / "mirror"
    for path in (PLAIN, NATIVE):
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(CONTENT)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    use_mirror(tmp_path, monkeypatch, f"http://127.0.0.1:{server.server_port}")
    yield folder
    server.shutdown()
    server.server_close()


def use_mirror(folder: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    configured = folder / "jgo.conf"
    configured.write_text(f"[repositories]\nours = {address}\n")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(configured))


def a_lock(*paths: str) -> Lock:
    digest = hashlib.sha256(CONTENT).hexdigest()
    return Lock("1.0", tuple(Jar(path, digest, len(CONTENT)) for path in paths), "a lock")


@pytest.fixture
def fetch(tmp_path: Path) -> Callable[..., list[Path]]:
    return lambda *paths: fetched(tmp_path / "jars", lock=a_lock(*paths))


def test_the_lock_pins_every_file_by_its_content_and_names_no_host():
    lock = pinned()
    assert len(lock.jars) == 230
    assert sum(jar.size for jar in lock.jars) == 161_120_218
    assert all(len(jar.sha256) == 64 and "://" not in jar.path for jar in lock.jars)


def test_jars_come_from_the_mirror_that_the_user_configured(mirror, fetch):
    assert [jar.read_bytes() for jar in fetch(PLAIN, NATIVE)] == [CONTENT, CONTENT]


def test_a_truncated_jar_is_not_used_but_fetched_again(mirror, fetch):
    [jar] = fetch(PLAIN)
    jar.write_bytes(CONTENT[:100])
    assert fetch(PLAIN)[0].read_bytes() == CONTENT


def test_a_jar_of_the_right_size_with_other_content_is_fetched_again(mirror, fetch):
    [jar] = fetch(PLAIN)
    jar.write_bytes(CONTENT[:-1] + b"!")
    assert fetch(PLAIN)[0].read_bytes() == CONTENT


def test_whole_jars_are_not_asked_for_again(mirror, fetch):
    [jar] = fetch(PLAIN)
    (mirror / PLAIN).unlink()
    assert fetch(PLAIN) == [jar]


def test_what_a_mirror_truncated_never_gets_into_place(mirror, fetch, tmp_path):
    (mirror / PLAIN).write_bytes(CONTENT[:100])
    with pytest.raises(EmbeddedServerError, match="not the file that was pinned"):
        fetch(PLAIN)
    assert not list((tmp_path / "jars").rglob("*.jar"))


def test_what_a_killed_fetch_left_behind_is_cleared_away(mirror, fetch, tmp_path):
    (tmp_path / "jars" / "receiving-left").mkdir(parents=True)
    fetch(PLAIN)
    assert not list((tmp_path / "jars").glob("receiving-*"))


def test_without_a_network_the_sentence_names_the_ways_out(fetch, tmp_path, monkeypatch):
    use_mirror(tmp_path, monkeypatch, "http://127.0.0.1:1")
    with pytest.raises(EmbeddedServerError, match=r"(?s)jgo\.conf.*NEO4J_URI"):
        fetch(PLAIN)
