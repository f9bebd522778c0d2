"""Where the clients are built: a folder of the session's own, with what npm installed beside them.

What npm installs is kept under the hash of the lock file, which says which versions and which
contents, so a second run installs nothing.
"""

import asyncio
import hashlib
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT

from filelock import FileLock

import api
from tests.api.conftest import SCHEMA
from tests.clients.everything import everything

CLIENTS = Path(__file__).parent
SCHEMA_FILE = Path(api.__file__).parent / "schema.graphql"
INSTALLED_FROM = ("package.json", "package-lock.json", ".npmrc")
OLDEST_NODE = 20
SECONDS_TO_INSTALL = 600
SECONDS_TO_RUN = 240


class ClientFailedError(AssertionError):
    """What a client of ours printed before it failed."""


@dataclass(frozen=True)
class Workbench:
    """The clients' sources, built or to be built, and what they are run with."""

    folder: Path

    def run(self, *command: str, **environment: str) -> str:
        """What the command printed. Raises ClientFailedError with all of it if it failed."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **environment},
            stdout=PIPE,
            stderr=STDOUT,
            text=True,
            timeout=SECONDS_TO_RUN,
            check=False,
        )
        if done.returncode:
            raise ClientFailedError(f"{' '.join(command)} failed:\n{done.stdout}")
        return done.stdout

    async def lines(self, *command: str, **environment: str) -> AsyncIterator[str]:
        """Each line as the command prints it. Raises ClientFailedError with all of them."""
        process = await asyncio.create_subprocess_exec(
            *command, cwd=self.folder, env={**os.environ, **environment}, stdout=PIPE, stderr=STDOUT
        )
        assert process.stdout is not None
        printed = []
        try:
            async for line in process.stdout:
                printed.append(line.decode().rstrip())
                yield printed[-1]
            await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
        if process.returncode:
            raise ClientFailedError("\n".join([f"{' '.join(command)} failed:", *printed]))


def laid_out(folder: Path, cache: Path) -> Workbench:
    """A workbench in `folder`: the sources as they are here, the schema, and what is installed."""
    ours = shutil.ignore_patterns("*.py", "__pycache__", "node_modules", "dist", "gql")
    shutil.copytree(CLIENTS, folder, ignore=ours)
    (folder / "schema").mkdir()
    shutil.copy(SCHEMA_FILE, folder / "schema")
    (folder / "everything.graphql").write_text(everything(SCHEMA), encoding="utf-8")
    (folder / "node_modules").symlink_to(installed(cache), target_is_directory=True)
    return Workbench(folder)


def installed(cache: Path) -> Path:
    """The folder `node_modules` that the lock file describes, installed if need be."""
    _check_node()
    locked = (CLIENTS / "package-lock.json").read_bytes()
    home = cache / "clients" / hashlib.sha256(locked).hexdigest()[:16]
    home.mkdir(parents=True, exist_ok=True)
    complete = home / "complete"
    with FileLock(home / "lock"):
        if not complete.exists():
            for name in INSTALLED_FROM:
                shutil.copy(CLIENTS / name, home)
            _install(home)
            complete.touch()
    return home / "node_modules"


def _install(home: Path) -> None:
    command = ("npm", "ci", "--no-progress")
    done = subprocess.run(
        command, cwd=home, capture_output=True, text=True, timeout=SECONDS_TO_INSTALL, check=False
    )
    if done.returncode:
        raise ClientFailedError(
            "npm could not install what tests/clients/package-lock.json names. Is a package"
            f" registry reached from here? `npm config get registry` says which.\n{done.stderr}"
        )


def _check_node() -> None:
    missing = [tool for tool in ("node", "npm") if shutil.which(tool) is None]
    if missing:
        raise ClientFailedError(
            f"There is no {' and no '.join(missing)} here. The tests ask as front ends do: install"
            f" Node.js {OLDEST_NODE} or later with npm (on Debian: apt-get install nodejs npm)."
        )
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if int(told.removeprefix("v").split(".")[0]) < OLDEST_NODE:
        raise ClientFailedError(
            f"Node.js here is {told.strip()}: install version {OLDEST_NODE} or later."
        )
