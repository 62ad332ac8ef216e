"""What this process knows: packs, the admin's overlays over them, and the limits by model class."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .clients.admin import AdminKnowledge, AdminSettings, AdminTemplates, KnowledgeOverlay, TemplateOverlay
from .entries import Entry
from .in_play import ScreenInPlay
from .keywords import KeywordIndex
from .overlays import entry_of, overlaid, screen_of
from .packs import ArtifactRule, ExampleScreen, Pack, Template, read_packs
from .phrases import PhraseIndex
from .settings import RetrievalLimits

_RELATED_BACK = 0.7
"""An entry that names this one as related is a little less near than one that this one names."""
Neighbours = Mapping[tuple[str, str], list[tuple[tuple[str, str], float]]]


class Catalog:
    """The last known good state. Readers get whole snapshots: nothing is changed in place."""

    def __init__(
        self, *, folders: list[Path], default_framework: str, retrieval: Mapping[str, RetrievalLimits]
    ) -> None:
        self._folders = folders
        self._default_framework = default_framework
        self._retrieval = dict(retrieval)
        self._admin_retrieval: dict[str, RetrievalLimits] = {}
        self._admin_framework = ""
        self._packs: dict[str, Pack] = {}
        self._overlay_entries: list[KnowledgeOverlay] = []
        self._overlay_templates: list[TemplateOverlay] = []
        self._entries: dict[str, dict[str, Entry]] = {}
        self._screens: dict[str, dict[str, ExampleScreen]] = {}
        self._keywords: dict[str, KeywordIndex] = {}
        self._names: dict[str, dict[str, list[str]]] = {}
        self._phrases: dict[str, PhraseIndex] = {}
        self._related: Neighbours = {}
        self.revision = 0
        self.on_change: Callable[[], None] = lambda: None

    def reload_packs(self) -> None:
        """Reads the packs' folders again."""
        self._packs = read_packs(self._folders)
        self._rebuild()

    def set_knowledge(self, document: AdminKnowledge) -> None:
        self._overlay_entries = document.entries
        self._rebuild()

    def set_templates(self, document: AdminTemplates) -> None:
        self._overlay_templates = document.templates

    def set_settings(self, document: AdminSettings) -> None:
        self._admin_retrieval = document.retrieval
        self._admin_framework = document.default_framework or ""

    @property
    def frameworks(self) -> list[str]:
        return sorted({*self._packs, *self._entries})

    @property
    def default_framework(self) -> str:
        wanted = self._admin_framework or self._default_framework
        return wanted if wanted in self.frameworks else next(iter(self._packs), "")

    def limits(self, model_class: str | None) -> RetrievalLimits | None:
        """The limits of a class of models; none for no class."""
        if model_class is None:
            return None
        return self._admin_retrieval.get(model_class) or self._retrieval[model_class]

    def entries(self, framework: str) -> Mapping[str, Entry]:
        return self._entries.get(framework, {})

    def keywords(self, framework: str) -> KeywordIndex:
        return self._keywords[framework]

    def phrases(self, framework: str) -> PhraseIndex:
        return self._phrases[framework]

    @property
    def related(self) -> Neighbours:
        """Of each entry those that it lends to, for they go with it, and how near they are; by framework and id."""
        return self._related

    def named(self, framework: str, name: str) -> list[str]:
        """Ids of the entries that are about this identifier, in any case."""
        return self._names.get(framework, {}).get(name.lower(), [])

    def artifacts(self, framework: str) -> list[ArtifactRule]:
        pack = self._packs.get(framework)
        return pack.artifacts if pack else []

    def screens(self, framework: str) -> Mapping[str, ExampleScreen]:
        """Whole screens by the id of the entry that is about each: the pack's, and what was accepted and approved."""
        return self._screens.get(framework, {})

    def in_play(self, framework: str, screen: ScreenInPlay) -> dict[str, float]:
        """Ids of the entries that a screen needs, and how much each."""
        pack = self._packs.get(framework)
        return pack.in_play.entries(screen, self.entries(framework)) if pack else {}

    def templates(self, framework: str, pinned: Sequence[TemplateOverlay] = ()) -> list[Template]:
        """The pack's templates with the admin's over them: one of the same id and language takes its place.

        `pinned` stands in for what is in production of those templates; without content, the pack's own holds.
        """
        instead = {overlay.id for overlay in pinned}
        production = [item for item in self._overlay_templates if item.label == "production" and item.id not in instead]
        pack = self._packs.get(framework)
        own = list(pack.templates) if pack else []
        for overlay in (*production, *(item for item in pinned if item.content)):
            if overlay.framework in {framework, None}:
                own = overlaid(own, overlay)
        return own

    def _rebuild(self) -> None:
        entries: dict[str, dict[str, Entry]] = {name: dict(pack.entries) for name, pack in self._packs.items()}
        screens: dict[str, dict[str, ExampleScreen]] = {name: _own_screens(pack) for name, pack in self._packs.items()}
        for overlay in self._overlay_entries:
            entry = entry_of(overlay)
            if entry is not None:
                entries.setdefault(overlay.framework, {})[entry.id] = entry
                screen = screen_of(overlay)
                if screen is not None:
                    screens.setdefault(overlay.framework, {})[entry.id] = screen
        self._keywords = {name: KeywordIndex(_texts(known)) for name, known in entries.items()}
        self._names = {name: _by_name(known) for name, known in entries.items()}
        self._phrases = {
            name: PhraseIndex({entry_id: entry.phrases() for entry_id, entry in known.items()})
            for name, known in entries.items()
        }
        self._related = {key: near for name, known in entries.items() for key, near in _neighbours(name, known).items()}
        self._entries = entries
        self._screens = screens
        self.revision += 1
        self.on_change()


def _own_screens(pack: Pack) -> dict[str, ExampleScreen]:
    return {entry.id: pack.screens[entry.screen] for entry in pack.entries.values() if entry.screen in pack.screens}


def _texts(entries: Mapping[str, Entry]) -> dict[str, str]:
    return {entry_id: entry.sparse_text() for entry_id, entry in entries.items()}


def _by_name(entries: Mapping[str, Entry]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry_id, entry in entries.items():
        for name in entry.names:
            found.setdefault(name.lower(), []).append(entry_id)
    return found


def _neighbours(framework: str, entries: Mapping[str, Entry]) -> Neighbours:
    near: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for entry_id, entry in entries.items():
        for other in entry.related:
            if other in entries:
                near.setdefault((framework, entry_id), {})[framework, other] = 1.0
                near.setdefault((framework, other), {}).setdefault((framework, entry_id), _RELATED_BACK)
    return {key: list(found.items()) for key, found in near.items()}
