import re
from pathlib import Path

import pytest

from api import explorer
from api.explorer import examples

STATIC = Path(explorer.__file__).parent / "static"


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
    for file in ("index.html", "asking.js", "explorer.js", "explorer.css", "graphiql.css"):
        text = (STATIC / file).read_text().replace("http://www.w3.org", "")
        assert not re.findall(r"https?://|//[a-z]+\.", text), file


def test_whose_work_is_served_is_said():
    licences = (STATIC / "LICENCES.txt").read_text()
    assert {"graphiql", "react", "react-dom", "codemirror", "graphql"} <= set(
        re.findall(r"^- (\S+) ", licences, re.MULTILINE)
    )


@pytest.mark.parametrize("example", range(15))
async def test_every_example_is_answered_by_one_statement(world, ask, example):
    assert len(examples()) == 15
    text, variables = examples()[example]
    child, sponsor = await world.a_child("A000000001", "Maria", "Lopez"), await world.a_sponsor()
    home = await world.an_address()
    await world.released_to(child, sponsor)
    await world.lives_at(child, home)
    await world.lives_at(child, await world.an_address("9 Elm St"), source="EOIR")
    await world.a_hearing(child, words=[("EOIR", "FAILED_TO_APPEAR")])
    twin = await world.a_record(of=await world.a_child())
    paper = await world.a_record(of=child)
    await world.a_pair(paper, twin)
    # The explorer's variables are of the demo; these are of the world above.
    here = {"child": child, "sponsor": sponsor, "name": "Maria Lopes", "aNumber": "A000000001"}
    here |= {"court": "HOU", "text": "12 Oak St Houston", "depth": 3, "to": sponsor}
    here |= {"first": 5, "left": paper, "right": twin}
    here |= {"address": home, "building": True, "state": "TX"}
    here |= {"text": "Maria Lopes 2009 Houston"} if "findChildren" in text else {}
    here |= {"from": "2024-01-01" if "court" in variables else child}
    given = {name: here[name] for name in variables}
    (answer,) = (await ask(text, **given)).values()
    assert answer
    assert answer.get("edges", [1])
    assert len(ask.statements) == 1
