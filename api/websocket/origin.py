"""Whether a page may open a socket here.

Browsers let every page open a WebSocket to every server, in the name of whoever looks at the page;
they only say which page it is. Other programs send no origin.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

Headers = Iterable[tuple[bytes, bytes]]


def is_trusted(headers: Headers, trusted: frozenset[str], *, over_tls: bool = False) -> bool:
    """Whether the request's origin is this server's own, one of `trusted`, or none at all.

    Where this server has TLS, a page of its own name that came without may be anybody's.
    """
    own = {value.decode("latin-1").lower() for name, value in headers if name == b"host"}
    origins = [value.decode("latin-1").lower() for name, value in headers if name == b"origin"]
    schemes = ("https",) if over_tls else ("http", "https")
    return all(origin in trusted or _host(origin, schemes) in own for origin in origins)


def _host(origin: str, schemes: tuple[str, ...]) -> str:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return parts.netloc if parts.scheme in schemes else ""
