"""The explorer: GraphiQL served by ourselves, with no request to anywhere else.

`static/` has GraphiQL and React as published on npm, minified again without their comments, the
stylesheet without its web fonts; LICENCES.txt says whose they are. `examples.graphql` has a
question for each tab.
"""

import json
import re
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from graph.vocabulary.viewers import Purpose

_STATIC = Path(__file__).parent / "static"
_VARIABLES = re.compile(r"^# variables: (.*)$", re.MULTILINE)


def page(*, demo: bool = False) -> bytes:
    """The page itself, as a browser gets it from the endpoint.

    It asks its user for what is sent with each question; in a demo, only as whom to ask.
    """
    text = (_STATIC / "index.html").read_text(encoding="utf-8")
    told = f'<body data-purposes="{" ".join(Purpose)}" data-demo="{str(demo).lower()}">'
    return text.replace("<body>", told).encode()


class _Kept(StaticFiles):
    """Files that a browser may keep if it asks each time whether they hold: nobody is in them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "no-cache"
        return response


def static_files() -> StaticFiles:
    """What the page loads."""
    return _Kept(directory=_STATIC)


def examples() -> list[tuple[str, dict[str, Any]]]:
    """The question of each tab, and its variables as far as they do not depend on the graph."""
    text = (_STATIC / "examples.graphql").read_text(encoding="utf-8")
    questions = re.split(r"\n\n(?=# )", text.strip())
    return [(each, json.loads(_VARIABLES.findall(each)[0])) for each in questions]
