"""Understands a prompt by rule, and asks an engine where the rules are not sure."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from chassis.errors import FieldError, Unprocessable

from ...language.messages import say
from ...modelling.subject import subject_of
from ...vocabulary.forms import NamingRule
from ...vocabulary.lexicon import Lexicon
from .answers import AnswerWriter, Naming, problem_warnings
from .kinds import Verdict
from .ports import NounSource
from .reading import PromptReader, Understanding
from .review import Proposal, Review, mark_inferred, proposed_model
from .schemas import IntentRequest, IntentResponse, Warning_
from .titles import screen_name

IN_LOOP = 1_500
"""Characters that are read on the event loop; more is read in a thread, so that other requests go on."""


class UnknownFramework(Unprocessable):
    default_code = "unknown_framework"


def _plain_names(_framework: str, _thing: str) -> NamingRule:
    return NamingRule()


class IntentService:
    """Answers `POST /v1/intents`."""

    def __init__(
        self,
        *,
        lexicon: Callable[[], Lexicon],
        known_frameworks: Callable[[], frozenset[str]],
        default_framework: str,
        naming: Naming = _plain_names,
        nouns: NounSource | None = None,
        review: Review | None = None,
        review_below: float = 0.6,
    ) -> None:
        """`review_below`: an engine is asked where the rules' confidence is under it."""
        self._lexicon = lexicon
        self._known_frameworks = known_frameworks
        self._default_framework = default_framework
        self._reader = PromptReader(lexicon)
        self._writer = AnswerWriter(lexicon, naming)
        self._nouns = nouns
        self._review = review
        self._review_below = review_below

    async def understand(self, request: IntentRequest) -> IntentResponse:
        framework = self._framework(request.framework)
        size = len(request.prompt) + sum(len(attachment.content) for attachment in request.attachments)
        read = self._reader.read
        found = await asyncio.to_thread(read, request) if size > IN_LOOP else read(request)
        if self._nouns is not None and found.unsure_of_subject:
            found = await self._reader.with_nouns(request, found, self._nouns)
        answer = self._writer.answer(request, found, framework)
        if self._review is not None and not found.sources.model.entities:
            answer = await self._reviewed(request, found, answer, self._review)
        answer.warnings = [*problem_warnings(found.sources.model.problems, found.language), *answer.warnings]
        return answer

    async def _reviewed(
        self, request: IntentRequest, found: Understanding, answer: IntentResponse, review: Review
    ) -> IntentResponse:
        """Merges an engine's view by confidence; the rules stand where there is none."""
        unsure = answer.confidence < self._review_below and not answer.needs_clarification
        if not unsure or found.verdict.why == "attack" or not await review.available(request.model):
            return answer
        proposal = await review.propose(found.prose, answer, request.model)
        if proposal is None:
            answer.warnings.append(Warning_(code="engine_unused", message=say("engine_unused", found.language)))
            return answer
        if proposal.confidence < answer.confidence:
            return answer
        return self._merged(request, found, answer, proposal)

    def _merged(
        self, request: IntentRequest, found: Understanding, answer: IntentResponse, proposal: Proposal
    ) -> IntentResponse:
        why = {"generate": "make", "modify": "change", "question": "how_to", "unsupported": "off_topic"}[proposal.kind]
        verdict = Verdict(proposal.kind, proposal.confidence, why)
        subjects = found.subjects
        if proposal.entity and not any(subject.archetype for subject in subjects):
            known = subject_of(proposal.entity, self._lexicon(), found.language, proposal.confidence)
            named = known if known.archetype or not proposal.entity_name else replace(known, name=proposal.entity_name)
            subjects = [named]
        declared = found.sources
        if proposal.kind == "generate" and proposal.fields and subjects and subjects[0].archetype is None:
            declared = replace(found.sources, model=proposed_model(proposal))
        merged = self._writer.answer(
            request, replace(found, subjects=subjects, verdict=verdict, sources=declared), answer.framework
        )
        if merged.data_model is not None and declared is not found.sources:
            mark_inferred(merged.data_model)
            merged.warnings = []
        if merged.kind == "generate" and proposal.pattern and not found.pattern_stated:
            merged.pattern = proposal.pattern
            entity = merged.data_model.entities[0] if merged.data_model else None
            if entity is not None:
                merged.screen = screen_name(entity.name, entity.label, proposal.pattern, found.language)
        merged.source = "engine"
        return merged

    def _framework(self, name: str | None) -> str:
        if not name:
            return self._default_framework
        known = self._known_frameworks()
        if name not in known:
            message = f"The framework {name!r} is not installed; known are: {', '.join(sorted(known))}."
            raise UnknownFramework(message, errors=[FieldError("framework", message, "unknown_framework")])
        return name
