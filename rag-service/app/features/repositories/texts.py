"""What of a chunk is embedded: its place and signature in words, then the code."""

import re

from .chunking import Chunk

_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[가-힣]+")
_PROSE = re.compile(r'"""(.+?)"""|/\*\*?(.+?)\*/|(?:^|\s)(?:#|//|--)(?!!)([^\n]+)|<!--(.+?)-->', re.DOTALL)
_PROSE_LIMIT = 400
_DENSE_LIMIT = 1_400


def words_in(name: str) -> str:
    """`deleteCheckedRow` → `delete checked row`."""
    return " ".join(part.lower() for part in _PARTS.findall(name))


def prose_in(text: str) -> str:
    """Comments and documentation in the code: they say what it is for in the words that people ask in."""
    found = (" ".join(part for part in match if part) for match in _PROSE.findall(text))
    return " ".join(" ".join(found).replace("*", " ").split())[:_PROSE_LIMIT]


def dense_text(chunk: Chunk) -> str:
    """The beginning counts most, for a model reads a few hundred tokens."""
    head = f"{words_in(chunk.path)}: {words_in(chunk.symbol)}"
    return f"{head}\n{prose_in(chunk.text)}\n{chunk.signature}\n{chunk.text}"[:_DENSE_LIMIT]


def sparse_text(chunk: Chunk) -> str:
    """Names count twice, by standing in it twice."""
    return f"{chunk.path} {chunk.symbol} {chunk.symbol} {prose_in(chunk.text)}\n{chunk.text}"


def names_of(chunk: Chunk) -> list[str]:
    """The identifiers that the chunk defines, in lower case: each part of its qualified name's last, and the whole."""
    if not chunk.symbol:
        return []
    last = re.split(r"[.#]", chunk.symbol)[-1]
    file_name = chunk.path.rsplit("/", 1)[-1]
    names = {last, chunk.symbol, file_name, file_name.rsplit(".", 1)[0]}
    return sorted(name.lower() for name in names if name)
