"""All kinds of facts, in the order in which they need each other."""

from collections.abc import Callable

from duckdb import DuckDBPyConnection

from graph.progress import Progress, silent
from linkage.cleaning.stated import state_people
from linkage.cleaning.text import define_words
from linkage.facts.addresses import want_addresses
from linkage.facts.biographics import want_biographics
from linkage.facts.describes import want_identities
from linkage.facts.hearings import want_hearings
from linkage.facts.origins import trace_origins
from linkage.facts.releases import want_releases
from linkage.facts.review import want_evidence
from linkage.facts.stated import want_stated
from linkage.facts.whose import want_scopes


def state_facts(connection: DuckDBPyConnection, progress: Progress = silent) -> None:
    """Make a table `desired_<kind>` for every kind that rests on what records say.

    Needs the store's views and linkage's `people`, `identities`, `places` and `pairs` on this
    connection, and keeps `hearing_ids` there.
    """
    stages: list[Callable[[DuckDBPyConnection], None]] = [
        define_words,
        state_people,
        trace_origins,
        want_identities,
        want_evidence,
        want_biographics,
        want_releases,
        want_addresses,
        want_hearings,
        want_scopes,
        want_stated,
    ]
    for done, stage in enumerate(stages):
        progress("stating facts", done, len(stages))
        stage(connection)
    progress("stating facts", len(stages), len(stages))
