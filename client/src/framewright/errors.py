"""What can go wrong between the client and the mesh.

ClientError
├── Unreachable       nobody answers, or the connection broke and could not be taken up again
│   └── WrongAddress  it is no address, or what answers there is no mesh
├── Refused           an error answer; keeps the problem document
│   └── KeyRefused    401 or 403
└── NotWritten        files could not be put on disk, and none was (`framewright.files`)
    └── UnsafePath    one would lie outside its folder
"""

from collections.abc import Mapping
from typing import Any


class ClientError(Exception):
    """Base of the client's errors; its text is for people."""


class Unreachable(ClientError):
    pass


class WrongAddress(Unreachable):
    pass


class Refused(ClientError):
    """The mesh answered with an error. `problem` is its document (RFC 9457), empty where there was none."""

    def __init__(self, status: int, problem: Mapping[str, Any], *, url: object = "") -> None:
        """`url`: what was asked; told where no document says more."""
        self.status = status
        self.problem = dict(problem)
        lines = [str(problem.get("detail") or f"HTTP {status} {url}".strip())]
        lines += [f"  {item.get('field')}: {item.get('message')}" for item in problem.get("errors") or ()]
        super().__init__("\n".join(lines))


class KeyRefused(Refused):
    pass
