"""What the rules read out of a request: the sources, the subjects, the kind."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ...language.text import Language, clean, detect_language, is_japanese_or_chinese
from ...modelling.subject import Subject
from ...parsing.formal import Sources, without
from ...parsing.sources import read_sources, shortened
from ...parsing.usual_forms import in_usual_forms
from ...vocabulary.lexicon import Lexicon
from .arrangements import Arrangement, find_arrangement
from .buttons import Buttons, read_buttons
from .kinds import Signals, Verdict, asks_plainly, classify
from .patterns import choose_pattern
from .ports import NounSource
from .schemas import IntentRequest
from .screen_parts import ScreenParts, find_screen_parts
from .screen_tabs import find_screen_tabs
from .subjects import find_subjects, names_term

MAX_PROSE = 2_000
MAX_ANALYSED = 500
"""Characters of prose that are sent to the analyser: a subject stands early."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the rules read out of a request, before an answer is written."""

    language: Language
    sources: Sources
    prose: str
    subjects: list[Subject]
    verdict: Verdict
    buttons: Buttons = field(default_factory=Buttons)
    arrangement: Arrangement | None = None
    """Two views and their places, where nothing more is stated of what they show."""

    @property
    def pattern_stated(self) -> bool:
        return choose_pattern(self.prose, entities=1, related=False, language=self.language).stated

    @property
    def unsure_of_subject(self) -> bool:
        """Korean prose that names nothing which the vocabulary knows."""
        known = any(subject.archetype for subject in self.subjects)
        return self.language == "ko" and not known and not self.sources.model.entities


class PromptReader:
    """Reads requests with a vocabulary; keeps nothing of them."""

    def __init__(self, lexicon: Callable[[], Lexicon]) -> None:
        self._lexicon = lexicon

    def read(self, request: IntentRequest) -> Understanding:
        prompt = in_usual_forms(clean(request.prompt))
        arrangement = self._arrangement(prompt, request)
        spoken = prompt if arrangement is None else without(prompt, [arrangement.span])
        sources = read_sources(spoken, request.attachments, self._lexicon().field_names)
        if arrangement is not None and sources.model.entities and arrangement.pattern != "list_detail":
            sources, arrangement = read_sources(prompt, request.attachments, self._lexicon().field_names), None
        elif arrangement is not None:
            sources.prose = prompt if arrangement.pattern else arrangement.without_places(prompt)
        parts = self._parts(prompt, request, sources)
        if parts is not None:
            rest = read_sources(parts.prose, (), self._lexicon().field_names)
            conditions = [*parts.conditions, *rest.conditions]
            searched = [*(item.name for item in parts.conditions), *rest.searched]
            sources = Sources(model=parts.model, prose=parts.prose, searched=searched, conditions=conditions)
            arrangement = parts.arrangement
        elif not sources.formal and self._only_subjects(sources):
            sources = Sources(prose=prompt, searched=sources.searched, conditions=sources.conditions)
        prose = shortened(sources.prose)[:MAX_PROSE]
        language = request.language or detect_language(prose if any(map(str.isalpha, prose)) else prompt)
        if is_japanese_or_chinese(prose):
            prose = self._lexicon().in_english(prose)
        prose, subjects = self._subjects(prose, language, listed=bool(sources.model.entities))
        if arrangement is not None:
            subjects = _in_order(arrangement, subjects)
        uncut = request.base is not None or asks_plainly(prompt)
        whole = shortened(prompt)[:MAX_PROSE] if uncut and not sources.formal else prose
        verdict = classify(whole, _signals(request, sources, subjects, named=names_term(whole, self._lexicon())))
        buttons = read_buttons(prose if sources.formal else prompt[:MAX_PROSE])
        return Understanding(language, sources, prose, subjects, verdict, buttons, arrangement)

    def _arrangement(self, prompt: str, request: IntentRequest) -> Arrangement | None:
        text = prompt[:MAX_PROSE]
        return find_arrangement(text, self._lexicon(), request.language or detect_language(text))

    def _parts(self, prompt: str, request: IntentRequest, sources: Sources) -> ScreenParts | None:
        if sources.formal:
            return None
        text = prompt[:MAX_PROSE]
        language = request.language or detect_language(text)
        return find_screen_tabs(text, self._lexicon()) or find_screen_parts(text, self._lexicon(), language)

    def _only_subjects(self, sources: Sources) -> bool:
        """`주문과 주문상세를 보여주는`: two names of what is kept, and no fields."""
        entities = sources.model.entities
        if len(entities) != 1 or entities[0].name or entities[0].as_columns or len(entities[0].fields) > 2:
            return False
        return all(item.bare and self._lexicon().archetype(item.name) is not None for item in entities[0].fields)

    def _subjects(self, prose: str, language: Language, *, listed: bool) -> tuple[str, list[Subject]]:
        """The subjects, and the prose: with its spelling mended where only then it names something known."""
        subjects = find_subjects(prose, self._lexicon(), language, listed=listed)
        if any(subject.archetype for subject in subjects):
            return prose, subjects
        mended = self._lexicon().mended(prose)
        known = find_subjects(mended, self._lexicon(), language) if mended != prose else []
        return (mended, known) if any(subject.archetype for subject in known) else (prose, subjects)

    async def with_nouns(self, request: IntentRequest, found: Understanding, nouns: NounSource) -> Understanding:
        """Looks for the subject again in prose whose particles an analyser took off."""
        bare = await nouns.nouns(found.prose[:MAX_ANALYSED])
        subjects = find_subjects(bare, self._lexicon(), found.language) if bare else []
        if not any(subject.archetype for subject in subjects):
            return found
        named = names_term(found.prose, self._lexicon())
        verdict = classify(found.prose, _signals(request, found.sources, subjects, named=named))
        return replace(found, subjects=subjects, verdict=verdict)


def _in_order(arrangement: Arrangement, subjects: list[Subject]) -> list[Subject]:
    """What the views show first; the rest as it was."""
    shown = list(arrangement.subjects)
    return [*shown, *(subject for subject in subjects if all(subject.name != other.name for other in shown))]


def _signals(request: IntentRequest, sources: Sources, subjects: list[Subject], *, named: bool) -> Signals:
    return Signals(
        has_model=bool(sources.model.entities),
        has_subject=bool(subjects),
        known_subject=any(subject.archetype for subject in subjects),
        names_term=named,
        has_base=request.base is not None,
        has_history=any(message.role == "assistant" for message in request.history),
    )
