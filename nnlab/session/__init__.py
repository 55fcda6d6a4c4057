"""A session: a document, the network trained on it and what happened so far.

No HTTP, no processes.
"""
