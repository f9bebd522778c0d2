"""An issuer's keys from where it publishes them: HTTPS, or a file where there is no network.

The standard library in a thread: it is asked once in ten minutes, and needs no client of its own.
"""

import asyncio
import ssl
import time
from collections.abc import Iterable
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    url2pathname,
)

import orjson

from graph.errors import UsageError

SECONDS = 5.0
_MOST_BYTES = 500_000


class UnreadableError(Exception):
    """There are no keys there at the moment; the words say of what kind the trouble is, no more."""


async def read_keys(location: str) -> list[dict[str, Any]]:
    """The JSON Web Keys of a set (RFC 7517). Raises UnreadableError, within SECONDS or so."""
    try:
        async with asyncio.timeout(SECONDS + 1):
            text = await asyncio.to_thread(_read, location, time.monotonic() + SECONDS)
        return keys_of(orjson.loads(text))
    except (OSError, ValueError, HTTPException) as failed:
        raise UnreadableError(type(failed).__name__) from None


def check_files(locations: Iterable[str]) -> None:
    """Read the keys that lie in files. Raises UsageError where there are none."""
    for location in locations:
        if location.startswith("file:"):
            try:
                keys_of(orjson.loads(_read(location, time.monotonic() + SECONDS)))
            except (OSError, ValueError) as failed:
                raise UsageError(
                    f"{location} holds no keys ({type(failed).__name__}): put the issuer's JWKS"
                    " there, as JSON."
                ) from None


def keys_of(said: Any) -> list[dict[str, Any]]:
    """The keys of a set. Raises ValueError for what is none."""
    keys = said.get("keys") if isinstance(said, dict) else None
    if not isinstance(keys, list):
        raise ValueError  # noqa: TRY004 - of the value, whatever its type
    return [key for key in keys if isinstance(key, dict)]


def _read(location: str, until: float) -> bytes:
    parts = urlsplit(location)
    if parts.scheme == "file":
        with open(url2pathname(parts.path), "rb") as file:  # noqa: PTH123 - as below
            return _all(file, until)
    asked = Request(location, headers={"Accept": "application/json"})  # noqa: S310 - https alone
    with _opener().open(asked, timeout=SECONDS) as answer:
        return _all(answer, until)


def _opener() -> OpenerDirector:
    """Asks over HTTPS and follows no redirect: that could lead to plain HTTP, or to a neighbour."""
    opener = OpenerDirector()
    # SSL_CERT_FILE names an agency's own authority; certificates are always checked.
    https = HTTPSHandler(context=ssl.create_default_context())
    for handler in (ProxyHandler(), https, HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener


def _all(source: Any, until: float) -> bytes:
    chunks, length = [], 0
    while chunk := source.read1(65_536) if hasattr(source, "read1") else source.read(65_536):
        chunks.append(chunk)
        length += len(chunk)
        if length > _MOST_BYTES or time.monotonic() > until:
            raise TimeoutError
    return b"".join(chunks)
