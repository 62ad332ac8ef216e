"""The sync client is the async one without `await`, and the types are the gateway's."""

import inspect
import json
import subprocess
import sys
import typing
from pathlib import Path

import pytest

from framewright import AsyncClient, Client, types

CLIENT = Path(__file__).parents[2]
GATEWAY = CLIENT.parent / "gateway" / "openapi.json"
PAIRS = {
    types.Artifact: "ArtifactInfo",
    types.GenerationResult: "GenerationResult",
    types.GenerationLine: "GenerationLine",
    types.GenerationPage: "GenerationListResponse",
    types.SearchResult: "app__features__search__schemas__SearchResponse",
    types.SearchHit: "app__features__search__schemas__SearchHit",
    types.Session: "SessionResponse",
    types.SessionPage: "SessionListResponse",
    types.Message: "MessageResponse",
    types.MessagePage: "MessageListResponse",
    types.Account: "AccountUser",
}


def test_the_sync_client_is_made_from_the_async_one():
    checked = subprocess.run(
        [sys.executable, CLIENT / "unasync.py", "--check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_both_clients_offer_the_same():
    def offered(client: type) -> set[str]:
        return {name for name in dir(client) if not name.startswith("_")}

    assert offered(AsyncClient) - {"aclose"} == offered(Client) - {"close"}
    for name in offered(Client) - {"close"}:
        sync, asynchronous = getattr(Client, name), getattr(AsyncClient, name)
        assert list(inspect.signature(sync).parameters) == list(inspect.signature(asynchronous).parameters), name


@pytest.mark.parametrize(("document", "schema"), PAIRS.items(), ids=lambda value: getattr(value, "__name__", value))
def test_a_type_names_only_what_the_gateway_answers(document: type, schema: str):
    schemas = json.loads(GATEWAY.read_text(encoding="utf-8"))["components"]["schemas"]
    unknown = set(typing.get_type_hints(document)) - set(schemas[schema]["properties"])
    assert not unknown
