"""The trained network as a file that others can use without NNLab."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import onnx
import pytest
from onnx.reference import ReferenceEvaluator

from nnlab.files.onnx import Graph, OnnxMissing
from tests.api.conftest import Session

DOCUMENTS: list[dict[str, Any]] = [
    {},
    {"network": {"hidden": [{"units": 4, "activation": "maxout"}, {"units": 3, "activation": "relu"}], "loss": "svm"}},
    {"network": {"inputs": ["x", "y", "x*y", "sin(x)"], "loss": "binary_softmax", "skips": [[0, 3]]}},
    {"training": {"l1": 0.01, "l2": 0.02}, "classes": 3},
    {"network": {"inputs": ["x", "y", "x^2"], "scaling": "standard"}, "view": {"x_range": [1990, 2020]}},
    {"network": {"scaling": "range"}, "view": {"x_range": [30, 100], "y_range": [0, 1e5]}},
]


@pytest.fixture(params=DOCUMENTS, ids=lambda document: str(document)[:40])
def trained(request: pytest.FixtureRequest, new_session: Any) -> Session:
    session: Session = new_session(request.param)
    session.post("/dataset", {"name": "blobs", "points": 80})
    session.post("/step", {"steps": 200})
    return session


def test_the_script_prints_the_same_loss_to_1e_6(trained: Session, tmp_path: Path) -> None:
    reply = trained.get("/model?format=python")
    script = tmp_path / "model.py"
    script.write_bytes(reply.data)
    said = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    assert float(said.split()[1]) == pytest.approx(trained.snapshot["loss"], abs=1e-6)


def test_every_format_says_what_the_classes_are_called(circle: Session) -> None:
    circle.patch({"class_names": ["inner", 'the "outer" é']})
    names = ["inner", 'the "outer" é']
    script: dict[str, Any] = {}
    exec(circle.get("/model?format=python").text, script)
    assert script["CLASSES"] == names
    about = json.loads(str(np.load(io.BytesIO(circle.get("/model?format=npz").data))["about"]))
    assert about["classes"] == names
    (entry,) = onnx.load_from_string(circle.get("/model?format=onnx").data).metadata_props
    assert (entry.key, json.loads(entry.value)) == ("classes", names)
    assert "inner" in circle.get("/figure").text


@pytest.mark.parametrize(
    ("path", "disposition", "ending"),
    [
        ("/points?format=csv", "attachment", "csv"),
        ("/model?format=npz", "attachment", "npz"),
        ("/model?format=python", "attachment", "py"),
        ("/model?format=onnx", "attachment", "onnx"),
        ("/regions?format=png", "inline", "png"),
        ("/figure", "inline", "svg"),
    ],
)
def test_every_file_has_the_experiments_name(circle: Session, path: str, disposition: str, ending: str) -> None:
    plain = f"{disposition}; filename=nnlab-{circle.view_id[:8]}.{ending}"
    assert circle.get(path).headers["Content-Disposition"] == plain
    circle.patch({"title": "Zwei Ringe, größer"})
    said = circle.get(path).headers["Content-Disposition"]
    assert said == f"{plain}; filename*=UTF-8''zwei-ringe-gr%C3%B6%C3%9Fer.{ending}"


def test_the_onnx_model_says_what_the_session_says(trained: Session) -> None:
    reply = trained.get("/model?format=onnx")
    assert reply.status_code == 200
    (left, right), (low, high) = (trained.document["view"][name] for name in ("x_range", "y_range"))
    places = [[left + i * (right - left) / 4, low + j * (high - low) / 3] for i in range(5) for j in range(4)]
    evaluator = ReferenceEvaluator(onnx.load_from_string(reply.data))
    outputs = dict(
        zip(evaluator.output_names, evaluator.run(None, {"points": np.array(places, np.float32)}), strict=True)
    )
    said = trained.post("/predict", {"points": places}).json
    assert np.allclose(outputs["scores"], said["scores"], rtol=1e-5, atol=1e-5)
    if "probabilities" in outputs:
        assert np.allclose(outputs["probabilities"], said["probabilities"], atol=1e-6)


def test_a_server_without_onnx_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(OnnxMissing, match="pip install onnx"):
        Graph()


def test_the_npz_file_holds_the_weights_of_the_json_model(trained: Session) -> None:
    layers = trained.get("/model").json["layers"]
    with np.load(io.BytesIO(trained.get("/model?format=npz").data), allow_pickle=False) as file:
        for number, layer in enumerate(layers, start=1):
            assert np.array_equal(file[f"weights_{number}"], np.array(layer["weights"], np.float32))
            assert np.array_equal(file[f"biases_{number}"], np.array(layer["biases"], np.float32))


def test_the_figure_is_a_standalone_svg_file(circle: Session) -> None:
    circle.patch({"title": "Circle & <ring>"})
    reply = circle.get("/figure?resolution=30")
    assert reply.content_type.startswith("image/svg+xml")
    root = ElementTree.fromstring(reply.text)
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Circle & <ring>"
    assert len(root.findall(".//{http://www.w3.org/2000/svg}g/{http://www.w3.org/2000/svg}use")) == len(
        circle.document["points"]
    )
    assert circle.get("/figure?resolution=7").status_code == 422
