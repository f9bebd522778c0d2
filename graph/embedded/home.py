"""What the local server keeps in an installation's home, and the configuration written for it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from graph.embedded.process import memory_share
from graph.settings import Settings

# Nothing leaves the machine and nobody else reaches the server; what is off and why:
# - HTTP, usage report, telemetry, fleet discovery: the latter broadcasts on the network by default.
# - the query log: it would write names and A-numbers to disk.
# - keep-alives in the middle of an answer: the server's hint for them makes the driver put a timer,
#   and a task, round each read of the socket (a sixth of its CPU a question); nobody is between us
#   and loopback, and every operation has a deadline of its own.
# - the size of parameters as part of a plan's key: a statement was planned anew, for seconds, when
#   a list or a text of another order of length came with it. Batches need no plan of their own.
# - preallocation: 500 MB of transaction log for an empty graph.
# - the shutdown's quiet period: twice 5 s of waiting for connections that do not come, after the
#   databases have already been checkpointed and closed.
CONFIGURATION = """\
# Written by sponsorgraph at every start; changes here are lost.
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:0
server.bolt.telemetry.enabled=false
server.bolt.connection_keep_alive_for_requests=OFF
server.http.enabled=false
server.https.enabled=false
server.fleet_discovery.enabled=false
dbms.fleet_manager.enabled=false
dbms.usage_report.enabled=false
dbms.security.allow_csv_import_from_file_urls=false
db.logs.query.enabled=OFF
internal.cypher.use_parameter_size=false
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=256M size
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
server.memory.pagecache.size={pagecache}
"""
# A short-lived graph is emptied and filled, and Neo4j would plan each statement anew whenever there
# is four times as much in it as ten seconds ago; on a busy machine a long one takes a minute.
KEEPS_PLANS = "dbms.cypher.min_replan_interval=20m\n"


@dataclass(frozen=True)
class ServerHome:
    """The folder `neo4j/` of an installation."""

    root: Path

    @property
    def data(self) -> Path:
        """The databases, and the password with them: a loaded dump replaces both in one rename."""
        return self.root / "data"

    @property
    def replaced(self) -> Path:
        """The data before a load, for the moment of its replacement."""
        return self.root / "data.replaced"

    @property
    def conf(self) -> Path:
        return self.root / "conf"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def console(self) -> Path:
        """What the server said on its standard output and error since its last start."""
        return self.logs / "console.log"

    @property
    def password_file(self) -> Path:
        return self.data / "password"

    @property
    def record(self) -> Path:
        """Who serves this home, and on which port; see graph.embedded.record."""
        return self.root / "server.json"

    @property
    def lock(self) -> Path:
        """Locked by the server itself as long as it lives, however its parent ended."""
        return self.root / "owner.lock"

    @property
    def users(self) -> Path:
        """Shared by every command that uses the server: who started it ends it after the last."""
        return self.root / "users.lock"

    @property
    def has_databases(self) -> bool:
        return (self.data / "databases" / "system").exists()

    def password(self) -> str:
        """The password that the server accepted. Raises FileNotFoundError before there is one."""
        return self.password_file.read_text(encoding="ascii")


def home_of(settings: Settings) -> ServerHome:
    """The local server's folder in this installation."""
    return ServerHome(settings.home / "neo4j")


def prepare(home: ServerHome, settings: Settings) -> None:
    """Make the folders, for their owner's eyes only, and write the configuration."""
    for folder in (home.root, home.data, home.conf, home.logs, home.root / "plugins"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = CONFIGURATION.format(
        pagecache=settings.neo4j_pagecache or memory_share(16, 128, 1024)
    )
    keeps_plans = KEEPS_PLANS if settings.neo4j_short_lived else ""
    (home.conf / "neo4j.conf").write_text(written + keeps_plans, encoding="utf-8")


def swap_in(home: ServerHome, other: ServerHome) -> None:
    """Put another home's databases and password in the place of this one's."""
    if home.data.exists():
        home.data.rename(home.replaced)
    other.data.rename(home.data)
    recover(home)


def recover(home: ServerHome) -> None:
    """End what a killed `swap_in` began: back to the old data, or on with the new."""
    if not home.replaced.exists():
        return
    if home.data.exists():
        shutil.rmtree(home.replaced)
    else:
        home.replaced.rename(home.data)
