"""`sponsorgraph token`: who one is in the demo, for a terminal."""

import json
import shlex
from typing import Annotated

import typer

from api.commands.console import answers, print_json
from api.commands.serving import DEFAULT_PORT, LOOPBACK
from graph.settings import Settings
from graph.vocabulary.viewers import Purpose, ViewerRole

_QUESTION = "{ viewer { name role agency purpose scopes } }"


def token(
    context: typer.Context,
    role: Annotated[ViewerRole, typer.Option(help="In which role to ask.")],
    purpose: Annotated[Purpose, typer.Option(help="To what end.")],
    of: Annotated[
        str, typer.Option(help="Whose children: the role's office, court, provider or case.")
    ] = "",
    basis: Annotated[str | None, typer.Option(help="On which legal basis.")] = None,
    name: Annotated[str, typer.Option("--as", help="As whom.")] = "newcomer",
    port: Annotated[int, typer.Option(help="The port that the demo is served at.")] = DEFAULT_PORT,
    as_json: Annotated[bool, typer.Option("--json", help="Print the headers as JSON.")] = False,
) -> None:
    """Make a token of an hour for the demo, and show how to ask with it.

    Over any other home than a demo's it is refused: there, sign-ins are your agencies'.
    """
    from api.identity.demo import BASIS, demo_issuer  # noqa: PLC0415 - cryptography takes a while
    from api.settings import settings_from_environment  # noqa: PLC0415

    settings: Settings = context.obj
    issuer = demo_issuer(settings, settings_from_environment(), LOOPBACK)
    headers = {
        "Authorization": f"Bearer {issuer.token(role, of, name)}",
        "Sponsorgraph-Purpose": purpose,
        "Sponsorgraph-Basis": basis or BASIS,
        **({"Sponsorgraph-Case": of} if purpose is Purpose.TRAFFICKING_CASE else {}),
    }
    if as_json:
        print_json(headers)
        return
    lines = [f"curl -s http://{LOOPBACK}:{port}/graphql -H 'Content-Type: application/json'"]
    lines += [f"  -H {shlex.quote(f'{name}: {value}')}" for name, value in headers.items()]
    lines += [f"  -d {shlex.quote(json.dumps({'query': _QUESTION}))}"]
    answers.print(" \\\n".join(lines), markup=False, highlight=False, soft_wrap=True)
