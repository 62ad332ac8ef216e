"""What engines there are, in our own words and in OpenAI's."""

from ...engines.settings import BUILTIN_ID
from ...routing.registry import DEFAULT_MODEL, Registry
from ...routing.slots import Slot
from .schemas import EngineResponse, EnginesResponse, ModelExtension, ModelResponse, ModelsResponse


class ModelService:
    """Reads the registry. `started_at` (seconds since 1970) stands as the models' time of creation."""

    def __init__(self, registry: Registry, *, started_at: int) -> None:
        self._registry = registry
        self._started_at = started_at

    def engines(self) -> EnginesResponse:
        return EnginesResponse(
            default=self._registry.default_id, engines=[_engine(slot) for slot in self._registry.slots()]
        )

    def models(self) -> ModelsResponse:
        """Every name that a request may give: `default`, the engines' ids, their models' names and their aliases."""
        names = [DEFAULT_MODEL]
        for slot in self._registry.slots():
            names += [slot.settings.id, slot.settings.public_model, *slot.settings.aliases]
        return ModelsResponse(data=[self.model(name) for name in dict.fromkeys(names)])

    def model(self, name: str) -> ModelResponse:
        """Raises NotFound where no engine goes by this name."""
        slot = self._registry.find(name)
        settings = slot.settings
        return ModelResponse(
            id=name,
            created=self._started_at,
            owned_by=settings.kind,
            framewright=ModelExtension(engine=settings.id, model=settings.public_model, state=slot.state),
        )


def _engine(slot: Slot) -> EngineResponse:
    settings = slot.settings
    return EngineResponse(
        id=settings.id,
        name=settings.name or settings.id,
        kind=settings.kind,
        model=settings.public_model,
        model_class=settings.size_class,
        context_window=slot.context_window,
        max_output_tokens=settings.output_tokens,
        state=slot.state,
        detail=slot.detail,
        builtin=settings.id == BUILTIN_ID,
        fallbacks=list(settings.fallbacks),
        aliases=list(settings.aliases),
        capabilities=sorted(slot.capabilities),
        weight=settings.weight,
        max_concurrency=settings.max_concurrency,
        running=slot.load.running,
        waiting=slot.queue.length,
    )
