"""A turn of a conversation: no intent, knowledge where it is wanted, and the engine with the history before it."""

from typing import Any

from chassis.errors import UpstreamFailed, UpstreamRejected, UpstreamTimedOut

from ..core.clients.rag import PromptAnswer
from .draft import Draft, stage
from .knowledge import KnowledgeStage, raise_if_callers_fault
from .ports import Sink
from .production import Production
from .prompt import PromptStage

_FENCE = "```framewright-request\n"
_BARE = {
    "ko": "당신은 도움을 주는 조수입니다. 사용자의 언어로 Markdown으로 답합니다.",
    "en": "You are a helpful assistant. Answer in the user's language, in Markdown.",
}


class ConversationPrompt(PromptStage):
    """The template and the knowledge as rag-service puts them together, around the person's own words."""

    async def run(self, draft: Draft, sink: Sink, *, retry_reason: str | None = None) -> PromptAnswer:
        body = self._body(draft, retry_reason)
        body["max_output_tokens"] = draft.order.max_tokens or body["max_output_tokens"]
        with stage(draft, sink, "prompt") as report:
            try:
                prompt = await self._client.prompts(body, **draft.user)
            except (UpstreamRejected, UpstreamFailed, UpstreamTimedOut) as error:
                raise_if_callers_fault(error)
                prompt = _bare(draft)
                report.fallback = "bare"
                draft.warn(sink, "prompt_unavailable", draft.say("prompt_unavailable", reason=error.detail))
            draft.pass_on(sink, prompt.warnings)
            prompt = prompt.model_copy(update={"messages": conversation(prompt.messages, draft)})
            report.summary = draft.say("prompt", messages=len(prompt.messages))
        draft.prompt_answer = prompt
        draft.prompts.append(prompt.model_dump(exclude={"response_schema", "warnings"}) | {"fallback": report.fallback})
        sink.record({"prompts": draft.prompts})
        return prompt


class Conversation:
    def __init__(self, knowledge: KnowledgeStage, prompt: ConversationPrompt, production: Production) -> None:
        self._knowledge, self._prompt, self._production = knowledge, prompt, production

    async def run(self, draft: Draft, sink: Sink) -> None:
        """The answer into the draft.

        Raises:
            UpstreamFailed, UpstreamTimedOut: no engine, not even the built-in one.
        """
        if draft.order.use_knowledge:
            await self._knowledge.run(draft, sink)
        await self._prompt.run(draft, sink)
        await self._production.run(draft, sink)


def conversation(messages: list[dict[str, Any]], draft: Draft) -> list[dict[str, Any]]:
    """The messages with the session's system prompt, and the person's words in place of the request block."""
    *before, last = messages
    head = str(last["content"]).rpartition(_FENCE)[0].rstrip()
    words = f"{head}\n\n{draft.prompt}" if head else draft.prompt
    if draft.order.system_prompt and before and before[0]["role"] == "system":
        system = {**before[0], "content": f"{before[0]['content']}\n\n{draft.order.system_prompt}"}
        before = [system, *before[1:]]
    return [*before, {**last, "content": words}]


def _bare(draft: Draft) -> PromptAnswer:
    """Without rag-service: history and words alone."""
    system = _BARE["ko" if draft.language == "ko" else "en"]
    return PromptAnswer(
        messages=[
            {"role": "system", "content": system},
            *draft.order.history,
            {"role": "user", "content": draft.prompt},
        ]
    )
