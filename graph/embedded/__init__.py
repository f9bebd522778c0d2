"""The local Neo4j: fetched and verified from a lock, run as a child process, no Docker, no Java.

`serving(settings)` is what almost everybody wants: the server that runs already, or one for the
duration. It listens on loopback alone, on a port of its own, with a password of its own.
"""

from graph.embedded.archive import dump, load
from graph.embedded.server import RunningServer, password, running, serving, start, stop

__all__ = ["RunningServer", "dump", "load", "password", "running", "serving", "start", "stop"]
