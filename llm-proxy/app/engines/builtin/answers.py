"""Answers in prose: extracts with citations, and what to do where no engine is set."""

import re

from .request_block import Citation, RequestBlock
from .words import Words

_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n+")
_WORD = re.compile(r"[0-9A-Za-z_\uac00-\ud7af]{2,}")
_MAX_CITATIONS = 5
_MAX_EXTRACT = 600
_SENTENCES = 3


def cited_answer(block: RequestBlock, words: Words) -> str:
    """What the citations say about the question, each with its mark `[n]`, and the list of sources."""
    citations = [item for item in block.citations if item.text.strip()][:_MAX_CITATIONS]
    if not citations:
        return words.no_citations
    question = _terms(block.prompt)
    extracts = [f"{_extract(item, question)} [{number}]" for number, item in enumerate(citations, 1)]
    sources = [f"[{number}] {_source(item)}" for number, item in enumerate(citations, 1)]
    return "\n\n".join([words.answer_intro, *extracts, f"{words.sources}:\n" + "\n".join(sources)])


def _terms(text: str) -> set[str]:
    """Words of two characters and more; of a Korean word also its beginning, before any particle."""
    found = {word.lower() for word in _WORD.findall(text)}
    return found | {word[:2] for word in found if not word.isascii()}


def _extract(citation: Citation, question: set[str]) -> str:
    """The sentences that share most with the question, in their order."""
    if len(citation.text) <= _MAX_EXTRACT:
        return citation.text.strip()
    sentences = [sentence.strip() for sentence in _SENTENCE.split(citation.text) if sentence.strip()]
    ranked = sorted(range(len(sentences)), key=lambda index: (-len(_terms(sentences[index]) & question), index))
    chosen = " ".join(sentences[index] for index in sorted(ranked[:_SENTENCES]))
    return chosen if len(chosen) <= _MAX_EXTRACT else chosen[: _MAX_EXTRACT - 1].rstrip() + "…"


def _source(citation: Citation) -> str:
    title = citation.title or citation.id
    return f"{title} ({citation.source})" if citation.source and citation.source != title else title


def chat_answer(words: Words, fallback_reason: str) -> str:
    """Why nobody can chat, and what to do about it."""
    return words.engine_failed.format(fallback_reason) if fallback_reason else words.no_engine
