"""Stage 11: artifacts out of the spec, checked and repaired, every fix named."""

from typing import Any

from chassis.errors import UpstreamRejected

from ..core.clients.postprocess import EmittedArtifact
from ..core.clients.rag import PromptAnswer
from .analysis import Reading, Unusable
from .draft import Draft, stage
from .knowledge import raise_if_callers_fault
from .parts import FailingParts
from .ports import Postprocessing, Sink


class PostprocessStage:
    def __init__(self, client: Postprocessing, parts: FailingParts) -> None:
        self._client = client
        self._parts = parts

    async def run(self, draft: Draft, sink: Sink, reading: Reading, prompt: PromptAnswer) -> None:
        """Spec and artifacts into the draft, and to the client.

        Raises:
            Unusable: the spec's references don't resolve and can't be mended.
        """
        with stage(draft, sink, "postprocess") as report:
            try:
                body = self._body(draft, reading, prompt)
                emission = await self._client.artifacts(body, **draft.user)
            except UpstreamRejected as error:
                raise_if_callers_fault(error)
                if error.status != 422:
                    raise
                problems = "; ".join(f"{item.field}: {item.message}" for item in error.errors[:5])
                raise Unusable(" ".join(filter(None, (error.detail, problems)))) from error
            if reading.spec is None:
                emission = await self._parts.mended(draft, sink, emission, body)
            draft.emission = emission
            draft.spec = emission.spec or reading.spec
            draft.pass_on(sink, emission.warnings)
            fixes = len(emission.fixes) + sum(len(artifact.fixes) for artifact in emission.artifacts)
            report.summary = draft.say("postprocess", files=len(emission.artifacts), fixes=fixes)
        if draft.spec is not None:
            sink.emit("spec", {"spec": draft.spec})
        for artifact in emission.artifacts:
            sink.emit("artifact", artifact.model_dump())

    @staticmethod
    def _body(draft: Draft, reading: Reading, prompt: PromptAnswer) -> dict[str, Any]:
        kinds = [artifact.kind for artifact in prompt.artifacts or ()] or draft.order.artifacts
        more = {"options": draft.order.emission} if draft.order.emission else {}
        if reading.spec is None:
            return {
                "files": reading.files,
                "framework": draft.framework,
                "language": draft.language,
                "strictness": draft.order.strictness,
                **more,
            }
        return {
            "spec": reading.spec,
            "files": None,
            "data_model": draft.data_model or (draft.order.base.data_model if draft.order.base else None),
            "artifacts": kinds,
            "framework": draft.framework,
            "strictness": draft.order.strictness,
            **more,
        }


def listed(artifact: EmittedArtifact) -> dict[str, Any]:
    """An artifact as lists show it: without its content."""
    return artifact.model_dump(exclude={"content"})
