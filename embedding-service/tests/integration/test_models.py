"""The real models: what they give, and that the order is BM25's."""

import math
import random
from collections import Counter

import numpy as np
import pytest
from app.core.bm25 import K1, B, document_vector, query_vector
from app.core.context import default_loaders
from app.core.terms import TermExtractor
from tests.conftest import make_settings


def _embed(client, texts, **options):
    body = client.post("/v1/embeddings", json={"input": texts, **options}).json()
    return body, np.array([item["embedding"] for item in body["data"]], dtype=np.float32)


def test_vectors_are_unit_and_close_for_close_meanings(real_client):  # R5.1
    body, vectors = _embed(real_client, ["save changed rows of a grid", "store the modified rows", "a cat on the mat"])
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert body["fingerprint"] == "sentence-transformers/all-MiniLM-L6-v2@53aa51172d14"


def test_a_batch_gives_what_single_texts_give(real_client, real_encoder):
    texts = [f"sentence number {n} " + "with more words " * (n % 7) for n in range(20)]
    _, together = _embed(real_client, texts)
    alone = np.vstack([real_encoder.encode([item.ids]) for item in real_encoder.tokenize(texts)])
    assert (together * alone).sum(axis=1).min() >= 0.9995


@pytest.fixture(scope="module", name="torch_encoder")
def _torch_encoder():
    """The reference: sentence-transformers in single precision."""
    settings = make_settings(backend="torch", precision="float32")
    return default_loaders(settings).encoder()


TEXTS = ["save the changed rows", "그리드에서 수정하고 저장", "getRowCount() == 0 ?", "a longer text " * 120, "x"]


@pytest.mark.parametrize("changes", [{}, {"precision": "float32"}, {"backend": "torch"}])
def test_every_backend_gives_the_references_vectors(torch_encoder, changes):
    encoder = default_loaders(make_settings(**changes)).encoder()
    tokens = encoder.tokenize(TEXTS)
    assert tokens == torch_encoder.tokenize(TEXTS)
    assert encoder.fingerprint == torch_encoder.fingerprint
    ids = [item.ids for item in tokens]
    cosines = (encoder.encode(ids) * torch_encoder.encode(ids)).sum(axis=1)
    assert cosines.min() >= (0.99999 if changes.get("precision") == "float32" else 0.9995)


def test_half_precision_is_used_where_the_processor_has_it(tmp_path):
    from app.features.embeddings.sentence_transformer import computes_bfloat16

    file = tmp_path / "cpuinfo"
    assert not computes_bfloat16(file)
    file.write_text("processor: 0\nflags\t: sse avx512f avx512_bf16 fma\n", encoding="utf-8")
    assert computes_bfloat16(file)
    file.write_text("flags\t: sse avx2\n", encoding="utf-8")
    assert not computes_bfloat16(file)


def test_what_is_cut_is_told(real_client):
    body, _ = _embed(real_client, ["short", "long " * 400])
    assert [item["truncated"] for item in body["data"]] == [False, True]


def test_korean_is_found_in_any_inflection(real_client):
    def indices(text):
        return set(real_client.post("/v1/sparse_embeddings", json={"input": [text]}).json()["data"][0]["indices"])

    assert indices("서버를") & indices("서버") == indices("서버")
    assert indices("그리드에서 수정하고 저장") <= indices("그리드의 행을 수정한 다음 저장합니다")


def test_the_ranking_is_bm25s(kiwi):  # R5.3
    extractor = TermExtractor(kiwi)
    words = ["그리드", "저장", "getRowCount", "popup", "행", "dataset", "조회", "버튼", "column"]
    chosen = random.Random(4)
    documents = [" ".join(chosen.choices(words, k=chosen.randint(2, 30))) for _ in range(60)]
    lists = extractor.terms(documents)
    average = sum(map(len, lists)) / len(lists)
    vectors = [document_vector(terms, average_length=average) for terms in lists]
    frequency = Counter(index for vector in vectors for index in vector.indices)
    for text in ("그리드 저장", "getRowCount", "popup 조회 버튼"):
        terms = extractor.terms([text])[0]
        ours = [_dot(query_vector(terms), vector, frequency, len(documents)) for vector in vectors]
        reference = [_reference(terms, found, lists, average) for found in lists]
        assert np.allclose(ours, reference, rtol=1e-4)


def _idf(documents_with, documents):
    return math.log(1 + (documents - documents_with + 0.5) / (documents_with + 0.5))


def _dot(query, vector, frequency, documents):
    """What the store computes: query weight × idf × document weight."""
    weights = dict(zip(vector.indices, vector.values, strict=True))
    return sum(
        value * _idf(frequency[index], documents) * weights.get(index, 0.0)
        for index, value in zip(query.indices, query.values, strict=True)
    )


def _reference(terms, document, documents, average):
    """BM25 as the textbook has it (Robertson and Zaragoza, 2009), Lucene's idf."""
    counts = Counter(document)
    score = 0.0
    for term in terms:
        idf = _idf(sum(term in other for other in documents), len(documents))
        score += idf * counts[term] * (K1 + 1) / (counts[term] + K1 * (1 - B + B * len(document) / average))
    return score
