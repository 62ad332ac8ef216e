"""The one error of the supervisor: a message for the person at the terminal."""


class MeshError(Exception):
    """The mesh can't do what was asked; the message says why, and what helps."""
