"""The life of one local server, told in order: each start takes seconds, so the tests share them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph import embedded
from graph.cli import neo4j_app
from graph.connection import Endpoint, connected, opened
from graph.embedded import aot, jars
from graph.embedded.home import ServerHome, home_of, recover
from graph.embedded.process import Process
from graph.errors import ServerInUseError
from graph.settings import Settings

# A command that writes, says which server it wrote to, and then hangs until it is killed.
WRITE_AND_HANG = """
import sys, time
from pathlib import Path
from graph.connection import connected
from graph.embedded import running
from graph.settings import Settings
settings = Settings(home=Path(sys.argv[1]), neo4j_uri=None)
with connected(settings) as door:
    door.driver.execute_query("CREATE (:Kept {by: 'command'})", database_=door.database)
    print(running(settings).pid, flush=True)
    time.sleep(600)
"""

# A command that finds a server which another one started, and asks it again a second later.
USE_FOR_A_WHILE = """
import sys, time
from pathlib import Path
from graph.connection import connected
from graph.settings import Settings
with connected(Settings(home=Path(sys.argv[1]), neo4j_uri=None)) as door:
    print("there", flush=True)
    time.sleep(1)
    door.driver.execute_query("RETURN 1", database_=door.database)
    print("still there", flush=True)
"""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Settings]:
    """A second installation, beside the session's: of somebody whose folder a C locale can't say."""
    other = settings.model_copy(update={"home": tmp_path_factory.mktemp("zweite ü")})
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LC_ALL", "C")
        yield other
    server = embedded.running(other)
    if server is not None:
        server.process.end(10)


def kept(settings: Settings) -> list[str]:
    with connected(settings) as door:
        found = door.driver.execute_query("MATCH (k:Kept) RETURN k.by AS by ORDER BY by")
        return [row["by"] for row in found.records]


def wait_until_gone(process: Process) -> None:
    deadline = time.monotonic() + 30
    while process.lives:
        assert time.monotonic() < deadline, "the server outlived its parent"
        time.sleep(0.05)


def test_kill_9_of_the_command_ends_its_server(other: Settings):
    command = subprocess.Popen(
        [sys.executable, "-c", WRITE_AND_HANG, str(other.home)], stdout=subprocess.PIPE, text=True
    )
    with command:
        assert command.stdout
        assert command.stdout.readline().strip().isdigit()
        server = embedded.running(other)
        assert server
        assert server.owner == command.pid
        with pytest.raises(ServerInUseError, match=f"process {command.pid}"):
            embedded.stop(other)
        command.send_signal(signal.SIGKILL)
    wait_until_gone(server.process)
    assert embedded.running(other) is None


def test_a_server_started_to_stay_has_what_the_killed_command_wrote(other: Settings):
    said = CliRunner().invoke(neo4j_app, ["start"], obj=other)
    assert said.exit_code == 0, said.output
    assert "until `neo4j stop`" in said.stdout
    assert kept(other) == ["command"]
    assert embedded.running(other)  # a command leaves a running server as it found it


def test_a_second_owner_is_refused_and_told_who_is_there(other: Settings):
    server = embedded.running(other)
    assert server
    with pytest.raises(ServerInUseError, match=f"runs already for process {server.pid}"):
        embedded.start(other)


def test_two_homes_side_by_side_never_touch(other: Settings, neo4j: Endpoint, settings: Settings):
    ours, theirs = embedded.running(settings), embedded.running(other)
    assert ours
    assert theirs
    assert ours.port != theirs.port
    assert embedded.password(settings) != embedded.password(other)
    with opened(neo4j) as door:
        assert not door.driver.execute_query("MATCH (k:Kept) RETURN k").records


def test_the_server_listens_on_loopback_alone(other: Settings):
    server = embedded.running(other)
    assert server
    assert server.process.listening_ports() == [server.port]
    assert server.uri.startswith("bolt://127.0.0.1:")


def test_nobody_else_may_read_what_the_server_keeps(other: Settings):
    home = home_of(other)
    assert home.root.stat().st_mode & 0o077 == 0
    assert home.password_file.stat().st_mode & 0o777 == 0o600
    assert (home.data / "databases" / "neo4j").stat().st_mode & 0o077 == 0


def test_the_log_keeps_no_query(other: Settings):
    with connected(other) as door:
        door.driver.execute_query("RETURN $number", {"number": "A000123456"})
    logs = home_of(other).logs
    assert not [log for log in logs.iterdir() if b"A000123456" in log.read_bytes()]


def test_kill_9_of_the_server_loses_nothing_and_a_broken_aot_cache_stops_nobody(
    other: Settings, tmp_path: Path
):
    server = embedded.running(other)
    assert server
    with connected(other) as door:
        door.driver.execute_query("CREATE (:Kept {by: 'then'})")
        os.kill(server.pid, signal.SIGKILL)
    wait_until_gone(server.process)
    broken = other.model_copy(update={"cache": tmp_path})
    (tmp_path / "jars").symlink_to(other.cache / "jars")
    (tmp_path / "aot").mkdir()
    paths = tuple(jars.fetched(broken.cache / "jars"))
    aot._file(broken, paths).write_bytes(b"not a cache" * 1000)
    assert kept(broken) == ["command", "then"]
    assert embedded.running(other) is None  # started for the duration, and gone with it


def test_who_started_a_server_ends_it_when_nobody_uses_it_any_more(other: Settings):
    with connected(other):
        server = embedded.running(other)
        assert server
        with connected(other):  # of the same process, which did not start it
            pass
        assert server.process.lives
        command = [sys.executable, "-c", USE_FOR_A_WHILE, str(other.home)]
        user = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert user.stdout
        assert user.stdout.readline() == "there\n"
    assert user.communicate(timeout=30)[0] == "still there\n"
    assert user.returncode == 0
    assert not server.process.lives


def test_status_is_read_by_a_script(other: Settings):
    said = CliRunner().invoke(neo4j_app, ["status", "--json"], obj=other)
    assert '"running": false' in said.stdout


def test_stopping_what_does_not_run_is_no_mistake(other: Settings):
    assert "was not running" in CliRunner().invoke(neo4j_app, ["stop"], obj=other).stdout


def test_what_a_process_left_behind_is_nobody(other: Settings):
    home_of(other).record.write_text(
        f'{{"pid": {os.getpid()}, "started": 1.0, "port": 1, "version": "", "owner": null}}'
    )
    assert embedded.running(other) is None  # our own number, but not when we were started


def test_a_load_killed_between_its_two_renames_is_taken_back(tmp_path: Path):
    home = ServerHome(tmp_path)
    home.replaced.mkdir()
    (home.replaced / "password").write_text("old")
    recover(home)
    assert home.password() == "old"
    assert not home.replaced.exists()
