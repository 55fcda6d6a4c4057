"""What there is to choose from: activations, losses, optimizers, features, data sets."""
