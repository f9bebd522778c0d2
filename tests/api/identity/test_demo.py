"""The demo's issuer lets everybody in, so it is nowhere but in a demo."""

import json
import stat
from types import SimpleNamespace

import httpx
import pytest
from starlette.applications import Starlette
from typer.testing import CliRunner

from api.cli import app as command
from api.identity.admitting import Identity
from api.identity.demo import BASIS, demo_issuer, note_made
from api.identity.revoked import digest_of
from api.identity.signing_in import routes
from api.settings import ApiSettings
from graph.errors import UsageError
from graph.settings import Settings
from graph.sharing.policy import ROLES
from graph.vocabulary.viewers import NEEDS_A_CASE, ViewerRole
from linkage.store import committed

LOOPBACK = "127.0.0.1"


@pytest.fixture
def home(tmp_path):
    """A home in which the demo made all there is."""
    _deliver(tmp_path, "000001-aaaa", "000002-bbbb")
    note_made(tmp_path, {"aaaa", "bbbb"})
    return tmp_path


@pytest.fixture
def settings(home):
    return Settings(home=home, neo4j_uri=None)


def _deliver(home, *names):
    for name in names:
        (home / "store" / "deliveries" / name).mkdir(parents=True)


def refusal(settings, allowed=None, host=LOOPBACK):
    with pytest.raises(UsageError) as refused:
        demo_issuer(settings, allowed or ApiSettings(), host)
    return str(refused.value)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.7", "cases.example"])
def test_it_serves_this_machine_alone(settings, host):
    assert "127.0.0.1 alone" in refusal(settings, host=host)


def test_it_stands_beside_no_issuer_no_proxy_and_no_server_of_ones_own(settings, home):
    assert "ISSUERS" in refusal(settings, ApiSettings(issuers=home / "issuers.toml"))
    assert "HOST_NAMES" in refusal(settings, ApiSettings(host_names=frozenset({"cases.example"})))
    origins = frozenset({"https://cases.example"})
    assert "TRUSTED_ORIGINS" in refusal(settings, ApiSettings(trusted_origins=origins))
    elsewhere = settings.model_copy(update={"neo4j_uri": "bolt://127.0.0.1:7687"})
    assert "NEO4J_URI" in refusal(elsewhere)


def test_one_delivery_that_the_demo_did_not_make_ends_it(settings, home):
    assert demo_issuer(settings, ApiSettings(), LOOPBACK)
    _deliver(home, "000003-cccc")
    assert "nothing else" in refusal(settings)


def test_a_home_without_a_demo_has_none(tmp_path):
    assert "nothing else" in refusal(Settings(home=tmp_path, neo4j_uri=None))
    _deliver(tmp_path, "000001-aaaa")
    for said in ("", "[]", "{}", '{"deliveries": 1}', '{"deliveries": []}'):
        (tmp_path / "demo-made.json").write_text(said)
        assert "nothing else" in refusal(Settings(home=tmp_path, neo4j_uri=None))


def test_deliveries_lie_where_linkage_keeps_them(home):
    assert [folder.name for folder in committed(home / "store")] == ["000001-aaaa", "000002-bbbb"]


def test_its_key_is_its_owners_alone_and_stays_the_same(settings, home):
    one, other = (demo_issuer(settings, ApiSettings(), LOOPBACK) for _ in range(2))
    assert stat.S_IMODE((home / "demo-issuer.pem").stat().st_mode) == 0o600
    assert one._key.private_numbers() == other._key.private_numbers()
    assert [file.name for file in home.glob("demo-issuer*")] == ["demo-issuer.pem"]
    (home / "demo-issuer.pem").chmod(0o644)
    assert "chmod 600" in refusal(settings)


async def test_its_tokens_let_one_be_anybody_there(settings):
    issuer = demo_issuer(settings, ApiSettings(), LOOPBACK)
    admits = Identity([issuer.issuer], read=lambda _: issuer.published)
    for role, rules in ROLES.items():
        said = {
            "authorization": f"Bearer {issuer.token(role, 'Houston', 'ana')}",
            "purpose": rules.purposes[0], "basis": BASIS,
        }  # fmt: skip
        if rules.purposes[0] in NEEDS_A_CASE:
            said["case"] = "Houston"
        viewer = await admits(said)
        assert (viewer.role, viewer.name) == (role, "demo/ana")
        assert len(viewer.scopes) == (rules.scope not in ("EVERYONE", "NOBODY"))


def test_two_tokens_made_alike_in_one_second_are_revoked_each_by_itself(settings, monkeypatch):
    monkeypatch.setattr("api.identity.demo.time", SimpleNamespace(time=lambda: 1_700_000_000.0))
    issuer = demo_issuer(settings, ApiSettings(), LOOPBACK)
    one, other = (issuer.token(ViewerRole.ORR_TRIAGE, name="ana") for _ in range(2))
    assert digest_of(one) != digest_of(other)


@pytest.fixture
async def page(settings):
    issuer = demo_issuer(settings, ApiSettings(), LOOPBACK)
    transport = httpx.ASGITransport(app=Starlette(routes=[*routes(issuer)]))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


async def test_the_page_is_told_the_roles_and_gets_a_token_for_one(page):
    roles = (await page.get("/demo/roles")).json()["roles"]
    assert [one["role"] for one in roles] == list(ViewerRole)
    answer = await page.post("/demo/tokens", json={"role": "ERO_FOJC", "of": "Houston"})
    assert answer.json()["token"].count(".") == 2
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "sent",
    [{"content": b'{"role": "ERO_FOJC"}'}, {"json": {"role": "BOSS"}}, {"json": []}, {"json": {}},
     {"json": {"role": "ERO_FOJC", "of": 7}}, {"json": {"role": "ERO_FOJC", "of": "x" * 101}},
     {"data": {"role": "ERO_FOJC"}}, {"json": {"role": ["ERO_FOJC"]}}, {"json": {"role": "x" * 2_000}},
     {"content": b"{", "headers": {"content-type": "application/json"}}],
)  # fmt: skip
async def test_what_is_no_sign_in_gets_none(page, sent):
    answer = await page.post("/demo/tokens", **sent)
    assert answer.status_code == 400
    assert "token" not in answer.json()


def test_nothing_is_served_where_nobody_could_ask(tmp_path, monkeypatch):
    for name in ("NEO4J_URI", "SPONSORGRAPH_API_ISSUERS"):
        monkeypatch.delenv(name, raising=False)
    for options, told in (([], "Nobody could ask"), (["--demo"], "nothing else")):
        done = CliRunner().invoke(command, ["--home", str(tmp_path), "serve", *options])
        assert isinstance(done.exception, UsageError)
        assert told in str(done.exception)


def test_the_command_shows_a_line_to_ask_with(home, monkeypatch):
    monkeypatch.delenv("NEO4J_URI", raising=False)
    asked = ["--home", str(home), "token", "--role", "ERO_FOJC", "--purpose", "COURT_NOTICE"]
    shown = CliRunner().invoke(command, [*asked, "--of", "Houston"]).stdout
    assert shown.startswith("curl -s http://127.0.0.1:8000/graphql")
    assert "-H 'Sponsorgraph-Purpose: COURT_NOTICE'" in shown
    headers = json.loads(CliRunner().invoke(command, [*asked, "--json"]).stdout)
    assert set(headers) == {"Authorization", "Sponsorgraph-Purpose", "Sponsorgraph-Basis"}
