"""The API over real HTTP, from a thread of this process, for clients that are no Python."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette

from api.server import Server
from api.settings import ApiSettings


@contextmanager
def serving(app: Starlette, allowed: ApiSettings | None = None) -> Iterator[str]:
    """The address, without a path, at which the application is served meanwhile."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = Server(app, "127.0.0.1", 0, allowed or ApiSettings(), lambda: None)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.1)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(60)
