"""What can be done from the shell: `flask --app app study NAME --param k=v --out DIR`."""

from __future__ import annotations

import json
import os
import time
from base64 import b64decode
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext

from nnlab.errors import NnlabError
from nnlab.fleet.store.copying import copy_all
from nnlab.studies.processes import Processes
from nnlab.studies.registry import STUDIES, parameters_of, study_named
from nnlab.studies.results import chart_of, csv_of, linked, summary_of
from nnlab.studies.runs import Runs, Standing
from nnlab.studies.store import StudyStore
from nnlab.studies.text import fields_of
from nnlab.web.state import settings

LOOK_EVERY_S = 0.2


def init_shell(app: Flask) -> None:
    """Give `app` its commands."""
    app.cli.add_command(study)
    app.cli.add_command(copy_sessions)
    app.cli.add_command(restart_runners)
    app.cli.add_command(stop_runners)


@click.command()
@click.argument("target")
@with_appcontext
def copy_sessions(target: str) -> None:
    """Copy every session and room from the database of NNLAB_DATABASE to TARGET, a path or postgresql://..."""
    try:
        count = copy_all(settings().database, target)
    except NnlabError as error:
        raise click.ClickException(error.detail) from None
    click.echo(f"{count} copied; now let NNLAB_DATABASE name the target.")


@click.command()
@with_appcontext
def restart_runners() -> None:
    """Restart the runners of the cluster one by one, with the present code, settings and number; sessions go on."""
    for line in _crew().restart():
        click.echo(line)


@click.command()
@with_appcontext
def stop_runners() -> None:
    """Stop all runners of the cluster, with every session at rest in the store. Stop the web processes first."""
    for line in _crew().stop():
        click.echo(line)


def _crew() -> Any:
    """The runners of the cluster. Raises ClickException without one."""
    if not settings().ray:
        raise click.ClickException("NNLAB_RAY names no cluster: runners of one machine end with their server.")
    from nnlab.fleet.ray.crew import Crew

    try:
        return Crew(settings())
    except NnlabError as error:
        raise click.ClickException(error.detail) from None


@click.command()
@click.argument("name", required=False)
@click.option("--param", "params", multiple=True, metavar="K=V", help="A parameter, such as seeds=10 or hidden=3,20.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("."), help="Folder of the files.")
@click.option("--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help="Processes that train.")
def study(name: str | None, params: tuple[str, ...], out: Path, workers: int) -> None:
    """Run the study NAME and write its result (JSON, CSV) and figure (SVG, PNG; light and dark). Without NAME: list."""
    if name is None:
        return list_studies()
    executor = Processes(workers)
    runs = Runs(StudyStore(None), lambda: executor, workers=workers)
    try:
        fields = fields_of(study_named(name), dict(_pair(text) for text in params))
        standing = wait_for(runs, runs.create(name, fields))
        if standing.state == "failed":
            raise click.ClickException(standing.problem)
        write(standing, runs.rows(standing), out, executor)
    except NnlabError as error:
        raise click.ClickException(error.detail) from None
    finally:
        runs.close()
        executor.close()


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


def list_studies() -> None:
    """Print every study with its question and its parameters."""
    for one in STUDIES.values():
        click.echo(f"{one.name}: {one.question}")
        for row in parameters_of(one):
            click.echo(f"    {row['name']}={json.dumps(row['default'])}  {row['help']}")


def wait_for(runs: Runs, run_id: str) -> Standing:
    """Show how a run goes until it has ended."""
    with click.progressbar(length=1000, label="training") as bar:
        while (standing := runs.standing(run_id)).state in ("queued", "running"):
            bar.update(int(1000 * standing.progress) - bar.pos)
            time.sleep(LOOK_EVERY_S)
        bar.update(1000 - bar.pos)
    return standing


def write(standing: Standing, rows: list[Any], out: Path, executor: Processes) -> None:
    """Write what came of a run, and say it."""
    out.mkdir(parents=True, exist_ok=True)
    summary = summary_of(standing.study, standing.parameters, rows)
    said = summary.json if summary else None
    result = {
        "study": standing.study,
        "parameters": standing.parameters,
        "result": {"rows": linked(standing.study, standing.parameters, rows)},
        "summary": said,
    }
    chart = chart_of(standing.study, standing.parameters, rows)
    base = out / standing.study
    base.with_suffix(".json").write_text(json.dumps(result, indent=1))
    base.with_suffix(".csv").write_text(csv_of(rows))
    for theme, kind in (("light", "svg"), ("light", "png"), ("dark", "svg"), ("dark", "png")):
        task = {"kind": "picture", "chart": chart, "format": kind, "theme": theme, "narrow": False}
        name = f"{standing.study}{'-dark' if theme == 'dark' else ''}.{kind}"
        (out / name).write_bytes(b64decode(executor.submit(task).result()))
    click.echo(str(summary.finding) if summary else "Nothing was measured.")
