"""/metrics, as Prometheus reads it: this one process's counts since it started."""

from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Asking
from api.telemetry.counts import BUCKETS, Counts, Durations


class Metrics:
    """The page of one application."""

    def __init__(self, asking: Asking) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Collected(asking))
        ProcessCollector(registry=self._registry)  # memory, CPU, open files

    async def page(self, _: Request) -> Response:
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)


class _Collected(Collector):
    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def collect(self) -> Iterator[Metric]:
        counts = self._asking.counts
        yield from _operations(counts)
        yield _gauge("in_flight", "Operations under way.", counts.in_flight)
        yield _counter("statements", "Statements asked of the database.", counts.statements)
        yield _counter("rows", "Rows that it answered.", counts.rows)
        yield _counter("database_seconds", "How long it took.", counts.database_seconds)
        yield _labelled(
            "documents", "Documents, by how they were come by.", "found", self._asking.documents
        )
        yield _labelled("plans", "Plans of operations.", "found", self._asking.plans)
        yield _labelled("refusals", "Requests not answered at all.", "reason", counts.refusals)
        yield _gauge("websockets", "Open WebSockets.", counts.websockets)
        yield _gauge("subscriptions", "Subscriptions listened to.", counts.subscriptions)
        yield _counter("events", "Events told to subscribers.", counts.events)


def _operations(counts: Counts) -> Iterator[Metric]:
    operations = CounterMetricFamily(
        "sponsorgraph_operations", "Operations executed.", labels=("kind", "outcome")
    )
    for labels, many in counts.operations.items():
        operations.add_metric(labels, many)
    yield operations
    durations = HistogramMetricFamily(
        "sponsorgraph_operation_seconds", "From reading a request to its answer.", labels=("kind",)
    )
    for kind, took in counts.durations.items():
        durations.add_metric((kind,), _buckets(took), took.seconds)
    yield durations


def _buckets(took: Durations) -> list[tuple[str, float]]:
    limits = [*map(str, BUCKETS), "+Inf"]
    return list(zip(limits, map(float, accumulate(took.counts)), strict=True))


def _counter(name: str, text: str, value: float) -> Metric:
    return CounterMetricFamily(f"sponsorgraph_{name}", text, value=value)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"sponsorgraph_{name}", text, value=value)


def _labelled(name: str, text: str, label: str, values: dict[str, int]) -> Metric:
    family = CounterMetricFamily(f"sponsorgraph_{name}", text, labels=(label,))
    for value, many in values.items():
        family.add_metric((value,), many)
    return family
