"""Python client of a Framewright mesh: `Client(base_url, api_key).generate("Task 관리 화면 만들어줘")`."""

from .client import Client, Event
from .credentials import Credentials, find_credentials
from .errors import ClientError, KeyRefused, Refused, Unreachable
from .files import UnsafePath, write_artifacts

__all__ = [
    "Client",
    "ClientError",
    "Credentials",
    "Event",
    "KeyRefused",
    "Refused",
    "Unreachable",
    "UnsafePath",
    "find_credentials",
    "write_artifacts",
]
