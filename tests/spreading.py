"""The whole suite on two processes at once, each with a Neo4j of its own; a part of it plainly.

What shares a world that is made for it goes to one process, otherwise a file does. The longest come
first, so that both end at about the same time.
"""

import os
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

PROCESSES = 2  # a third would wait for the two's Neo4js

# By what their files' paths begin with.
_SHARES_A_WORLD = {
    "journeys/test_demo.py": "the demo",
    "journeys/test_readme.py": "the demo",
    "linkage/demo/": "demo worlds",
    "clients/": "the clients",
    # Their statements are the examples', which Neo4j plans for long.
    "api/test_explorer": "the examples",
    "api/test_warming.py": "the examples",
    "sharing/": "who may see what",
}
# What takes longest, with the longest first; the others follow as they were collected.
# Of the whole suite's 18 minutes a process beside other work: four minutes down to a quarter of one.
_LONGEST = (
    "who may see what",
    "journeys/test_expunging.py",
    "the demo",
    "journeys/test_reviewing.py",
    "api/test_paging.py",
    "journeys/test_judged.py",
    "api/test_follow_ups.py",
    "linkage/test_incremental.py",
    "graph/test_embedded_archive.py",
    "the clients",
    "api/test_attacks.py",
    "security/test_secrets.py",
    "journeys/test_killed.py",
    "graph/test_embedded_server.py",
    "api/test_schemathesis.py",
    "api/test_two_ways.py",
    "journeys/test_expunging_a_sponsor.py",
    "security/test_injection.py",
    "linkage/intake/test_store_durability.py",
    "security/test_supply.py",
    "journeys/test_link_twice.py",
    "api/worker/test_journey.py",
    "api/test_following.py",
    "api/test_listening.py",
    "api/worker/test_killed.py",
    "journeys/test_sealing.py",
    "api/test_searching_in_scope.py",
    "api/test_visibility.py",
    "api/test_admission.py",
    "the examples",
)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """None for whoever names files or asks for some tests only: two graphs take longer to start."""
    asked_for_some = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    if asked_for_some or config.option.keyword or config.option.collectonly:
        return 0
    return min(PROCESSES, os.cpu_count() or 1)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> "_ByWorld":
    return _ByWorld(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first, where each process takes the next; plainly they run as they stand."""
    if hasattr(config, "workerinput"):
        places = {group: place for place, group in enumerate(_LONGEST)}
        items.sort(key=lambda item: places.get(_group(item.nodeid), len(places)))


class _ByWorld(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out whole groups. (xdist's own, by marks, do nothing under pytest 9.2.)"""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid)


def _group(nodeid: str) -> str:
    path = nodeid.partition("::")[0].removeprefix("tests/")
    return next((to for begins, to in _SHARES_A_WORLD.items() if path.startswith(begins)), path)
