"""NNLab: a playground for small neural networks."""
