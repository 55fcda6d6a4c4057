"""What the columns of a study's networks are called on screen. In files they keep the rows' names."""

from __future__ import annotations

from nnlab.sentence import Sentence

COLUMNS = {
    # what sets a network apart
    "seed": Sentence("Seed"),
    "activation": Sentence("Activation"),
    "first": Sentence("First hidden layer"),
    "second": Sentence("Second hidden layer"),
    "layers": Sentence("Hidden layers"),
    "depth": Sentence("Hidden layers"),
    "links": Sentence("Links"),
    "units": Sentence("Units"),
    "loss": Sentence("Loss"),
    "init": Sentence("Initialization"),
    "scale": Sentence("Scale"),
    "data": Sentence("Data"),
    "l2": Sentence("L2 strength"),
    "cure": Sentence("Cure"),
    "keep_prob": Sentence("Keep probability"),
    "learning_rate": Sentence("Learning rate"),
    "batch_size": Sentence("Minibatch size"),
    # what was measured of it
    "step": Sentence("Step"),
    "updates": Sentence("Updates to the target"),
    "lost": Sentence("Worse than guessing"),
    "last_loss": Sentence("Last loss"),
    "data_loss": Sentence("Training loss"),
    "test_loss": Sentence("Test loss"),
    "gap": Sentence("Test loss - training loss"),
    "accuracy": Sentence("Accuracy"),
    "test_accuracy": Sentence("Test accuracy"),
    "dead": Sentence("Dead units"),
    "dead_first": Sentence("Dead in the first layer"),
    "dead_second": Sentence("Dead in the second layer"),
    "saturated": Sentence("Saturated (%)"),
    "different": Sentence("Different units"),
    "agree": Sentence("Gradients of one sign"),
    "error": Sentence("Largest error"),
    "difference": Sentence("Difference"),
    "relative_error": Sentence("Relative error of the formula"),
    "end": Sentence("Length of the weights at the end"),
    "wx": Sentence("Weight of x"),
    "wy": Sentence("Weight of y"),
    "b": Sentence("Bias"),
    "angle": Sentence("Angle of the weights (°)"),
    "margin": Sentence("Margin"),
    "spread": Sentence("Spread over the masks"),
    "one": Sentence("Error of one mask"),
    "average": Sentence("Error of the average"),
}
