"""The benchmark's figures as text, JSON and a picture."""

from __future__ import annotations

import json
import platform
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.engine.workloads import WORKLOADS

Figures = dict[str, dict[str, dict[str, Any]]]

NAMES = {
    "nnlab": "NNLab",
    "floor": "C",
    "jax": "JAX, one loop",
    "torch": "PyTorch by hand",
    "sklearn": "scikit-learn",
    "convnetjs": "ConvNetJS",
}
# At most these ratios to a peer, as issue 3 asks.
TARGETS = {
    "convnetjs": {"W1": 0.48, "W2": 0.04, "W3": 0.02, "W4": 0.015, "W5": 0.015, "G1": 0.01, "G2": 0.01, "E1": 0.01},
    "jax": {"W1": 1.2, "W2": 0.9, "W3": 0.75, "W4": 0.95, "W5": 1.1, "G1": 0.45, "G2": 1.0, "E1": 0.35},
    "torch": {"W1": 0.2, "W2": 0.2, "W3": 0.3, "W4": 0.85, "W5": 1.05, "G1": 0.35, "G2": 0.4, "E1": 0.35},
}
UNITS = {"train": ("us a step", 1e6), "grid": ("ms a picture", 1e3), "ensemble": ("ms", 1e3)}
ROW, BAR, LEFT, GROUP = 16, 340, 130, 34


def text(figures: Figures) -> str:
    """Return tables of medians and of their ratios, of the fastest timings likewise, and of losses after 100 steps.

    On a machine that others use too, medians shift by what they do; the fastest timings are the ones left alone.
    """
    peers = list(next(iter(figures.values())))
    lines: list[str] = []
    for title, field in (("median", "seconds"), ("fastest", "best")):
        lines += ["", f"{title} us, ms".ljust(18) + "".join(name.rjust(14) for name in figures)]
        lines += [
            NAMES[peer].ljust(18) + "".join(_time(figures, name, peer, field) for name in figures) for peer in peers
        ]
        lines += [f"NNLab / peer, {title} (at most)"]
        for peer in peers:
            if peer != "nnlab" and "nnlab" in peers:
                lines.append(NAMES[peer].ljust(18) + "".join(_ratio(figures, name, peer, field) for name in figures))
    lines += ["", "loss after 100 steps"]
    lines += [NAMES[peer].ljust(18) + "".join(_loss(figures, name, peer) for name in figures) for peer in peers]
    return "\n".join(lines)


def _unit(name: str) -> tuple[str, float]:
    return UNITS[next(workload.kind for workload in WORKLOADS if workload.name == name)]


def _time(figures: Figures, name: str, peer: str, field: str) -> str:
    return f"{figures[name][peer][field] * _unit(name)[1]:.4g}".rjust(14)


def _ratio(figures: Figures, name: str, peer: str, field: str) -> str:
    ratio = figures[name]["nnlab"][field] / figures[name][peer][field]
    target = TARGETS.get(peer, {}).get(name)
    if target is None:
        return f"{ratio:.3g}".rjust(14)
    return f"{ratio:.3g}{' ' if ratio <= target else '!'}({target:g})".rjust(14)


def _loss(figures: Figures, name: str, peer: str) -> str:
    loss = figures[name][peer]["loss"]
    return ("-" if loss is None else f"{loss:.6f}").rjust(14)


def write(figures: Figures, folder: Path) -> None:
    """Write bench-engine.svg, and into bench-engine.json what this processor does, beside what others did."""
    folder.mkdir(exist_ok=True)
    path = folder / "bench-engine.json"
    runs = json.loads(path.read_text()) if path.exists() else {}
    runs[processor()] = {"python": platform.python_version(), "numpy": np.__version__, "figures": figures}
    path.write_text(json.dumps(runs, indent=1) + "\n")
    (folder / "bench-engine.svg").write_text(picture(figures))


def processor() -> str:
    """Return the processor's name where Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def picture(figures: Figures) -> str:
    """Return an SVG: for each workload a bar a peer, on a logarithmic scale of time as a multiple of NNLab's."""
    parts: list[str] = []
    top = 10
    for name, group in figures.items():
        workload = next(each for each in WORKLOADS if each.name == name)
        parts.append(_label(10, top + 12, f"{name}  {workload.title}", weight="600"))
        top += 20
        for peer, figure in sorted(group.items(), key=lambda item: item[1]["seconds"]):
            parts += _bar(top, name, peer, figure["seconds"], group["nnlab"]["seconds"])
            top += ROW
        top += GROUP - 20
    style = "text{font:12px system-ui,sans-serif;fill:#333}@media(prefers-color-scheme:dark){text{fill:#ddd}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {top}" role="img" '
        f'aria-label="Time of NNLab and its peers, logarithmic"><style>{style}</style>{"".join(parts)}</svg>\n'
    )


def _bar(top: int, name: str, peer: str, seconds: float, ours: float) -> list[str]:
    decades = np.log10(seconds / ours) + 1.5  # NNLab's bar ends at 1.5 decades
    width = max(2.0, BAR * decades / 5.0)
    colour = "#d9730d" if peer == "nnlab" else "#8aa4c0"
    unit, factor = _unit(name)
    return [
        _label(10, top + 11, NAMES[peer], weight="600" if peer == "nnlab" else "400"),
        f'<rect x="{LEFT}" y="{top + 1}" width="{width:.1f}" height="{ROW - 4}" rx="2" fill="{colour}"/>',
        _label(LEFT + width + 6, top + 11, f"{seconds * factor:.3g} {unit}, {seconds / ours:.2g}x"),
    ]


def _label(x: float, y: float, words: str, *, weight: str = "400") -> str:
    return f'<text x="{x:.1f}" y="{y}" font-weight="{weight}">{escape(words)}</text>'
