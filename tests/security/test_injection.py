"""Whatever is written into an argument, a header or a request stays a value: nothing reads it as more."""

import ast
import asyncio
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_required_argument,
)

import api
import graph
from tests.api.attacking import HOST, served_apart
from tests.api.conftest import SCHEMA
from tests.signing import in_lines

# Each has a word by which it is known wherever it turns up.
WORD = "zqx"
HOSTILE = [
    f"{WORD}'}}) DETACH DELETE n //", f'{WORD}"}}) RETURN 1 UNION MATCH (n) RETURN n //',
    f"`{WORD}`) MATCH (n) //", f"{WORD} OR 1=1", f"{WORD}* OR *:*", f"/{WORD}.*/", f"name:{WORD}~ AND -(",
    f"$(touch {WORD})", f"; rm -rf {WORD}", f"${{jndi:ldap://{WORD}.example}}", f"https://{WORD}.example/",
    f"../../{WORD}", f"{WORD}\r\nSet-Cookie: a=b", f"{WORD}\x00", f"{WORD}\u202e", f"{WORD}\\", f"<script>{WORD}</script>",
    f"{{{{{WORD}}}}}", WORD * 1_500,
]  # fmt: skip
USUAL = {
    "ID": "child_x", "String": "Maria", "Date": "2024-01-01", "DateTime": "2024-01-01T00:00:00Z",
    "Int": 5, "Float": 5.0, "Boolean": False,
}  # fmt: skip


def usual(type_):
    if isinstance(type_, GraphQLNonNull):
        return usual(type_.of_type)
    if isinstance(type_, GraphQLList):
        return [usual(type_.of_type)]
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    if isinstance(type_, GraphQLInputObjectType):
        return {name: usual(field.type) for name, field in type_.fields.items()}
    return USUAL[type_.name]


def with_it(type_, value):
    """The usual value with every text in it replaced; None where there is none to replace."""
    if isinstance(type_, GraphQLNonNull):
        return with_it(type_.of_type, value)
    if isinstance(type_, GraphQLList):
        inner = with_it(type_.of_type, value)
        return None if inner is None else [inner]
    if isinstance(type_, GraphQLInputObjectType):
        texts = {name: with_it(field.type, value) for name, field in type_.fields.items()}
        texts = {name: text for name, text in texts.items() if text is not None}
        return {**usual(type_), **texts} if texts else None
    return value if getattr(type_, "name", "") in {"ID", "String"} else None


def texts(kind):
    """Every field of a kind, and each argument of it that takes text."""
    return [
        (field, name)
        for field, made in kind.fields.items()
        for name, argument in made.args.items()
        if with_it(argument.type, "x") is not None
    ]


def document(kind, field, name):
    made = kind.fields[field]
    taken = {
        each: one for each, one in made.args.items() if is_required_argument(one) or each == name
    }
    asked = ", ".join(f"${each}: {one.type}" for each, one in taken.items())
    given = ", ".join(f"{each}: ${each}" for each in taken)
    part = (
        " { __typename }"
        if hasattr(get_named_type(made.type), "fields")
        or hasattr(get_named_type(made.type), "types")
        else ""
    )
    kind_of = "mutation" if kind is SCHEMA.mutation_type else "query"
    return f"{kind_of} ({asked}) {{ {field}({given}){part} }}", {
        each: usual(one.type) for each, one in taken.items()
    }


async def count(door):
    async with door.reading() as session:
        found = await (await session.run("MATCH (n) RETURN count(n) AS many")).single(strict=True)
        return found["many"]


@pytest.mark.parametrize(
    ("kind", "field", "name"),
    [(kind, *one) for kind in (SCHEMA.query_type, SCHEMA.mutation_type) for one in texts(kind)],
    ids=str,
)
async def test_no_text_becomes_part_of_a_statement(world, ask, async_door, kind, field, name):
    await world.a_child()
    text, variables = document(kind, field, name)
    there = await count(async_door)
    for value in HOSTILE:
        sent = with_it(kind.fields[field].args[name].type, value)
        result = await ask.result(text, **{**variables, name: sent})
        assert not [one for one in ask.statements if WORD in one[0]]
        for error in result.errors or ():
            assert (error.extensions or {}).get("code") != "INTERNAL", (value, error)
    assert await count(async_door) == there


