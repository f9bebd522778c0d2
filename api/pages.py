"""What pages of other servers may do here: nothing, unless their origin is trusted.

A browser lets any page send a question, and shows it the answer only where this server names the
page's origin. Sockets have no such rule in browsers: `api.websocket.origin` has it.

Answers are not compressed here. The length of a compressed answer tells whoever can both place a
word in it and see its length whether the word stands in it (BREACH), and it costs: 1.0 ms of CPU
for the 40 kB of 100 hearings with their children (gzip, level 9, to 5 kB), of which writing them as
JSON takes 0.04. Across a slow network it is a proxy's to do, for clients that are no browsers.
"""

from collections.abc import Collection

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from api.admission import PRESENTED

_SECONDS_TO_REMEMBER = 600


def for_pages_of(origins: Collection[str]) -> list[Middleware]:
    """Lets pages of these origins ask by POST and read the answers; none by default."""
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=sorted(origins),
            allow_methods=["POST"],
            allow_headers=["content-type", "traceparent", *map(bytes.decode, PRESENTED)],
            max_age=_SECONDS_TO_REMEMBER,
        )
    ]
