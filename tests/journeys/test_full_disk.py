"""A disk that takes no more while a link writes: said in a sentence, and nothing is half done."""

import os
import subprocess
import sys
from pathlib import Path

from graph.checksum import fingerprint
from graph.connection import Door, Endpoint
from linkage import job
from tests.journeys.worlds import settings_of
from tests.linkage.a_small_world import deliver_first, deliver_second

CHILDREN = 30
# As a disk would, the kernel refuses what makes a file larger than this.
LINK_WITHOUT_ROOM = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
from api.cli import main
main()
"""


def linked_without_room(home: Path, neo4j: Endpoint) -> str:
    environment = os.environ | {
        "NEO4J_URI": neo4j.uri, "NEO4J_USER": neo4j.user, "NEO4J_PASSWORD": neo4j.password,
    }  # fmt: skip
    command = [sys.executable, "-c", LINK_WITHOUT_ROOM, "--home", str(home), "link"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "García" not in done.stderr
    return " ".join(done.stderr.split())


def test_a_link_without_room_says_so_and_the_next_one_finds_all_as_it_was(
    tmp_path: Path, neo4j: Endpoint, graph_door: Door
):
    installation = settings_of(tmp_path / "home", neo4j)
    deliver_first(installation.home, CHILDREN)

    said = linked_without_room(installation.home, neo4j)

    assert "could not be written" in said
    assert "make room on the disk" in said
    with graph_door.reading() as session:
        assert session.run("MATCH (c:Child) RETURN count(c) AS n").single(strict=True)["n"] == 0
    assert job.link(installation).run == 1
    with graph_door.reading() as session:
        before = fingerprint(session)

    # With what the first run left it comes to another step, and is no other.
    deliver_second(installation.home, CHILDREN)
    assert "make room on the disk" in linked_without_room(installation.home, neo4j)
    with graph_door.reading() as session:
        assert fingerprint(session) == before
    assert job.link(installation).run == 2
