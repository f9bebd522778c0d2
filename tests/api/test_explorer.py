import re
from pathlib import Path

import pytest
from graphql import parse, validate

from api import explorer
from tests.api.conftest import SCHEMA

STATIC = Path(explorer.__file__).parent / "static"
EXAMPLES = (STATIC / "examples.graphql").read_text().strip().split("\n\n# ")


async def test_a_browser_gets_the_explorer_and_everything_it_loads_from_here(client):
    answer = await client.get("/graphql", headers={"accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    loaded = re.findall(r'(?:src|href)="([^"]+)"', answer.text)
    assert len(loaded) >= 6
    for path in loaded:
        assert path.startswith(("/explorer/", "data:"))
        if path.startswith("/"):
            assert (await client.get(path)).status_code == 200


def test_the_page_names_no_other_server():
    for file in ("index.html", "explorer.js", "explorer.css", "graphiql.css"):
        text = (STATIC / file).read_text().replace("http://www.w3.org", "")
        assert not re.findall(r"https?://|//[a-z]+\.", text), file


def test_whose_work_is_served_is_said():
    licences = (STATIC / "LICENCES.txt").read_text()
    assert {"graphiql", "react", "react-dom", "codemirror", "graphql"} <= set(
        re.findall(r"^- (\S+) ", licences, re.MULTILINE)
    )


@pytest.mark.parametrize("example", range(10))
def test_every_example_is_a_question_of_this_schema(example):
    assert len(EXAMPLES) == 10
    assert validate(SCHEMA, parse(f"# {EXAMPLES[example].removeprefix('# ')}")) == []
