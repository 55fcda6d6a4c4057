"""How long Hypothesis searches where a test does not say so itself; `--hypothesis-profile=fast` while one writes."""

from hypothesis import settings

settings.register_profile("full", max_examples=100)
settings.register_profile("fast", max_examples=20)
settings.load_profile("full")
