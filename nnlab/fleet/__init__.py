"""Which runner has which session; carries commands down and frames up.

The only place that knows processes and pipes.
"""
