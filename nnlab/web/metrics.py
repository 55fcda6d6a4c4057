"""What the server holds and how it answers, in numbers for Prometheus."""

from __future__ import annotations

import time
from collections.abc import Iterable

from flask import Flask, Response, current_app, g, request
from flask_openapi import APIBlueprint, Tag
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

bp = APIBlueprint("metrics", __name__, abp_tags=[Tag(name="health", description="For whoever runs the server")])

REQUEST_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Standing(Collector):
    """How things stand when somebody asks: what runners said last, at most a second ago, and which streams are open."""

    def __init__(self, app: Flask) -> None:
        self._extensions = app.extensions

    def collect(self) -> Iterable[Metric]:
        """The figures, as gauges without labels."""
        fleet = self._extensions["nnlab.fleet"]
        beats = fleet.beats()
        yield GaugeMetricFamily("nnlab_runners", "Runners that have been heard of.", len(beats))
        awake, training = sum(beat.awake for beat in beats), sum(beat.training for beat in beats)
        yield GaugeMetricFamily("nnlab_sessions_awake", "Sessions, and rooms, in the memory of all runners.", awake)
        yield GaugeMetricFamily("nnlab_sessions_training", "Sessions that train.", training)
        yield GaugeMetricFamily("nnlab_load", "How busy the least busy runner is, 0 to 1.", fleet.load())
        streams = self._extensions["nnlab.places"].taken
        yield GaugeMetricFamily("nnlab_streams", "Streams that this web process writes.", streams)


def init_metrics(app: Flask) -> None:
    """Measure every request of the application; call it before any other that handles requests."""
    registry = CollectorRegistry()
    registry.register(Standing(app))
    ProcessCollector(registry=registry)
    app.extensions["nnlab.metrics"] = registry
    seconds = Histogram(
        "nnlab_request_seconds",
        "From a request, read, to the beginning of its answer; without endpoint: of an address that is none.",
        ["endpoint", "status"],
        registry=registry,
        buckets=REQUEST_BUCKETS_S,
    )

    def begin() -> None:
        g.began_s = time.perf_counter()

    def observe(response: Response) -> Response:
        if "began_s" in g:
            seconds.labels(request.endpoint or "", response.status_code).observe(time.perf_counter() - g.began_s)
        return response

    app.before_request(begin)
    app.after_request(observe)


@bp.get("/metrics", responses={200: {"content": {"text/plain": {}}}})
def show_metrics() -> Response:
    """Numbers of this web process and its runners, in the text format of Prometheus."""
    return Response(generate_latest(current_app.extensions["nnlab.metrics"]), content_type=CONTENT_TYPE_LATEST)
