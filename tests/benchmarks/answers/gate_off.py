"""sponsorgraph with the gate off: the same API, where whoever comes sees all and nothing is kept.

Only here, to measure what the gate costs: no command serves like this.
"""

import os
from pathlib import Path
from tempfile import mkdtemp

from api.admission import as_one
from api.app import create_app
from api.audit.keeping import Audit
from api.audit.log import Entry, Log
from api.server import Server
from api.settings import ApiSettings
from graph.settings import Settings
from graph.sharing import SEES_EVERYTHING


class KeepsNothing(Audit):
    """An audit that says of every row that it is kept."""

    async def keep(self, entry: Entry) -> None:  # noqa: ARG002 - it is not kept
        return


def main() -> None:
    limits = ApiSettings()
    audit = KeepsNothing(Log(Path(mkdtemp())))
    app = create_app(Settings(), limits, admits=as_one(SEES_EVERYTHING), audit=audit)
    port = int(os.environ["PORT"])
    Server(app, "127.0.0.1", port, limits, app.state.readiness.leave, None).run()


if __name__ == "__main__":
    main()
