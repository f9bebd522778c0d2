"""A web address that takes notices, for tests."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

SECRET = "whsec_dGhlIHRlc3RzJyBvd24gc2VjcmV0IGZvciBub3RpY2Vz"


@dataclass(frozen=True)
class Post:
    headers: Mapping[str, str]
    body: bytes


class Hook:
    def __init__(self) -> None:
        self.taken: list[Post] = []
        self.status = 204
        self.url = ""


@contextmanager
def hook_server() -> Iterator[Hook]:
    hook = Hook()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            hook.taken.append(Post(dict(self.headers.items()), body))
            self.send_response(hook.status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing to anybody."""

    server = HTTPServer(("127.0.0.1", 0), Answering)
    hook.url = f"http://127.0.0.1:{server.server_port}/notices"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
