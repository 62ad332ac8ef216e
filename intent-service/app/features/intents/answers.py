"""Writes the answer to what was understood."""

import re
from collections.abc import Callable

from screenspec.spec import Pattern

from ...language.messages import say
from ...language.text import Language
from ...modelling.builder import Built, ModelBuilder
from ...modelling.search_conditions import names_in
from ...modelling.subject import Subject, default_subject, has_as_lines, in_full, parent_first, subject_of
from ...parsing.declared import DeclaredEntity, Problem
from ...vocabulary.forms import NamingRule
from ...vocabulary.lexicon import Lexicon
from .buttons import Buttons
from .clarification import alternatives, change_questions, reason_of, vague_questions
from .limits import limits_of
from .names import name_tables, names_of
from .patterns import PatternChoice, choose_pattern
from .reading import Understanding
from .schemas import IntentRequest, IntentResponse, Warning_
from .titles import screen_name

MAX_PROBLEMS = 20
_APPLYING = re.compile(r"(?:신청|접수|처리|완료|상신)$|^(?:submit|complete|finish)", re.IGNORECASE)
Naming = Callable[[str, str], NamingRule]
"""A framework's rule for the names of a kind of thing."""


class AnswerWriter:
    """Writes answers with a vocabulary and the packs' rules for names."""

    def __init__(self, lexicon: Callable[[], Lexicon], naming: Naming) -> None:
        self._lexicon = lexicon
        self._naming = naming

    def answer(self, request: IntentRequest, found: Understanding, framework: str) -> IntentResponse:
        answer = IntentResponse(
            kind=found.verdict.kind,
            confidence=found.verdict.confidence,
            language=found.language,
            framework=framework,
            reason=reason_of(found.verdict.why, found.language),
        )
        if answer.kind == "generate":
            self._generate(answer, found)
            answer.warnings += limits_of(request.prompt, found.language)
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
            arranged=_arranged(found),
            saves=found.buttons.saves,
        )
        if not declared and found.subjects:
            answer.confidence = min(answer.confidence, subjects[0].confidence)
        built = self._build(found, subjects, choice)
        entity = built.model.entities[0]
        answer.pattern, answer.pattern_reason = choice.pattern, choice.reason
        name_tables(built.model, self._naming(answer.framework, "table"))
        answer.data_model = built.model
        answer.names = names_of(built.model, lexicon, self._naming(answer.framework, "column"))
        answer.screen = screen_name(entity.name, entity.label, choice.pattern, language)
        notes = [*built.notes, *_lacking(found.buttons, choice)]
        answer.warnings += [Warning_(code=code, message=say(code, language, **facts)) for code, facts in notes]
        if vague:
            answer.needs_clarification = True
            answer.confidence = min(answer.confidence, 0.5)
            answer.reason = reason_of("vague", language)
            answer.questions = vague_questions(lexicon, language, pattern=choice.pattern, pattern_stated=choice.stated)

    def _build(self, found: Understanding, subjects: list[Subject], choice: PatternChoice) -> Built:
        builder = ModelBuilder(self._lexicon(), found.language, found.sources.conditions)
        declared = found.sources.model.entities
        searched = names_in(found.sources.searched, self._lexicon().field_names)
        if choice.pattern == "master_detail" and len(declared) == 1 and declared[0].lower and found.subjects:
            parent, child = self._parts(found, declared[0])
            return builder.below(parent, child, declared[0], searched)
        if declared:
            about = self._in_full(found.subjects[0], found, stated=True) if found.subjects else None
            details = choice.pattern == "master_detail" and not found.sources.formal
            return builder.stated(found.sources.model, about, searched, with_details=details)
        if choice.pattern == "master_detail" and len(subjects) > 1 and not has_as_lines(subjects[0], subjects[1]):
            return builder.pair(subjects[0], subjects[1], searched)
        return builder.inferred(
            self._in_full(subjects[0], found, stated=False), searched, with_details=choice.pattern == "master_detail"
        )

    def _in_full(self, subject: Subject, found: Understanding, *, stated: bool) -> Subject:
        return in_full(subject, self._lexicon(), found.language, stated=stated)

    def _parts(self, found: Understanding, lower: DeclaredEntity) -> tuple[Subject, Subject | None]:
        """What stands above, and what below it, if that has a name: the prompt names the upper one first."""
        named = subject_of(lower.name, self._lexicon(), found.language) if lower.name else None
        order = sorted(found.subjects, key=lambda subject: found.prose.find(subject.text))
        above = [subject for subject in order if named is None or subject.name != named.name] or order
        others = [subject for subject in order if subject.name != above[0].name]
        return above[0], named or next(iter(others), None)


def _arranged(found: Understanding) -> Pattern | None:
    """What the places of the views say; details alone stand below their master, and a result is a list."""
    if found.arrangement is not None:
        return found.arrangement.pattern
    declared = found.sources.model.entities
    if len(declared) != 1:
        return None
    if declared[0].result:
        return "list"
    return "master_detail" if declared[0].details and found.subjects else None


def _lacking(buttons: Buttons, choice: PatternChoice) -> list[tuple[str, dict[str, object]]]:
    """What is asked for and not made; in a form, saving is applying."""
    actions = [name for name in buttons.unmade if choice.pattern != "form" or not _APPLYING.search(name)]
    return [("action_not_made", {"actions": ", ".join(actions)})] if actions else []


def _modify(answer: IntentResponse, request: IntentRequest, found: Understanding) -> None:
    if request.base is None and not request.attachments and not request.history:
        answer.warnings.append(Warning_(code="no_base", message=say("no_base", found.language)))
    if len(found.prose.split()) <= 2 and not found.subjects:
        answer.needs_clarification = True
        answer.questions = change_questions(found.language)


def problem_warnings(problems: list[Problem], language: Language) -> list[Warning_]:
    return [
        Warning_(
            code=problem.code,
            message=say(problem.code, language, line=problem.line, source=problem.source, text=problem.text),
        )
        for problem in problems[:MAX_PROBLEMS]
    ]
