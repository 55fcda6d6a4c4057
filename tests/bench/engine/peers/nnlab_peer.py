"""NNLab's engine, through its public interface."""

from peers.serve import serve

from nnlab.engine.ensemble import Ensemble, Member  # isort: skip
from nnlab.engine.looks.grids import Grid
from nnlab.engine.looks.regions import regions
from nnlab.engine.trainer import Trainer
from nnlab.session.picture.encoding import regions_json
from tests.bench.engine.workloads import ENSEMBLE_SIZE, ENSEMBLE_STEPS, TRAINING, WORKLOADS, examples, network_spec


class Job:
    """A trainer, its pictures, or an ensemble."""

    def __init__(self, run, trainer=None):
        self.run, self.trainer = run, trainer

    def loss(self):
        """The loss as it stands."""
        return self.trainer.losses().loss


def prepare(workload):
    """Make the job of a workload."""
    own = next(each for each in WORKLOADS if each.name == workload["name"])
    training = TRAINING.__class__(**{**_fields(TRAINING), "batch_size": own.batch})
    if own.kind == "ensemble":
        members = [Member(seed, training) for seed in range(ENSEMBLE_SIZE)]
        ensemble = Ensemble(network_spec(own), members, examples(own))
        return Job(lambda n: ensemble.step(ENSEMBLE_STEPS * n))
    trainer = Trainer(network_spec(own), training, examples(own))
    if own.kind == "train":
        return Job(trainer.step, trainer)
    grid = Grid((-6.0, 6.0), (-6.0, 6.0), own.resolution)

    def draw(n):
        for _ in range(n):
            regions_json(regions(trainer.evaluator, grid))

    return Job(draw)


def _fields(spec):
    return {name: getattr(spec, name) for name in spec.__dataclass_fields__}


if __name__ == "__main__":
    serve(prepare)
