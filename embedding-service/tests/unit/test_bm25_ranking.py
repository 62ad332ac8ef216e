"""Our sparse vectors, with the store's inverse document frequency, rank as bm25s does."""

import math
import random

import bm25s  # type: ignore[import-untyped]
import numpy as np
from app.core.bm25 import K1, B, document_vector, query_vector

WORDS = [f"word{n}" for n in range(60)]


def test_the_ranking_is_that_of_bm25s():  # R5.2
    chance = random.Random(7)
    texts = [[chance.choice(WORDS) for _ in range(chance.randint(5, 60))] for _ in range(200)]
    average = sum(map(len, texts)) / len(texts)
    documents = [
        dict(zip(v.indices, v.values, strict=True)) for v in (document_vector(t, average_length=average) for t in texts)
    ]
    peer = bm25s.BM25(method="lucene", k1=K1, b=B)
    peer.index(texts, show_progress=False)
    for _ in range(50):
        asked = chance.sample(WORDS, chance.randint(1, 5))
        query = query_vector(asked)
        ours = np.zeros(len(texts))
        for index, weight in zip(query.indices, query.values, strict=True):
            holders = sum(index in document for document in documents)
            idf = math.log(1 + (len(texts) - holders + 0.5) / (holders + 0.5))
            ours += [weight * idf * document.get(index, 0.0) for document in documents]
        theirs = peer.get_scores(asked) * (K1 + 1)
        assert np.allclose(ours, theirs, atol=1e-3)
        assert abs(ours[int(theirs.argmax())] - ours.max()) < 1e-3
