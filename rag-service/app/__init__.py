"""Retrieval: the knowledge index, hybrid search, artifact definition and prompt assembly."""
