"""The registry: every study there is, in the order of the note's sections."""

from __future__ import annotations

from typing import Any

from nnlab.document.catalog import RULES, type_of
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.errors import NotFound
from nnlab.sentence import Sentence
from nnlab.studies.claims import (
    activation_race,
    approximation,
    dead_units,
    depth_ladder,
    dropout_average,
    forgetting,
    learning_rate,
    maxout_pieces,
    minima,
    mixed_activations,
    overfitting,
    saturation,
    scaling,
    seed_variance,
    skip_connections,
    softmax_svm,
    symmetry,
    trapped,
    zigzag,
)
from nnlab.studies.shapes import activation_names
from nnlab.studies.study import Study

# Anchors of the note, and what its sections are called here.
SECTIONS = {
    "classifier": Sentence("A single neuron as a linear classifier"),
    "actfun": Sentence("Activation functions"),
    "layers": Sentence("Layers and how they are joined"),
    "power": Sentence("Representational power"),
    "arch": Sentence("Number of layers and their sizes"),
}

MODULES = (
    softmax_svm,
    forgetting,
    symmetry,
    saturation,
    zigzag,
    activation_race,
    dead_units,
    maxout_pieces,
    mixed_activations,
    learning_rate,
    scaling,
    skip_connections,
    approximation,
    depth_ladder,
    seed_variance,
    trapped,
    minima,
    overfitting,
    dropout_average,
)
STUDIES: dict[str, Study] = {module.STUDY.name: module.STUDY for module in MODULES}


# What choices of parameters are called on screen.
CHOICES: dict[str, str] = {"trained": Sentence("as trained")} | activation_names(tuple(ACTIVATIONS))


def study_named(name: str) -> Study:
    """The registry's entry. Raises NotFound with the names there are."""
    if name not in STUDIES:
        raise NotFound(Sentence("There is no study {name}. There are: {names}.", name=name, names=", ".join(STUDIES)))
    return STUDIES[name]


def parameters_of(study: Study) -> list[dict[str, Any]]:
    """Every parameter with name, label, help, type, default and range, for controls and callers."""
    schema = study.parameters.model_json_schema()
    return [_parameter(name, raw) for name, raw in schema["properties"].items()]


def _parameter(name: str, raw: dict[str, Any]) -> dict[str, Any]:
    items = raw.get("items", {})
    row = {"name": name, "label": raw["title"], "help": raw["description"], "default": raw["default"]}
    row["type"] = type_of(raw)
    row |= {ours: source[theirs] for source in (items, raw) for theirs, ours in RULES.items() if theirs in source}
    choices = raw.get("enum") or items.get("enum")
    named = {"choices": choices, "choice_labels": [CHOICES.get(one, one) for one in choices]} if choices else {}
    return row | named | ({"item_type": items["type"]} if items else {})
