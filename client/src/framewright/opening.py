"""A client for the credentials that were found."""

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from .client import Client
from .credentials import Credentials, find_credentials
from .kept_sign_ins import Kept, KeptSignIns
from .sign_in import SignIn, SignInAuth


def open_client(
    environment: Mapping[str, str] = os.environ,
    start: Path | None = None,
    *,
    on_cut: Callable[[str], None] | None = None,
) -> Client:
    """A client of the mesh that the environment, the local mesh's file or the last `framewright login` names."""
    found = find_credentials(environment, start or Path.cwd())
    more: dict[str, Any] = {"on_cut": on_cut} if on_cut else {}
    return Client(found.base_url, found.api_key, auth=auth_of(found, environment), **more)


def auth_of(found: Credentials, environment: Mapping[str, str]) -> httpx.Auth | None:
    """What renews a kept sign-in; None where a key needs no renewal."""
    if found.kept is None or found.kept.sign_in is None:
        return None
    store = KeptSignIns.of(environment)

    def keep(sign_in: SignIn) -> None:
        store.put(Kept(sign_in.base_url, sign_in=sign_in))  # `renewing` holds the lock

    return SignInAuth(found.kept.sign_in, renewing=partial(store.renewing, found.base_url), keep=keep)
