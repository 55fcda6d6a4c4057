"""Looks at a network, taken on demand and never in the step."""
