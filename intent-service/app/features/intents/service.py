"""Understands a prompt by rule: kind, subject, data model, pattern, questions."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from chassis.errors import FieldError, Unprocessable

from ...language.messages import say
from ...language.text import Language, clean, detect_language, is_japanese_or_chinese
from ...modelling.builder import Built, ModelBuilder
from ...modelling.subject import Subject, default_subject, parent_first, subject_of
from ...parsing.declared import Problem
from ...parsing.formal import Sources
from ...parsing.sources import read_sources, shortened
from ...vocabulary.lexicon import Lexicon
from .clarification import alternatives, change_questions, reason_of, vague_questions
from .kinds import Signals, Verdict, classify
from .patterns import PatternChoice, choose_pattern
from .ports import NounSource
from .review import Proposal, Review, mark_inferred, proposed_model
from .schemas import IntentRequest, IntentResponse, Warning_
from .subjects import find_subjects, names_term
from .titles import screen_name

MAX_PROBLEMS = 20
MAX_PROSE = 2_000
MAX_ANALYSED = 500
"""Characters of prose that are sent to the analyser: a subject stands early."""
IN_LOOP = 1_500
"""Characters that are read on the event loop; more is read in a thread, so that other requests go on."""


class UnknownFramework(Unprocessable):
    default_code = "unknown_framework"


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the rules read out of a request, before an answer is written."""

    language: Language
    sources: Sources
    prose: str
    subjects: list[Subject]
    verdict: Verdict

    @property
    def pattern_stated(self) -> bool:
        return choose_pattern(self.prose, entities=1, related=False, language=self.language).stated


