"""The web layer: parse, call the fleet, answer. The only place that imports Flask."""

from __future__ import annotations

from pathlib import Path

from flask_openapi import Info, OpenAPI

from nnlab.errors import InvalidInput
from nnlab.fleet.local.fleet import LocalFleet
from nnlab.settings import Settings
from nnlab.web import health, metrics, roomstreams, runstreams, streams
from nnlab.web.api import catalog, comparing, control, points, reading, results, sessions, studies
from nnlab.web.api import rooms as room_api
from nnlab.web.http.allowance import init_allowances
from nnlab.web.http.body import StrictRequest
from nnlab.web.http.compression import init_compression
from nnlab.web.http.errors import Problem, init_errors, validation_problem
from nnlab.web.http.hosts import init_hosts
from nnlab.web.http.json_replies import init_json_replies
from nnlab.web.http.prefix import init_prefix
from nnlab.web.http.security import init_security
from nnlab.web.http.static import init_static
from nnlab.web.pages import docs, lessons, routes
from nnlab.web.pages import rooms as room_pages
from nnlab.web.pages import studies as study_pages
from nnlab.web.pages.languages import init_languages
from nnlab.web.rooms.desk import init_rooms
from nnlab.web.shell import init_shell
from nnlab.web.state import Fleet
from nnlab.web.studies import init_studies

ROOT = Path(__file__).resolve().parents[2]
INFO = Info(
    title="NNLab",
    version="1.0.0",
    description="Small neural networks, trained live: sessions, points, training, decision regions. See the page at /.",
)

STREAMS = (streams, roomstreams, runstreams)
API = (catalog, sessions, comparing, points, control, reading, *STREAMS, room_api, results, studies, health, metrics)
PAGES = (docs, lessons, routes, study_pages, room_pages)


def create_app(settings: Settings | None = None, fleet: Fleet | None = None) -> OpenAPI:
    """The application; its runners start with the first request or with `fleet.start()`."""
    settings = settings or Settings.from_environment()
    app = OpenAPI(
        "nnlab",
        info=INFO,
        doc_ui=False,
        validation_error_callback=validation_problem,
        validation_error_model=Problem,
        template_folder=ROOT / "templates",
        static_folder=ROOT / "static",
        instance_path=str(ROOT / "instance"),
    )
    app.openapi_version = "3.1.0"
    app.request_class = StrictRequest
    init_json_replies(app)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.extensions["nnlab.settings"] = settings
    app.extensions["nnlab.fleet"] = fleet or fleet_of(settings)
    metrics.init_metrics(app)
    streams.init_streams(app)
    init_studies(app)
    init_rooms(app)
    init_shell(app)
    init_allowances(app)
    init_errors(app)
    init_languages(app)
    init_security(app)
    init_hosts(app)
    init_static(app)
    init_compression(app)
    init_prefix(app, settings.prefix)
    for module in API:
        app.register_api(module.bp)
    for module in PAGES:
        app.register_blueprint(module.bp)
    return app


def fleet_of(settings: Settings) -> Fleet:
    """The fleet that the settings ask for: of this machine, or of a cluster. Only that one needs Ray.

    Raises InvalidInput when Ray is not installed, and for a database that other machines cannot reach.
    """
    if not settings.ray:
        return LocalFleet(settings)
    if isinstance(settings.database, Path):
        raise InvalidInput("NNLAB_RAY needs NNLAB_DATABASE=postgresql://...: its machines do not share a file.")
    try:
        from nnlab.fleet.ray.fleet import RayFleet
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "ray":
            raise
        raise InvalidInput(
            "NNLAB_RAY is set, but Ray is not installed: pip install -r requirements-cluster.txt."
        ) from None
    return RayFleet(settings)
