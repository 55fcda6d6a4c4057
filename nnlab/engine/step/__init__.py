"""One step: minibatch, forward, loss, backward, update."""
