"""The clients of embedding-service and admin-service, held to what those services say of themselves."""

import base64
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from app.core.clients.admin import AdminClient
from app.core.clients.embedding import EmbeddingClient
from app.core.query_vectors import KEPT_S, KeptVectors
from fastapi import FastAPI, Request, Response

from chassis.errors import UpstreamFailed
from chassis.testing import TEST_SECRET, running
from chassis.tokens import ServiceTokens

TOKENS = ServiceTokens(service="rag-service", secret=TEST_SECRET)
PROVIDER = Path(__file__).parents[3] / "embedding-service" / "openapi.json"
DENSE = {"model": "m", "fingerprint": "m@1", "data": [{"index": 0, "embedding": "", "truncated": False}]}
SPARSE = {"model": "bm25", "data": [{"index": 0, "indices": [1, 2], "values": [1.0, 0.5]}]}
QUERY = {"model": "m", "fingerprint": "m@1", "sparse_model": "bm25", "truncated": False}
RERANK = {
    "model": "m",
    "method": "lexical",
    "results": [{"index": 1, "relevance_score": 0.75}, {"index": 0, "relevance_score": 0.25}],
}


@pytest.fixture(name="peer")
def _peer() -> Iterator[tuple[str, FastAPI]]:
    app = FastAPI()
    app.state.bodies = []
    app.state.settings = {"retrieval": {"small": {"threshold": 0.5, "limit": 2}}, "default_framework": "demo", "x": 1}

    @app.post("/v1/embeddings")
    async def embeddings(request: Request) -> dict[str, Any]:
        body = await request.json()
        app.state.bodies.append(body)
        coded = base64.b64encode(struct.pack("<2f", 1.0, 2.0)).decode()
        return {
            **DENSE,
            "data": [{"index": n, "embedding": coded, "truncated": False} for n in range(len(body["input"]))],
        }

    @app.post("/v1/sparse_embeddings")
    async def sparse() -> dict[str, Any]:
        return SPARSE

    app.state.asked = []
    app.state.model = "m@1"

    @app.post("/v1/query_embeddings")
    async def query(request: Request) -> dict[str, Any]:
        body = await request.json()
        app.state.asked.append(body)
        coded = base64.b64encode(struct.pack("<2f", 1.0, 2.0)).decode() if body["dense"] else None
        sparse = [{"indices": [1, len(text)], "values": [1.0, 0.5]} for text in body["sparse"]]
        return {**QUERY, "fingerprint": app.state.model, "embedding": coded, "sparse": sparse}

    app.state.method = "lexical"

    @app.post("/v1/rerank")
    async def rerank() -> dict[str, Any]:
        return {**RERANK, "method": app.state.method}

    @app.get("/internal/{name}")
    async def internal(name: str, request: Request) -> Response:
        if request.headers.get("if-none-match") == '"7"':
            return Response(status_code=304)
        document = app.state.settings if name == "settings" else {"templates": [], "entries": []}
        return Response(json.dumps(document), media_type="application/json", headers={"ETag": '"7"'})

    with running(app) as url:
        yield url, app


async def test_vectors_of_a_query_and_of_documents(peer):
    url, app = peer
    client = EmbeddingClient(base_url=url, tokens=TOKENS, query_limit_s=5, index_limit_s=5)
    vectors = await client.query("grid", ["그리드"])
    assert vectors.fingerprint == "m@1+bm25"
    assert vectors.dense == [[1.0, 2.0]]
    assert vectors.sparse[0].indices == [1, 3]
    documents = await client.documents(["a", "b"], ["a", "b"])
    assert documents.fingerprint == vectors.fingerprint
    assert await client.phrases(["open a popup"]) == [[1.0, 2.0]]
    assert [body["input_type"] for body in app.state.bodies] == ["document", "document"]
    await client.aclose()


async def test_what_was_asked_a_moment_ago_is_not_asked_again(peer):
    url, app = peer
    client = EmbeddingClient(base_url=url, tokens=TOKENS, query_limit_s=5, index_limit_s=5)
    await client.query("grid", ["grid row", "표"])
    again = await client.query("grid", ["표", "grid row"])
    assert [vector.indices for vector in again.sparse] == [[1, 1], [1, 8]]
    await client.query("popup", ["표", "팝업"])
    assert app.state.asked == [
        {"dense": "grid", "sparse": ["grid row", "표"]},
        {"dense": "popup", "sparse": ["팝업"]},
    ]
    await client.aclose()


async def test_another_models_vectors_never_stand_beside_the_first_ones(peer):
    url, app = peer
    client = EmbeddingClient(base_url=url, tokens=TOKENS, query_limit_s=5, index_limit_s=5)
    await client.query("grid", ["표"])
    app.state.model = "n@2"
    vectors = await client.query("grid", ["표", "팝업"])
    assert vectors.fingerprint == "n@2+bm25"
    assert len(vectors.sparse) == 2
    assert app.state.asked[-1] == {"dense": "grid", "sparse": ["표"]}
    await client.aclose()


def test_kept_vectors_go_when_their_time_is_over():
    now = [0.0]
    kept = KeptVectors(clock=lambda: now[0])
    kept.drop_old()
    kept.keep("m@1", dense={"a": [1.0]}, sparse={})
    now[0] = KEPT_S - 1
    kept.drop_old()
    assert kept.dense("a") == [1.0]
    now[0] = KEPT_S
    kept.drop_old()
    assert kept.dense("a") is None


async def test_relevance_comes_from_a_cross_encoder_alone(peer):
    url, app = peer
    client = EmbeddingClient(base_url=url, tokens=TOKENS, query_limit_s=5, index_limit_s=5)
    assert await client.relevance("q", ["a", "b"]) is None
    app.state.method = "cross-encoder"
    assert await client.relevance("q", ["a", "b"]) == [0.25, 0.75]
    await client.aclose()


def test_what_is_read_is_what_the_provider_promises():
    parts = json.loads(PROVIDER.read_text(encoding="utf-8"))["components"]["schemas"]
    assert set(DENSE) <= set(parts["EmbeddingsResponse"]["properties"])
    assert {"embedding", "truncated"} <= set(parts["EmbeddingItem"]["properties"])
    assert set(SPARSE) <= set(parts["SparseEmbeddingsResponse"]["properties"])
    assert {"indices", "values"} <= set(parts["SparseItem"]["properties"])
    assert set(RERANK) <= set(parts["RerankResponse"]["properties"])
    assert {"index", "relevance_score"} <= set(parts["RerankItem"]["properties"])
    assert {*QUERY, "embedding", "sparse"} <= set(parts["QueryEmbeddingsResponse"]["properties"])
    assert {"dense", "sparse"} == set(parts["QueryEmbeddingsRequest"]["properties"])
    assert {"indices", "values"} <= set(parts["QuerySparse"]["properties"])
    assert {"input", "input_type", "encoding_format"} <= set(parts["EmbeddingsRequest"]["properties"])


async def test_overlays_come_once(peer):
    url, app = peer
    client = AdminClient(base_url=url, tokens=TOKENS)
    first = await client.settings("")
    assert first is not None
    assert first.document.retrieval["small"].limit == 2
    assert await client.settings(first.etag) is None
    templates, knowledge = await client.templates(""), await client.knowledge("")
    assert templates is not None
    assert knowledge is not None
    app.state.settings = {"retrieval": {"small": "much"}}
    with pytest.raises(UpstreamFailed):
        await client.settings("")
    await client.aclose()
