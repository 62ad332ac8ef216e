"""Clients for the credentials that were found."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx

from .client import AsyncClient, Client
from .credentials import Credentials, find_credentials
from .kept_sign_ins import KeptSignIns
from .sign_in import SignInAuth


def open_client(
    environment: Mapping[str, str] = os.environ,
    start: Path | None = None,
    *,
    on_cut: Callable[[str], None] | None = None,
) -> Client:
    """A client of the mesh that the environment, the local mesh's file or the last `framewright login` names."""
    found = find_credentials(environment, start or Path.cwd())
    return Client(found.base_url, found.api_key, **_more(found, environment, on_cut))


def open_async_client(
    environment: Mapping[str, str] = os.environ,
    start: Path | None = None,
    *,
    on_cut: Callable[[str], None] | None = None,
) -> AsyncClient:
    """The same with `await`."""
    found = find_credentials(environment, start or Path.cwd())
    return AsyncClient(found.base_url, found.api_key, **_more(found, environment, on_cut))


def _more(found: Credentials, environment: Mapping[str, str], on_cut: Callable[[str], None] | None) -> dict[str, Any]:
    more: dict[str, Any] = {"auth": _auth_of(found, environment)}
    return {**more, "on_cut": on_cut} if on_cut else more


def _auth_of(found: Credentials, environment: Mapping[str, str]) -> httpx.Auth | None:
    """What renews a kept sign-in; None where a key needs no renewal."""
    if found.kept is None or found.kept.sign_in is None:
        return None
    return SignInAuth(found.kept.sign_in, KeptSignIns.of(environment))
