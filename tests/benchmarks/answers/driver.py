"""The bare driver: hand-written Cypher and JSON, on the same server as sponsorgraph runs on.

The floor that any API over this graph stands on: a body names the question and its variables, one
statement answers, and the record is written as JSON. Nothing is parsed, checked or withheld.
"""

import os
from typing import Any

import neo4j
import orjson
import uvicorn

from tests.benchmarks.answers.questions import QUESTIONS

_HEADERS = [(b"content-type", b"application/json")]


class BareDriver:
    """An ASGI application over one driver, with the settings that sponsorgraph's own has."""

    def __init__(self) -> None:
        auth = os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"]
        self._driver = neo4j.AsyncGraphDatabase.driver(
            os.environ["NEO4J_URI"],
            auth=auth,
            max_connection_pool_size=50,
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": f"{message['type']}.complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        if scope["method"] == "GET":  # whether it is there yet
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message["body"]
            more = message.get("more_body", False)
        asked = orjson.loads(body)
        written = orjson.dumps({"data": await self._answer(asked)})
        length = (b"content-length", str(len(written)).encode())
        headers = [*_HEADERS, length]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": written})

    async def _answer(self, asked: dict[str, Any]) -> Any:
        async with self._driver.session(
            database="neo4j", default_access_mode=neo4j.READ_ACCESS
        ) as session:
            result = await session.run(QUESTIONS[asked["question"]].cypher, asked["variables"])
            record = await result.single()
            return record[0] if record else None


if __name__ == "__main__":
    port = int(os.environ["PORT"])
    uvicorn.run(BareDriver(), host="127.0.0.1", port=port, log_level="warning", access_log=False)
