"""The wire contract, over a socket, on fake models."""

import base64
import json
import struct
import threading
from pathlib import Path

import httpx
from app.core.context import Loaders
from app.main import create_app
from tests.conftest import FakeAnalyzer, FakeEncoder, make_settings, wait_until_ready

from chassis.testing import TEST_METRICS_TOKEN, running, service_headers

OPENAPI = Path(__file__).parents[2] / "openapi.json"


def test_the_committed_contract_is_the_applications():  # R5.5
    app = create_app(make_settings(), loaders=Loaders(FakeEncoder, FakeAnalyzer))
    assert json.loads(OPENAPI.read_text(encoding="utf-8")) == app.openapi()


def test_one_text_and_many(client, encoder):  # R5.1
    one = client.post("/v1/embeddings", json={"input": "abc"}).json()
    assert one["object"] == "list"
    assert one["fingerprint"] == "fake@1"
    assert one["usage"] == {"prompt_tokens": 3, "total_tokens": 3}
    many = client.post("/v1/embeddings", json={"input": ["abc", "abcdef", "abc"]}).json()
    assert [item["index"] for item in many["data"]] == [0, 1, 2]
    assert [item["truncated"] for item in many["data"]] == [False, True, False]
    assert many["data"][0]["embedding"] == many["data"][2]["embedding"] == one["data"][0]["embedding"]
    assert encoder.tokenized == ["abc", "abcdef"]  # what is known is not embedded again


def test_base64_holds_the_same_floats(client):
    plain = client.post("/v1/embeddings", json={"input": ["abc"]}).json()["data"][0]["embedding"]
    coded = client.post("/v1/embeddings", json={"input": ["abc"], "encoding_format": "base64"}).json()
    values = struct.unpack("<4f", base64.b64decode(coded["data"][0]["embedding"]))
    assert [round(value, 6) for value in values] == [round(value, 6) for value in plain]


def test_fewer_dimensions_are_unit_vectors_too(client):
    data = client.post("/v1/embeddings", json={"input": "abc", "dimensions": 2}).json()["data"][0]["embedding"]
    assert len(data) == 2
    assert abs(sum(value * value for value in data) - 1) < 1e-5
    refused = client.post("/v1/embeddings", json={"input": "abc", "dimensions": 5})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "dimensions")


def test_bad_input_names_its_field(client):
    bodies: list[dict[str, object]] = [
        {"input": []},
        {"input": ""},
        {"input": [""]},
        {"input": None},
        {},
        {"input": "a", "dimensions": 0},
    ]
    for body in bodies:
        refused = client.post("/v1/embeddings", json=body)
        assert refused.status_code == 422, body
        assert refused.json()["errors"]
    assert client.post("/v1/embeddings", json={"input": ["a"] * 2049}).status_code == 413
    assert client.post("/v1/embeddings", content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
    assert client.post("/v1/rerank", json={"query": "", "documents": ["a"]}).status_code == 422
    assert client.post("/v1/sparse_embeddings", json={"input": []}).status_code == 422


def test_a_full_queue_is_a_429_with_retry_after():
    encoder = FakeEncoder(delay_s=0.5)
    app = create_app(make_settings(queue_tokens=4, bulk_batch_tokens=1), loaders=Loaders(lambda: encoder, FakeAnalyzer))
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("embedding-service")) as client:
        wait_until_ready(client)
        thread = threading.Thread(
            target=client.post, args=("/v1/embeddings",), kwargs={"json": {"input": ["a", "b", "c"]}}
        )
        thread.start()
        threading.Event().wait(0.2)
        refused = client.post("/v1/embeddings", json={"input": ["dddd", "eeee"]})
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
        thread.join()


def test_sparse_vectors_morphemes_and_rerank(client):
    sparse = client.post("/v1/sparse_embeddings", json={"input": ["그리드 저장", " "], "input_type": "query"}).json()
    assert [len(item["indices"]) for item in sparse["data"]] == [2, 0]
    assert sparse["data"][0]["values"] == [1.0, 1.0]
    assert sparse["model"]
    document = client.post("/v1/sparse_embeddings", json={"input": ["그리드 저장"]}).json()["data"][0]
    assert document["indices"] == sparse["data"][0]["indices"]
    morphemes = client.post("/v1/morphemes", json={"input": ["그리드 저장"]}).json()
    assert morphemes["data"][0]["tokens"][1] == {"form": "저장", "tag": "NNG", "start": 4, "length": 2}
    ranked = client.post(
        "/v1/rerank", json={"query": "그리드 저장", "documents": ["팝업", "그리드 저장", "저장"], "top_n": 2}
    )
    assert ranked.json()["method"] == "lexical"
    assert [item["index"] for item in ranked.json()["results"]] == [1, 2]
    assert 0 <= ranked.json()["results"][1]["relevance_score"] <= 1


def test_all_vectors_of_a_query_come_in_one_call(client):  # R5.1
    asked = {"dense": "abc", "sparse": ["그리드 저장", "grid saved", ""]}
    answer = client.post("/v1/query_embeddings", json=asked).json()
    dense = client.post("/v1/embeddings", json={"input": "abc", "encoding_format": "base64"}).json()
    assert answer["embedding"] == dense["data"][0]["embedding"]
    assert answer["fingerprint"] == dense["fingerprint"]
    terms = client.post("/v1/sparse_embeddings", json={"input": asked["sparse"], "input_type": "query"}).json()
    assert answer["sparse_model"] == terms["model"]
    assert answer["sparse"] == [{"indices": item["indices"], "values": item["values"]} for item in terms["data"]]
    alone = client.post("/v1/query_embeddings", json={"sparse": ["grid saved"]}).json()
    assert (alone["embedding"], alone["sparse"]) == (None, [answer["sparse"][1]])
    assert client.post("/v1/query_embeddings", json={}).json()["sparse"] == []
    assert client.post("/v1/query_embeddings", json={"dense": ""}).status_code == 422
    assert client.post("/v1/query_embeddings", content=b'{"sparse": ["\\ud800"]}').status_code in {400, 422}


def test_it_lives_at_once_and_is_ready_when_the_models_are_loaded():  # R2.1, R2.4
    gate = threading.Event()

    def slow_encoder():
        gate.wait(10)
        return FakeEncoder()

    app = create_app(make_settings(), loaders=Loaders(slow_encoder, FakeAnalyzer))
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("embedding-service")) as client:
        assert client.get("/livez").status_code == 200
        assert client.get("/readyz").status_code == 503
        refused = client.post("/v1/embeddings", json={"input": "a"})
        assert (refused.status_code, refused.json()["code"]) == (503, "loading")
        assert int(refused.headers["retry-after"]) > 0
        gate.set()
        wait_until_ready(client)
        assert client.get("/health").json()["fingerprint"] == "fake@1"


def test_metrics_and_the_guard(client):
    scrape = client.get("/metrics", headers={"Authorization": f"Bearer {TEST_METRICS_TOKEN}"})
    assert 'framewright_embedding_waiting_tokens{lane="bulk"}' in scrape.text
    assert client.post("/v1/embeddings", json={"input": "a"}, headers={"Authorization": ""}).status_code == 401