SMUGGLED = b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n"
LINE = b"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
SMUGGLING = {
    "two ways of telling its length": LINE + b"content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "two lengths": LINE + b"content-length: 0\r\ncontent-length: 43\r\n\r\n" + SMUGGLED,
    "a length and a sign": LINE + b"content-length: +0\r\n\r\n" + SMUGGLED,
    "a list of lengths": LINE + b"content-length: 0, 43\r\n\r\n" + SMUGGLED,
    "a coding that is none": LINE + b"transfer-encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a coding twice": LINE + b"transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a space before the colon": LINE + b"content-length : 0\r\n\r\n" + SMUGGLED,
    "a folded header": LINE + b"x: a\r\n content-length: 0\r\n\r\n" + SMUGGLED,
    "a line end alone": LINE.replace(b"\r\n", b"\n") + b"transfer-encoding:\n chunked\n\n0\n\n" + SMUGGLED,
    "a chunk with a tail": LINE + b"transfer-encoding: chunked\r\n\r\n0;\n" + SMUGGLED + b"\r\n\r\n",
    "a zero in the name": LINE + b"content-length\x00: 0\r\n\r\n" + SMUGGLED,
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Path:
    return Path(tmp_path_factory.mktemp("told")) / "told"


@pytest.fixture(scope="module")
def victim(served_settings, told):
    with (
        told.open("wb") as file,
        served_apart(served_settings, told=file, seconds_to_send=3) as served,
    ):
        yield served


@pytest.mark.parametrize("name", SMUGGLING)
async def test_no_second_request_is_smuggled_in_the_body_of_a_first(victim, name):
    reader, writer = await asyncio.open_connection(HOST, victim.port)
    writer.write(SMUGGLING[name])
    reply = await asyncio.wait_for(reader.read(), 20)
    writer.close()
    assert reply.startswith(b"HTTP/1.1 4")
    assert b'{"status":"alive"}' not in reply
    assert b"connection: close" in reply


async def test_nothing_that_is_sent_makes_a_header_or_a_line_of_the_log(victim, told):
    who = in_lines(victim.sign_ins.headers())
    lines = [
        b"GET /%0d%0aset-cookie:%20zqx=1 HTTP/1.1\r\nhost: localhost\r\n",
        b"GET /explorer/%0d%0azqx HTTP/1.1\r\nhost: localhost\r\n",
        LINE + who + b"content-length: 1\r\nx-zqx: \x1b[2J\r\n",
        b"OPTIONS /graphql HTTP/1.1\r\nhost: localhost\r\norigin: https://zqx.example\r\n",
        b"ZQX / HTTP/1.1\r\nhost: localhost\r\n",
    ]
    for line in lines:
        reader, writer = await asyncio.open_connection(HOST, victim.port)
        writer.write(line + b"connection: close\r\n\r\n{")
        head, _, _ = (await asyncio.wait_for(reader.read(), 20)).partition(b"\r\n\r\n")
        writer.close()
        assert b"zqx" not in head.lower()
    assert b"zqx" not in told.read_bytes().lower()


@pytest.mark.parametrize("name", ["access_token", "token", "authorization", "query", "purpose"])
async def test_nobody_is_let_in_by_what_stands_in_the_address(victim, told, name):
    """An address is kept by browsers, proxies and their logs."""
    token = victim.sign_ins.token()
    who = {n: v for n, v in victim.sign_ins.headers().items() if n != "Authorization"}
    async with victim.client() as client:
        client.headers.pop("authorization")
        answer = await client.post(
            "/graphql", params={name: token}, json={"query": "{ __typename }"}, headers=who
        )
        assert answer.status_code == 401
        asked = await client.get("/graphql", params={name: "{ __typename }"})
        assert asked.status_code == 405
    assert token.encode() not in told.read_bytes()


def test_what_is_served_calls_no_address_and_starts_no_program_that_somebody_could_name():
    """An issuer's keys and tokens and a trace's collector are settings; the rest goes to Neo4j.

    The worker speaks to whom its address book and settings name.
    """
    may = {"identity/fetching.py", "identity/signing_in.py", "embedded/jars.py", "embedded/aot.py",
           "worker/transports.py"}  # fmt: skip
    callers = {
        "urllib.request",
        "http.client",
        "requests",
        "httpx",
        "aiohttp",
        "aiosmtplib",
        "ftplib",
        "smtplib",
        "subprocess",
    }
    folder = Path(api.__path__[0]).parent
    for top in (api, graph):
        for file in sorted(Path(top.__path__[0]).rglob("*.py")):
            if file.relative_to(folder).as_posix().split("/", 1)[1] in may:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom):
                    names = [
                        node.module or "",
                        *(f"{node.module}.{alias.name}" for alias in node.names),
                    ]
                assert not callers.intersection(names), file
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert (
                        node.func.id not in {"eval", "exec", "__import__"}
                        or file.name == "answer.py"
                    ), file
