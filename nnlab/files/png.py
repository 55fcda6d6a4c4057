"""The decision regions as a PNG picture, one pixel a cell: on white paper, or for paper to show through."""

from __future__ import annotations

import io

import numpy as np
import png
from numpy.typing import NDArray

from nnlab.engine.looks.regions import Regions
from nnlab.files.colours import cell_colours, on_paper


def regions_png(regions: Regions) -> bytes:
    """The regions as a PNG file, on white paper."""
    return _png(on_paper(*cell_colours(regions)), "RGB")


def clear_png(regions: Regions) -> bytes:
    """The same without paper: what is pale lets it show through."""
    colours, density = cell_colours(regions)
    return _png(np.concatenate([colours, 255 * density[..., None]], axis=-1), "RGBA")


def _png(pixels: NDArray[np.float64], mode: str) -> bytes:
    """Pixels (rows, cols, channels) as a file."""
    file = io.BytesIO()
    png.from_array(np.rint(pixels).astype(np.uint8).reshape(len(pixels), -1), mode).write(file)
    return file.getvalue()
