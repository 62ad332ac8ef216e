"""Understands a prompt by rule: kind, subject, data model, pattern, questions."""

from collections.abc import Callable
from dataclasses import dataclass

from chassis.errors import FieldError, Unprocessable

from ...language.messages import say
from ...language.text import Language, clean, detect_language
from ...modelling.builder import Built, ModelBuilder
from ...modelling.subject import Subject, default_subject, subject_of
from ...parsing.declared import Problem
from ...parsing.sources import Sources, read_sources
from ...vocabulary.lexicon import Lexicon
from .clarification import alternatives, change_questions, reason_of, vague_questions
from .kinds import Signals, Verdict, classify
from .patterns import PatternChoice, choose_pattern
from .schemas import IntentRequest, IntentResponse, Warning_
from .subjects import find_subjects
from .titles import screen_name

MAX_PROBLEMS = 20
MAX_PROSE = 4_000


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


class IntentService:
    """Answers `POST /v1/intents`."""

    def __init__(
        self, *, lexicon: Callable[[], Lexicon], known_frameworks: Callable[[], frozenset[str]], default_framework: str
    ) -> None:
        self._lexicon = lexicon
        self._known_frameworks = known_frameworks
        self._default_framework = default_framework

    async def understand(self, request: IntentRequest) -> IntentResponse:
        framework = self._framework(request.framework)
        found = self._read(request)
        answer = self._answer(request, found, framework)
        answer.warnings = [*_problem_warnings(found.sources.model.problems, found.language), *answer.warnings]
        return answer

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
        language = request.language or detect_language(prompt)
        sources = read_sources(prompt, request.attachments)
        prose = sources.prose[:MAX_PROSE]
        subjects = find_subjects(prose, self._lexicon(), language)
        signals = Signals(
            has_model=bool(sources.model.entities),
            has_subject=bool(subjects),
            known_subject=any(subject.archetype for subject in subjects),
            has_base=request.base is not None,
            has_history=any(message.role == "assistant" for message in request.history),
        )
        return Understanding(language, sources, prose, subjects, classify(prose, signals))

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
        subjects = found.subjects or [default_subject(lexicon, language)]
        declared = found.sources.model.entities
        related = len(declared) > 1 and any(entity.references for entity in declared)
        groups = len(declared) if declared else len(found.subjects)
        choice = choose_pattern(
            found.prose,
            entities=groups,
            related=related or (len(declared) > 1 and not declared[0].table),
            language=language,
        )
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
            about = found.subjects[0] if found.subjects else subject_of("item", self._lexicon(), found.language)
            return builder.stated(found.sources.model, about, found.sources.searched)
        if choice.pattern == "master_detail" and len(subjects) > 1:
            return builder.pair(subjects[0], subjects[1], found.sources.searched)
        return builder.inferred(subjects[0], found.sources.searched, with_details=choice.pattern == "master_detail")


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
