"""Stages 5 and 6: the files to make, and the prompt out of template, knowledge and request."""

from functools import cache
from typing import Any

import orjson

from chassis.errors import UpstreamFailed, UpstreamRejected, UpstreamTimedOut
from screenspec.spec import ScreenSpec

from ..core.clients.rag import PromptAnswer
from .draft import Draft, stage
from .knowledge import model_class_of, raise_if_callers_fault
from .ports import Knowledge, Sink

DEFAULT_WINDOW = 4096
DEFAULT_OUTPUT = 2048


class PromptStage:
    def __init__(self, client: Knowledge) -> None:
        self._client = client

    async def run(self, draft: Draft, sink: Sink, *, retry_reason: str | None = None) -> PromptAnswer:
        """The prompt; a bare one of our own, with a warning, where rag-service can't make it."""
        body = self._body(draft, retry_reason)
        fallback: str | None = None
        with stage(draft, sink, "artifacts") as report:
            try:
                prompt = await self._client.prompts(body, **draft.user)
            except (UpstreamRejected, UpstreamFailed, UpstreamTimedOut) as error:
                raise_if_callers_fault(error)
                prompt = bare_prompt(draft)
                fallback = report.fallback = "bare"
                draft.warn(sink, "prompt_unavailable", draft.say("prompt_unavailable", reason=error.detail))
            files = ", ".join(artifact.path for artifact in prompt.artifacts or ())
            report.summary = draft.say("artifacts", files=files) if files else draft.say("artifacts.default")
        with stage(draft, sink, "prompt") as report:
            report.fallback = fallback
            draft.pass_on(sink, prompt.warnings)
            report.summary = draft.say("prompt", messages=len(prompt.messages))
        draft.prompt_answer = prompt
        draft.prompts.append(prompt.model_dump(exclude={"response_schema", "warnings"}) | {"fallback": fallback})
        sink.record({"prompts": draft.prompts})
        return prompt

    @staticmethod
    def _body(draft: Draft, retry_reason: str | None) -> dict[str, Any]:
        intent, order, engine, fit = draft.intent, draft.order, draft.engine, draft.fit
        return {
            "task": draft.task,
            "prompt": draft.prompt,
            "language": draft.language,
            "framework": draft.framework,
            "pattern": intent.pattern if intent else None,
            "screen": intent.screen.model_dump() if intent and intent.screen else None,
            "data_model": model_of(draft),
            "hits": [hit.model_dump() for hit in draft.search.hits],
            "artifacts": order.artifacts,
            "model_class": model_class_of(draft),
            "context_window": (fit.window if fit else None)
            or (engine.context_window if engine else None)
            or DEFAULT_WINDOW,
            "observed_tokens_ratio": fit.ratio if fit else 1.0,
            "max_output_tokens": (engine.max_output_tokens if engine else None) or DEFAULT_OUTPUT,
            "history": order.history,
            "base_spec": order.base.spec if order.base and draft.task == "modify" else None,
            "retry_reason": retry_reason,
            "examples": draft.profile.examples,
            **({"templates": order.templates} if order.templates else {}),
        }


def model_of(draft: Draft) -> dict[str, Any] | None:
    """The request's data model; of a modification the earlier screen's, where it brings none."""
    return draft.data_model or (draft.order.base.data_model if draft.order.base and draft.task == "modify" else None)


def bare_prompt(draft: Draft) -> PromptAnswer:
    """A prompt without template and knowledge: what to answer with, its schema, and the request block."""
    task = draft.task
    if task == "answer":
        system = "Answer the question in its own language, from the citations alone."
        schema = None
    else:
        schema = spec_schema()
        system = (
            "You design business screens. Answer with one JSON object in a fenced block, a screen spec that holds "
            f"this JSON Schema:\n{orjson.dumps(schema).decode()}"
        )
    return PromptAnswer(
        messages=[
            {"role": "system", "content": system},
            {"role": "user", "content": f"{draft.prompt}\n\n{request_block(draft)}"},
        ],
        artifacts=None,
        response_schema=schema if task == "spec" else None,
    )


def request_block(draft: Draft) -> str:
    """The section that is never trimmed, and all that the built-in engine reads (contracts, `/v1/prompts`)."""
    intent, order = draft.intent, draft.order
    request = {
        "version": "1",
        "task": draft.task,
        "language": draft.language,
        "framework": draft.framework,
        "pattern": intent.pattern if intent else None,
        "screen": intent.screen.model_dump() if intent and intent.screen else None,
        "prompt": draft.prompt,
        "data_model": model_of(draft),
        "base_spec": order.base.spec if order.base and draft.task == "modify" else None,
        "citations": [hit.model_dump(include={"id", "title", "text", "source"}) for hit in draft.search.hits]
        if draft.task == "answer"
        else [],
    }
    return f"```framewright-request\n{orjson.dumps(request).decode()}\n```"


@cache
def spec_schema() -> dict[str, Any]:
    return ScreenSpec.model_json_schema()
