"""Python client of a Framewright mesh: `Client(base_url, api_key).generate("Task 관리 화면 만들어줘")`.

`AsyncClient` is the same with `await`; `framewright.types` has the documents that they answer with.
"""

from .client import AsyncClient, Client, Event
from .credentials import Credentials, find_credentials
from .errors import ClientError, KeyRefused, Refused, Unreachable, WrongAddress
from .files import NotWritten, UnsafePath, write_artifacts
from .opening import open_async_client, open_client

__all__ = [
    "AsyncClient",
    "Client",
    "ClientError",
    "Credentials",
    "Event",
    "KeyRefused",
    "NotWritten",
    "Refused",
    "Unreachable",
    "UnsafePath",
    "WrongAddress",
    "find_credentials",
    "open_async_client",
    "open_client",
    "write_artifacts",
]