class IntentService:
    """Answers `POST /v1/intents`."""

    def __init__(
        self,
        *,
        lexicon: Callable[[], Lexicon],
        known_frameworks: Callable[[], frozenset[str]],
        default_framework: str,
        nouns: NounSource | None = None,
        review: Review | None = None,
        review_below: float = 0.6,
    ) -> None:
        """`review_below`: an engine is asked where the rules' confidence is under it."""
        self._lexicon = lexicon
        self._known_frameworks = known_frameworks
        self._default_framework = default_framework
        self._nouns = nouns
        self._review = review
        self._review_below = review_below

    async def understand(self, request: IntentRequest) -> IntentResponse:
        framework = self._framework(request.framework)
        size = len(request.prompt) + sum(len(attachment.content) for attachment in request.attachments)
        found = await asyncio.to_thread(self._read, request) if size > IN_LOOP else self._read(request)
        if self._nouns is not None and _unsure_of_subject(found):
            found = await self._with_nouns(request, found, self._nouns)
        answer = self._answer(request, found, framework)
        if self._review is not None and not found.sources.model.entities:
            answer = await self._reviewed(request, found, answer, self._review)
        answer.warnings = [*_problem_warnings(found.sources.model.problems, found.language), *answer.warnings]
        return answer

    async def _with_nouns(self, request: IntentRequest, found: Understanding, nouns: NounSource) -> Understanding:
        """Looks for the subject again in prose whose particles an analyser took off."""
        bare = await nouns.nouns(found.prose[:MAX_ANALYSED])
        subjects = find_subjects(bare, self._lexicon(), found.language) if bare else []
        if not any(subject.archetype for subject in subjects):
            return found
        named = names_term(found.prose, self._lexicon())
        verdict = classify(found.prose, _signals(request, found.sources, subjects, named=named))
        return replace(found, subjects=subjects, verdict=verdict)

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
        merged = self._answer(
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

    def _read(self, request: IntentRequest) -> Understanding:
        prompt = clean(request.prompt)
        sources = read_sources(prompt, request.attachments, self._lexicon().field_names)
        if not sources.formal and self._only_subjects(sources):
            sources = Sources(prose=prompt, searched=sources.searched)
        prose = shortened(sources.prose)[:MAX_PROSE]
        language = request.language or detect_language(prose if any(map(str.isalpha, prose)) else prompt)
        if is_japanese_or_chinese(prose):
            prose = self._lexicon().in_english(prose)
        prose, subjects = self._subjects(prose, language)
        whole = shortened(prompt)[:MAX_PROSE] if request.base is not None and not sources.formal else prose
        verdict = classify(whole, _signals(request, sources, subjects, named=names_term(whole, self._lexicon())))
        return Understanding(language, sources, prose, subjects, verdict)

    def _only_subjects(self, sources: Sources) -> bool:
        """`주문과 주문상세를 보여주는`: two names of what is kept, and no fields."""
        entities = sources.model.entities
        if len(entities) != 1 or entities[0].name or len(entities[0].fields) > 2:
            return False
        return all(item.bare and self._lexicon().archetype(item.name) is not None for item in entities[0].fields)

    def _subjects(self, prose: str, language: Language) -> tuple[str, list[Subject]]:
        """The subjects, and the prose: with its spelling mended where only then it names something known."""
        subjects = find_subjects(prose, self._lexicon(), language)
        if any(subject.archetype for subject in subjects):
            return prose, subjects
        mended = self._lexicon().mended(prose)
        known = find_subjects(mended, self._lexicon(), language) if mended != prose else []
        return (mended, known) if any(subject.archetype for subject in known) else (prose, subjects)

    def _answer(self, request: IntentRequest, found: Understanding, framework: str) -> IntentResponse:
        answer = IntentResponse(
            kind=found.verdict.kind,
            confidence=found.verdict.confidence,
            language=found.language,
            framework=framework,
            reason=reason_of(found.verdict.why, found.language),
        )
        if answer.kind == "generate":
            self._generate(answer, found)
        elif answer.kind == "modify":
            _modify(answer, request, found)
        elif answer.kind == "unsupported":
            answer.alternatives = alternatives(found.language)
        return answer

    def _generate(self, answer: IntentResponse, found: Understanding) -> None:
        lexicon, language = self._lexicon(), found.language
        vague = not found.subjects and not found.sources.model.entities
        subjects = parent_first(found.subjects) or [default_subject(lexicon, language)]
        declared = found.sources.model.entities
        related = len(declared) > 1 and any(entity.references for entity in declared)
        groups = len(declared) if declared else len(found.subjects)
        choice = choose_pattern(
            found.prose,
            entities=groups,
            related=related or (len(declared) > 1 and not declared[0].table),
            language=language,
        )
        if not declared and found.subjects:
            answer.confidence = min(answer.confidence, subjects[0].confidence)
        built = self._build(found, subjects, choice)
        entity = built.model.entities[0]
        answer.pattern, answer.pattern_reason = choice.pattern, choice.reason
        answer.data_model = built.model
        answer.screen = screen_name(entity.name, entity.label, choice.pattern, language)
        answer.warnings += [Warning_(code=code, message=say(code, language, **facts)) for code, facts in built.notes]
        if vague:
            answer.needs_clarification = True
            answer.confidence = min(answer.confidence, 0.5)
            answer.reason = reason_of("vague", language)
            answer.questions = vague_questions(lexicon, language, pattern=choice.pattern, pattern_stated=choice.stated)

    def _build(self, found: Understanding, subjects: list[Subject], choice: PatternChoice) -> Built:
        builder = ModelBuilder(self._lexicon(), found.language)
        if found.sources.model.entities:
            about = found.subjects[0] if found.subjects else None
            return builder.stated(found.sources.model, about, found.sources.searched)
        if choice.pattern == "master_detail" and len(subjects) > 1:
            return builder.pair(subjects[0], subjects[1], found.sources.searched)
        return builder.inferred(subjects[0], found.sources.searched, with_details=choice.pattern == "master_detail")


def _signals(request: IntentRequest, sources: Sources, subjects: list[Subject], *, named: bool) -> Signals:
    return Signals(
        has_model=bool(sources.model.entities),
        has_subject=bool(subjects),
        known_subject=any(subject.archetype for subject in subjects),
        names_term=named,
        has_base=request.base is not None,
        has_history=any(message.role == "assistant" for message in request.history),
    )


def _unsure_of_subject(found: Understanding) -> bool:
    """Korean prose that names nothing which the vocabulary knows."""
    known = any(subject.archetype for subject in found.subjects)
    return found.language == "ko" and not known and not found.sources.model.entities


def _modify(answer: IntentResponse, request: IntentRequest, found: Understanding) -> None:
    if request.base is None and not request.attachments and not request.history:
        answer.warnings.append(Warning_(code="no_base", message=say("no_base", found.language)))
    if len(found.prose.split()) <= 2 and not found.subjects:
        answer.needs_clarification = True
        answer.questions = change_questions(found.language)


def _problem_warnings(problems: list[Problem], language: Language) -> list[Warning_]:
    return [
        Warning_(
            code=problem.code,
            message=say(problem.code, language, line=problem.line, source=problem.source, text=problem.text),
        )
        for problem in problems[:MAX_PROBLEMS]
    ]
