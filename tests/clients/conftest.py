"""One served graph and one folder of built clients for all of them."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
import pytest_asyncio

from api.app import create_app
from api.identity.admitting import Identity
from api.identity.issuers import load
from graph.connection import AsyncDoor, Door
from graph.settings import Settings
from tests.api.conftest import PATIENT, TODAY, _write, async_door, served_settings
from tests.api.world import World
from tests.clients.a_small_world import Written, written
from tests.clients.workbench import Workbench, laid_out
from tests.conftest import UNPUBLISHED, WIPED
from tests.serving import serving
from tests.signing import SignIns, sign_ins

__all__ = ["async_door", "served_settings"]


@pytest.fixture(scope="session")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """The clients' sources and what is installed for them; nothing is generated yet."""
    cache = Settings().cache
    return laid_out(tmp_path_factory.mktemp("clients") / "clients", cache)


@pytest.fixture(scope="session")
def built(workbench: Workbench) -> Workbench:
    """Types generated of the schema and the questions, and all of it compiled strictly."""
    for script in ("generate", "check", "build", "page"):
        workbench.run("npm", "run", script)
    return workbench


@pytest.fixture(scope="session")
def page_address(built: Workbench) -> Iterator[str]:
    """Where the page itself is served, by another server than the one that it asks."""
    files = partial(Quiet, directory=built.folder / "dist" / "page")
    with ThreadingHTTPServer(("127.0.0.1", 0), files) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> SignIns:
    """Who signs in whoever asks here."""
    return sign_ins(tmp_path_factory.mktemp("issuer"))


@pytest.fixture(scope="session")
def served(address: str, issuer: SignIns) -> dict[str, str]:
    """What a client is told: where the API is, and a token of its user's sign-in."""
    return {"SPONSORGRAPH_ADDRESS": address, "SPONSORGRAPH_TOKEN": issuer.token()}


@pytest.fixture(scope="session")
def address(served_settings: Settings, page_address: str, issuer: SignIns) -> Iterator[str]:
    """Where the API is served over real HTTP. It trusts the page's origin."""
    admits = Identity(load(issuer.folder / "issuers.toml"))
    limits = PATIENT.model_copy(update={"trusted_origins": frozenset({page_address})})
    with serving(
        create_app(served_settings, limits, admits=admits, clock=lambda: TODAY)
    ) as address:
        yield address


# By module, for other tests' worlds are written into the same graph.
@pytest_asyncio.fixture(scope="module")
async def world(shared_door: Door, async_door: AsyncDoor) -> World:
    with shared_door.writing() as session:
        session.run(WIPED).consume()
        session.run(UNPUBLISHED).consume()
    return World(partial(_write, async_door))


@pytest_asyncio.fixture(scope="module")
async def people(world: World) -> Written:
    found = await written(world)
    await world.publish()
    return found
