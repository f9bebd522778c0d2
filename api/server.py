"""uvicorn as one process of ours: its connections bounded, its log discreet, and gone when told."""

import asyncio
import gc
import logging
import signal
import socket
import ssl
import threading
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from api.errors import unquoted
from api.protocol import GuardedProtocol, GuardedSocket
from api.settings import ApiSettings
from api.tls import ImpatientLoop, renew
from graph.errors import UsageError

_log = logging.getLogger("sponsorgraph.api")

# A graceful leave waits this much longer than any operation may take.
_SECONDS_MORE = 2.0
_TICKS_A_LOOK = 5  # of a tenth of a second
# Python looks for circles of garbage after so many new lists and maps, usually 700: a large answer
# has thousands, none of them in a circle, and every look at them was a tenth of its CPU.
_NEW_ONES_A_LOOK = 20_000


def _discreet(record: logging.LogRecord) -> bool:
    """A fault goes to the log by its kind and place: its words may be somebody's name."""
    if record.exc_info and record.exc_info[1]:
        record.msg, record.args = "A fault: %s", (unquoted(record.exc_info[1]),)
        record.exc_info = record.exc_text = None
    return True


class _Config(uvicorn.Config):
    def __init__(self, app: ASGIApp, *, seconds_to_secure: float, **options: Any) -> None:
        super().__init__(app, **options)
        self._seconds_to_secure = seconds_to_secure

    def get_loop_factory(self) -> Callable[[], asyncio.AbstractEventLoop]:
        return partial(ImpatientLoop, self._seconds_to_secure)


class Server(uvicorn.Server):
    """Serves one application in this process.

    Told to stop with SIGTERM it is first not ready any more, for as long as the settings say, so
    that whoever balances the load sends nothing new; then it takes no new connections, and what is
    under way is answered. Told again, or interrupted, it leaves at once. On SIGHUP it takes up a
    renewed certificate.
    """

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        port: int,
        allowed: ApiSettings,
        leaving: Callable[[], None],
        secured: ssl.SSLContext | None = None,
    ) -> None:
        self._allowed = allowed
        self._secured = secured
        self._leaving = leaving
        self._leaves_at: float | None = None
        super().__init__(
            _Config(
                app,
                seconds_to_secure=allowed.seconds_to_send,
                ssl_context_factory=(lambda *_: secured) if secured else None,
                host=host,
                port=port,
                http=partial(GuardedProtocol, allowed=allowed),
                log_level="warning",
                access_log=False,  # a request line may hold what somebody asked
                server_header=False,
                ws=GuardedSocket,
                ws_max_size=allowed.most_body_bytes,
                ws_per_message_deflate=False,  # a small message may not grow to a large one
                timeout_graceful_shutdown=round(allowed.most_seconds + _SECONDS_MORE),
            )
        )

        logging.getLogger("uvicorn.error").addFilter(_discreet)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        _keep_what_is_there()
        if self._secured and threading.current_thread() is threading.main_thread():
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self.renew)

    def renew(self) -> None:
        """Take up a renewed certificate; one that cannot be used leaves the old in place."""
        if self._secured is None:
            return
        try:
            until = renew(self._secured, self._allowed)
        except UsageError as wrong:
            _log.error("The certificate stays as it was. %s", wrong)
        else:
            _log.warning("The certificate is renewed, and holds until %s.", f"{until:%Y-%m-%d}")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._leaving()
        drains = sig == signal.SIGTERM and self._allowed.seconds_to_drain > 0
        if drains and self._leaves_at is None:
            self._leaves_at = asyncio.get_running_loop().time() + self._allowed.seconds_to_drain
            return
        super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        now = asyncio.get_running_loop().time()
        if self._leaves_at is not None and now >= self._leaves_at and not self.should_exit:
            super().handle_exit(signal.SIGTERM, None)
        if counter % _TICKS_A_LOOK == 0:
            for connection in list(self.server_state.connections):
                if isinstance(connection, GuardedProtocol):
                    connection.drop_if_slow(now)
        return await super().on_tick(counter)


def _keep_what_is_there() -> None:
    """Take the schema and all else that stays out of every later search for garbage.

    A whole search took 44 ms with it, in which nobody is answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_ONES_A_LOOK, *gc.get_threshold()[1:])
