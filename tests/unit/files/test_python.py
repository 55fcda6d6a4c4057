import io
import itertools
import json
import subprocess
import sys

import numpy as np
import pytest

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.features import INPUTS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.scalings import SCALINGS
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.trainer import Trainer
from nnlab.files.npz import export_npz
from nnlab.files.python import export_python
from tests.unit.engine.making import make_examples, network_spec


def trained(activation="tanh", loss="softmax", **more):
    spec = network_spec([(5, activation, 3), (4, "tanh")], loss, skips=((0, 2), (0, 3)), **more)
    trainer = Trainer(spec, TrainingSpec(l2=0.01, l1=0.001), make_examples(30, loss, held_out=5))
    trainer.step(60)
    return trainer


def script_of(trainer):
    return export_python(trainer.network, trainer.training, trainer.examples)


SCALED = [("tanh", "softmax", scaling) for scaling in SCALINGS if scaling != "none"]


@pytest.mark.parametrize(
    ("activation", "loss", "scaling"), [*itertools.product(ACTIVATIONS, LOSSES, ["none"]), *SCALED]
)
def test_the_script_computes_the_engines_loss_to_a_millionth(activation, loss, scaling):
    trainer = trained(activation, loss, inputs=tuple(INPUTS), scaling=scaling)
    names = {"__name__": "exported"}
    exec(compile(script_of(trainer), "exported", "exec"), names)
    assert names["loss"]() == pytest.approx(trainer.losses().loss, abs=1e-6)
    points = np.random.default_rng(0).uniform(-3, 3, (9, 2))
    np.testing.assert_allclose(names["scores_of"](points), trainer.predict(points).scores, rtol=1e-4, atol=1e-5)


def test_the_script_runs_by_itself(tmp_path):
    trainer = trained()
    path = tmp_path / "network.py"
    path.write_text(script_of(trainer))
    done = subprocess.run([sys.executable, "-I", str(path)], capture_output=True, text=True, check=True, timeout=60)
    word, number = done.stdout.split()
    assert word == "loss"
    assert float(number) == pytest.approx(trainer.losses().loss, abs=1e-6)


def test_the_npz_holds_the_weights_bit_for_bit():
    trainer = trained("maxout", scaling="standard")
    with np.load(io.BytesIO(export_npz(trainer.network)), allow_pickle=False) as file:
        about = json.loads(str(file["about"]))
        assert [layer["activation"] for layer in about["layers"]] == ["maxout", "tanh", "identity"]
        assert [layer["sources"] for layer in about["layers"]] == [[0], [0, 1], [0, 2]]
        assert about["scaling"] == "standard"
        assert tuple(file["input_shift"]) == trainer.network.scale.shift
        assert tuple(file["input_size"]) == trainer.network.scale.size
        for number, layer in enumerate(trainer.layers(), start=1):
            np.testing.assert_array_equal(file[f"weights_{number}"], layer.weights)
            np.testing.assert_array_equal(file[f"biases_{number}"], layer.biases)
