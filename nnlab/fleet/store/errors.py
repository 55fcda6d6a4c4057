"""What can be wrong with a session in the store; what can be wrong with the store itself is the database's."""


class LostOwnership(Exception):
    """Another runner has claimed the session since; what this one holds of it is out of date."""


class AlreadyThere(Exception):
    """A session of this id has been created before."""
