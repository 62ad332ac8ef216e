"""An engine that counts more tokens than was estimated gets a smaller prompt, once."""

from chassis.errors import UpstreamFailed

from ..core.clients.llm import CONTEXT_EXCEEDED
from ..core.clients.rag import PromptAnswer
from .draft import Draft, Fit
from .engine import EngineAnswer, EngineLimits, EngineStage
from .ports import EngineProxy, Sink
from .prompt import PromptStage

_MARGIN = 1.05
_UNKNOWN_RATIO = 2.0
"""Where the engine does not say what it counted."""
_LEAST_WINDOW = 256
"""What `/v1/prompts` takes."""


class FittingEngineStage(EngineStage):
    def __init__(self, proxy: EngineProxy, limits: EngineLimits, prompts: PromptStage) -> None:
        super().__init__(proxy, limits)
        self._prompts = prompts

    async def run(
        self, draft: Draft, sink: Sink, prompt: PromptAnswer, *, attempt: int, builtin: bool, until: float
    ) -> EngineAnswer:
        """As the engine stage; a refusal for length gets one smaller prompt."""
        try:
            return await super().run(draft, sink, prompt, attempt=attempt, builtin=builtin, until=until)
        except UpstreamFailed as error:
            if error.code != CONTEXT_EXCEEDED or builtin or draft.fit is not None:
                raise
            draft.fit = fit_of(error, prompt)
        smaller = await self._prompts.run(draft, sink)
        return await super().run(draft, sink, smaller, attempt=attempt, builtin=builtin, until=until)


def fit_of(error: UpstreamFailed, prompt: PromptAnswer) -> Fit:
    """What the engine counted for each token of the estimate, and its window, as far as it said them."""
    counted, window = error.extra.get("n_prompt_tokens"), error.extra.get("n_ctx")
    estimated = prompt.tokens.get("total")
    if isinstance(counted, int) and isinstance(estimated, int) and estimated > 0:
        ratio = min(100.0, max(1.0, counted / estimated * _MARGIN))
    else:
        ratio = _UNKNOWN_RATIO
    return Fit(ratio, window if isinstance(window, int) and window >= _LEAST_WINDOW else None)
