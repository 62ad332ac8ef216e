"""The failing part of an engine's own files, asked for once more: the part alone, with its errors."""

import asyncio
from contextlib import aclosing
from typing import Any, cast

from chassis.deadlines import remaining_s
from chassis.errors import UpstreamFailed, UpstreamRejected, UpstreamTimedOut

from ..core.clients.llm import StreamLimits
from ..core.clients.postprocess import Emission
from .draft import Draft
from .engine import Chunks, EngineLimits
from .ports import EngineProxy, Postprocessing, Sink


class FailingParts:
    """Asks the engine that wrote the files, and nobody in its place; what stays broken is a finding."""

    def __init__(self, proxy: EngineProxy, client: Postprocessing, limits: EngineLimits) -> None:
        self._proxy = proxy
        self._client = client
        self._limits = limits

    async def mended(self, draft: Draft, sink: Sink, emission: Emission, body: dict[str, Any]) -> Emission:
        """The emission with the engine's second answer in it; as it was where that is no better, or none came."""
        failing = emission.failing
        if failing is None or draft.profile.repair_budget == 0:
            return emission
        parts = failing["parts"]
        sink.emit("progress", {"stage": "postprocess", "message": draft.say("part_asked", parts=len(parts))})
        until = remaining_s()
        try:
            answer = await self._answer(draft, str(failing["request"]))
            draft.limit(until)
            files = [item.model_dump(include={"path", "language", "content"}) for item in emission.artifacts]
            second = {"parts": parts, "answer": answer}
            return await self._client.artifacts(body | {"files": files, "second": second}, **draft.user)
        except (UpstreamFailed, UpstreamTimedOut, UpstreamRejected, TimeoutError) as error:
            draft.limit(until)
            reason = getattr(error, "detail", "") or type(error).__name__
            draft.warn(sink, "part_not_mended", draft.say("part_not_mended", reason=reason))
            return emission

    async def _answer(self, draft: Draft, request: str) -> str:
        body: dict[str, Any] = {
            "model": draft.order.model or "default",
            "messages": [{"role": "user", "content": request}],
            "stream": True,
            "stream_options": {"include_usage": True},
            "framewright": {"allow_fallback": False},
        }
        if draft.engine is not None and draft.engine.max_output_tokens:
            body["max_tokens"] = draft.engine.max_output_tokens
        draft.limit(self._limits.total_s)
        limits = StreamLimits(self._limits.first_byte_s, self._limits.gap_s)
        text = ""
        async with asyncio.timeout(self._limits.total_s):
            stream = cast("Chunks", self._proxy.chat(body, limits=limits, **draft.user))
            async with aclosing(stream) as chunks:
                async for chunk in chunks:
                    text += chunk.text
                    draft.add_usage(chunk.usage)
        draft.raw_answers.append(
            {
                "attempt": len(draft.raw_answers) + 1, "engine": draft.engine_id, "model": draft.engine_model,
                "text": text, "reasoning": "", "finish_reason": "stop",
            }
        )  # fmt: skip
        return text
