"""The engine that needs no model: it reads the request block and answers by rule, over the same wire."""

import orjson

from screenspec.spec import ScreenSpec

from ..protocol import Batch, EngineCall, Piece, ProbeReport
from ..settings import BUILTIN
from ..usage import estimate_tokens, estimated_usage
from .answers import chat_answer, cited_answer
from .compose import compose_spec, spec_document
from .modify.edits import NotUnderstoodError
from .modify.modifying import modified_spec
from .modify.refusals import refusal
from .patching import patch_answer, plan_answer
from .request_block import RequestBlock, find_block, language_of, last_user_text
from .words import words_of

PIECE_CHARACTERS = 256


class BuiltinEngine:
    """Ready from the start, never busy. Token limits don't hold here: a spec cut short is of no use to anyone."""

    settings = BUILTIN

    async def open(self, call: EngineCall) -> "MadeAnswer":
        """The answer in pieces, as other engines send theirs."""
        answer = self.answer(call)
        batches: list[Batch] = [
            [Piece(text=answer[start : start + PIECE_CHARACTERS])] for start in range(0, len(answer), PIECE_CHARACTERS)
        ]
        return MadeAnswer([*batches, [Piece(finish="stop"), estimated_usage(call, estimate_tokens(answer))]])

    async def probe(self) -> ProbeReport:
        return ProbeReport("ready")

    def answer(self, call: EngineCall) -> str:
        """The whole answer.

        Raises:
            InvalidInput: the request block can't be read, or lacks what its task needs.
        """
        text = last_user_text(call)
        block = find_block(text)
        if block is None:
            return chat_answer(words_of(language_of(text)), call.fallback_reason)
        if block.task == "plan":
            return plan_answer(block)
        if block.task == "patch":
            return patch_answer(block, text, words_of(block.language))
        return _answer_block(block, call.fallback_reason)


class MadeAnswer:
    """An answer that was whole before it is read."""

    def __init__(self, batches: list[Batch]) -> None:
        self._batches = iter(batches)

    async def read(self) -> Batch:
        return next(self._batches, [])

    def close(self) -> None:
        """Nobody works on it any more."""


def _modified(block: RequestBlock) -> ScreenSpec:
    return modified_spec(block.base_spec or {}, block.prompt, block.data_model)


def _answer_block(block: RequestBlock, fallback_reason: str) -> str:
    words = words_of(block.language)
    if block.task == "answer":
        return cited_answer(block, words)
    if block.task == "chat":
        return chat_answer(words, fallback_reason)
    if block.task not in {"spec", "modify"}:
        return words.cannot_task.format(block.task)
    if block.task == "modify" and block.base_spec is None:
        return words.cannot_modify
    try:
        spec = _modified(block) if block.base_spec is not None else compose_spec(block)
    except NotUnderstoodError as error:
        return refusal(error.code, error.text, block.language)
    document = orjson.dumps(spec_document(spec)).decode()
    return f"{words.spec_sentence.format(spec.title)}\n\n```json\n{document}\n```\n"
