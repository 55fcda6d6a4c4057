"""`make study-pictures`: the figure of every study with its default settings, in every language, and what each found.

Whoever changes a study or the engine makes them anew; the findings are printed for docs/results.md.
"""

from __future__ import annotations

import io
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image

from nnlab.studies.drawing import picture
from nnlab.studies.processes import Processes
from nnlab.studies.registry import STUDIES
from nnlab.studies.results import chart_of, summary_of
from nnlab.studies.runs import Runs, Standing
from nnlab.studies.store import StudyStore
from nnlab.web.pages.languages import languages, translated
from tests.serving import ROOT

FOLDER = ROOT / "static" / "pictures" / "studies"
WIDTH, HEIGHT = 800, 494
NARROW = 560
QUALITY = 72
WORKERS = 2
LOOK_EVERY_S = 0.02


def run_all(names: list[str]) -> None:
    """Run the studies one after the other; print how long each took until its first part and its end."""
    for name in names:
        runs = Runs(StudyStore(None), lambda: Processes(WORKERS), workers=WORKERS)
        first_s, whole_s, standing = timed(runs, name)
        rows = runs.rows(standing)
        runs.close()
        summary = summary_of(name, standing.parameters, rows)
        print(f"{name}: first part {first_s:.1f} s, end {whole_s:.1f} s. {summary and summary.finding}", flush=True)
        draw_all(name, standing.parameters, rows)


def timed(runs: Runs, name: str) -> tuple[float, float, Standing]:
    """Seconds until the first part and until the end, and how the run then stands."""
    began, first_s = time.monotonic(), 0.0
    run_id = runs.create(name, {})
    while (standing := runs.standing(run_id)).state in ("queued", "running"):
        first_s = first_s or (time.monotonic() - began if standing.done else 0.0)
        time.sleep(LOOK_EVERY_S)
    whole_s = time.monotonic() - began
    return first_s or whole_s, whole_s, standing


def draw_all(name: str, parameters: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Write its pictures in every language."""
    for language in languages():
        chart = chart_of(name, parameters, rows, say=partial(translated, language=language))
        folder = FOLDER / language
        folder.mkdir(parents=True, exist_ok=True)
        draw_four(chart, folder / name)


def draw_four(chart: dict[str, Any], target: Path) -> None:
    """One chart, wide and narrow, on light and on dark paper."""
    for theme, suffix in (("light", ""), ("dark", "-dark")):
        framed(drawn(chart, theme, narrow=False)).save(f"{target}{suffix}.webp", quality=QUALITY)
        narrow = drawn(chart, theme, narrow=True)
        narrow.thumbnail((NARROW, narrow.height), Image.Resampling.LANCZOS)
        narrow.save(f"{target}-narrow{suffix}.webp", quality=QUALITY)


def drawn(chart: dict[str, Any], theme: str, *, narrow: bool) -> Image.Image:
    """One picture."""
    return Image.open(io.BytesIO(picture(chart, kind="png", theme=theme, narrow=narrow))).convert("RGB")


def framed(content: Image.Image) -> Image.Image:
    """A picture's paper in the middle of a frame of the size that all have."""
    content.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    frame = Image.new("RGB", (WIDTH, HEIGHT), content.getpixel((1, 1)))
    frame.paste(content, ((WIDTH - content.width) // 2, (HEIGHT - content.height) // 2))
    return frame


if __name__ == "__main__":
    run_all(sys.argv[1:] or list(STUDIES))
