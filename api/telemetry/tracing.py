"""Spans from the request to the statement, in OpenTelemetry's words; off unless configured.

`OTEL_EXPORTER_OTLP_ENDPOINT` (or `OTEL_TRACES_EXPORTER=console`) switches them on; the other
`OTEL_…` variables mean what they mean everywhere. A span names fields of the schema, kinds of
operations and outcomes. No exception is recorded in one: its words may quote what somebody asked.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString

from graphql import OperationDefinitionNode
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SpanExporter
from opentelemetry.trace import (
    Span,
    SpanKind,
    Status,
    StatusCode,
    Tracer,
    get_current_span,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from api.context import Answer, Context, Reads, Writes
from graph.selection import Asked
from graph.writes.steps import Steps

_SERVICE = "sponsorgraph"
_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
# An operation is called what its author called it, if that is a word: a number may be somebody's.
_WORD = re.compile(r"[A-Za-z_]{1,60}")
_PARENT = TraceContextTextMapPropagator()


class Tracing:
    """Begins the spans of one process."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer: Tracer = provider.get_tracer(_SERVICE)

    @contextmanager
    def request(self, headers: Mapping[bytes, bytes]) -> Iterator[Span]:
        """One HTTP request, within the trace that its `traceparent` names."""
        carried = {
            name: headers[name.encode()].decode("latin-1")
            for name in _PARENT.fields
            if name.encode() in headers
        }
        with self._tracer.start_as_current_span(
            "POST /graphql",
            _PARENT.extract(carried),
            SpanKind.SERVER,
            {"http.request.method": "POST", "http.route": "/graphql"},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            yield span

    def answered(self, span: Span, status: int) -> None:
        """The end of a request, by its HTTP status."""
        span.set_attribute("http.response.status_code", status)
        if status >= _SERVER_ERROR:
            span.set_status(Status(StatusCode.ERROR))

    @contextmanager
    def step(self, name: str, kind: SpanKind = SpanKind.INTERNAL) -> Iterator[Span]:
        """Something that is done on the way; it fails without a word."""
        with self._tracer.start_as_current_span(
            name, kind=kind, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except BaseException:
                span.set_status(Status(StatusCode.ERROR))
                raise

    @contextmanager
    def statement(self, of: str) -> Iterator[Span]:
        """One statement, by the field or type of the schema that it answers."""
        with self.step(f"read {of}", SpanKind.CLIENT) as span:
            span.set_attribute("db.system.name", "neo4j")
            span.set_attribute("graphql.field.name", of)
            yield span

    def describe(self, operation: OperationDefinitionNode, signature: str) -> None:
        """Which operation the span is of: kind, name if it is a word, shape without any value."""
        span = get_current_span()
        kind = operation.operation.value
        span.set_attribute("graphql.operation.type", kind)
        span.set_attribute("graphql.document.signature", signature)
        name = operation.name.value if operation.name else ""
        if _WORD.fullmatch(name):
            span.set_attribute("graphql.operation.name", name)
        span.update_name(f"{kind} {name}" if _WORD.fullmatch(name) else kind)

    def context(self, asked: Asked, reads: Reads, writes: Writes | None) -> Context:
        return TracedContext(asked, reads, writes, tracing=self)

    def close(self) -> None:
        """Send what has not been sent; the process ends."""
        self._provider.shutdown()


@dataclass(slots=True)
class TracedContext(Context):
    """An operation's circumstances, with a span for everything that is asked of the database."""

    tracing: Tracing | None = None

    async def read(
        self, text: LiteralString, parameters: Mapping[str, Any], of: str = ""
    ) -> list[Any]:
        assert self.tracing is not None
        with self.tracing.statement(of) as span:
            # By its name: a class with slots is made anew, and `super()` would mean the old one.
            found = await Context.read(self, text, parameters, of)
            span.set_attribute("db.response.returned_rows", sum(map(_rows, found)))
            return found

    async def write(self, steps: Callable[[], Steps[Answer]]) -> Answer:
        assert self.tracing is not None
        with self.tracing.step("write", SpanKind.CLIENT):
            return await Context.write(self, steps)


def _rows(found: Any) -> int:
    return len(found) if isinstance(found, list) else 1


_SERVER_ERROR = 500


def tracing_from_environment(environment: Mapping[str, str] = os.environ) -> Tracing | None:
    """Tracing as the `OTEL_…` variables have it; None where they ask for none."""
    exporter = _exporter(environment)
    if exporter is None or environment.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return None
    named = environment.get("OTEL_SERVICE_NAME") or _SERVICE
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: named}))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return Tracing(provider)


def _exporter(environment: Mapping[str, str]) -> SpanExporter | None:
    asked = environment.get("OTEL_TRACES_EXPORTER", "").strip().lower()
    if asked == "console":
        return ConsoleSpanExporter()
    if asked == "none" or not (asked == "otlp" or any(map(environment.get, _ENDPOINTS))):
        return None
    # Only then: it brings a client for HTTP with it.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
        OTLPSpanExporter,
    )

    return OTLPSpanExporter()
