"""The explorer: GraphiQL served by ourselves, with no request to anywhere else.

`static/` has GraphiQL and React as published on npm, minified again without their comments, the
stylesheet without its web fonts; LICENCES.txt says whose they are. `examples.graphql` has a
question for each tab.
"""

from pathlib import Path

from starlette.staticfiles import StaticFiles

_STATIC = Path(__file__).parent / "static"


def page() -> bytes:
    """The page itself, as a browser gets it from the endpoint."""
    return (_STATIC / "index.html").read_bytes()


def static_files() -> StaticFiles:
    """What the page loads."""
    return StaticFiles(directory=_STATIC)
