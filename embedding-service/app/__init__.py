"""Vectors for the mesh: dense and sparse embeddings, Korean morphemes, lexical reranking."""
