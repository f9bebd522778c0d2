"""The commands of linkage/REVIEWING.md, run one after another in a home of their own."""

import os
import pty
import re
import select
import shlex
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "linkage" / "REVIEWING.md"
EXAMPLE = re.compile(
    r"(?:<!-- typed: (?P<typed>.*?) -->\n)?"
    r"```console\n\$ sponsorgraph (?P<command>.*?)\n(?P<printed>.*?)```",
    re.DOTALL,
)
# What a page leaves out of a long answer stands for anything.
LEFT_OUT = "⋮\n"
# What is another each time: judgements' names, the time of day, how long it took, and where.
NAMED_ANEW = re.compile(r"judgement_\w+|\b[0-9a-f]{32}\b")
ANOTHER_EACH_TIME = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d|[\d,.]+ (?:s|ms|MB)\b|bolt://\S+|process \d+"
)
HOME_ON_THE_PAGE = "~/trial"
PROMPT = re.compile(rb"(?:to stop .*|why): $")
COLUMNS, SECONDS = 100, 300


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    subprocess.run(_command("neo4j stop"), env=_environment(tmp_path), check=False)


def test_an_analysts_day_comes_out_as_the_page_has_it(home: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    day = _Day(home)
    done = EXAMPLE.sub(day.done, page)

    if os.environ.get("UPDATE_README"):
        PAGE.write_text(done, encoding="utf-8")

    assert day.commands > 15
    assert done == page


class _Day:
    """What was run so far; judgements are called as they came out, not as on the page."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.commands = 0
        self.names: dict[str, str] = {}

    def done(self, example: re.Match[str]) -> str:
        """The example itself if it came out so, else as it did."""
        self.commands += 1
        command = example["command"]
        now = NAMED_ANEW.sub(lambda name: self.names.get(name[0], name[0]), command)
        typed = example["typed"]
        out = self._typed(now, typed.split(" | ")) if typed else self._run(now)
        out = "".join(f"{line.rstrip()}\n" for line in out.splitlines()).strip("\n") + "\n"
        out = out.replace(str(self.home), HOME_ON_THE_PAGE)
        shown = _shortened(out, example["printed"])
        for here, there in zip(
            NAMED_ANEW.findall(example["printed"]), NAMED_ANEW.findall(shown), strict=False
        ):
            self.names.setdefault(here, there)
        if _lasting(shown) == _lasting(example["printed"]):
            return example[0]
        before, _, _ = example[0].partition("```console\n")
        return f"{before}```console\n$ sponsorgraph {now}\n{shown}```"

    def _run(self, command: str) -> str:
        finished = subprocess.run(
            _command(command),
            env=_environment(self.home),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        assert finished.returncode == 0, (command, finished.stderr)
        return finished.stdout

    def _typed(self, command: str, answers: list[str]) -> str:
        """The same on a terminal, where somebody answers one question after another."""
        ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
        with subprocess.Popen(
            _command(command),
            env=_environment(self.home),
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.DEVNULL,
        ) as running:
            os.close(theirs)
            said = _answered(ours, iter(answers))
        os.close(ours)
        assert running.returncode == 0, said
        return said.replace("\r\n", "\n")


def _answered(terminal: int, answers: Iterator[str]) -> str:
    said, seen = b"", 0
    end = time.monotonic() + SECONDS
    with suppress(OSError):  # how a terminal says that nobody writes to it any more
        while time.monotonic() < end:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            said += os.read(terminal, 65536)
            if PROMPT.search(said[seen:]):
                seen = len(said)
                os.write(terminal, next(answers, "q").encode() + b"\n")
    return said.decode()


def _shortened(out: str, printed: str) -> str:
    """As much of a long answer as the page shows: as many lines before and after the gap."""
    if LEFT_OUT not in printed:
        return out
    first, last = (part.count("\n") for part in printed.split(LEFT_OUT))
    lines = out.splitlines(keepends=True)
    return "".join([*lines[:first], LEFT_OUT, *lines[len(lines) - last :]])


def _lasting(text: str) -> str:
    names: dict[str, str] = {}
    named = NAMED_ANEW.sub(lambda name: names.setdefault(name[0], f"{len(names)}th"), text)
    return ANOTHER_EACH_TIME.sub("…", named)


def _command(arguments: str) -> list[str]:
    return [sys.executable, "-m", "api", *shlex.split(arguments)]


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    return {**kept, "SPONSORGRAPH_HOME": str(home), "TERM": "dumb", "NO_COLOR": "1"}
