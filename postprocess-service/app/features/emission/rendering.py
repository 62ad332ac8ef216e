"""From a spec to files: screens, popups and tables, each by its template, in the pack's file format."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from screenspec.data_model import DataModel
from screenspec.spec import ScreenSpec

from ...checks.files import SourceFile
from ...checks.script_facts import ScriptFacts, read_script
from ...packs.model import ArtifactRule, FileFormat, Pack
from ...screens.builder import build_screens
from ...screens.rendering import Renderer
from ...screens.screen import ScreenView
from ...screens.server import build_server
from ...screens.tables import build_tables

Dialect = Literal["postgresql", "oracle", "mysql", "mariadb"]
PARSED_AS: dict[Dialect, str] = {"postgresql": "postgres", "oracle": "oracle", "mysql": "mysql", "mariadb": "mysql"}
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class EmittedFile:
    path: str
    kind: str
    source: SourceFile


def emit_files(
    spec: ScreenSpec,
    data_model: DataModel | None,
    pack: Pack,
    rules: list[ArtifactRule],
    *,
    renderer: Renderer,
    dialect: Dialect = "postgresql",
) -> list[EmittedFile]:
    """The files in the order of the pack's artifacts; SQL is written in the dialect."""
    screens = build_screens(spec, pack)
    emitter = _Emitter(spec, data_model, pack, renderer=renderer, screens=screens, dialect=dialect)
    return [file for rule in rules for file in emitter.files(rule)]


class _Emitter:
    def __init__(
        self,
        spec: ScreenSpec,
        data_model: DataModel | None,
        pack: Pack,
        *,
        renderer: Renderer,
        screens: list[ScreenView],
        dialect: Dialect,
    ) -> None:
        self._spec = spec
        self._data_model = data_model
        self._pack = pack
        self._renderer = renderer
        self._screens = screens
        self._dialect: Dialect = dialect
        self._scripts: dict[str, ScriptFacts] = {}

    def files(self, rule: ArtifactRule) -> Iterator[EmittedFile]:
        if rule.view == "server":
            server = build_server(self._spec, self._data_model, self._pack)
            if any(request.reads or request.saves for request in server.requests):
                text = self._rendered(rule, server=server, dialect=self._dialect)
                yield self._file(rule, rule.path.format(screen_id=server.class_name), text)
            return
        if rule.scope == "table":
            for table in build_tables(self._spec, self._data_model, self._pack):
                text = self._rendered(rule, table=table, dialect=self._dialect)
                yield self._file(rule, rule.path.format(table=table.name), text)
            return
        if rule.scope == "library":
            yield self._file(rule, rule.path, self._rendered(rule))
            return
        for screen in self._screens:
            if screen.is_popup == (rule.scope == "popup"):
                text = self._screen_text(rule, screen)
                script = self._scripts[screen.id] if rule.language == "javascript" else None
                yield self._file(rule, rule.path.format(screen_id=screen.id), text, script)

    def _screen_text(self, rule: ArtifactRule, screen: ScreenView) -> str:
        text = ""
        if rule.language == "xml":
            functions = self._functions_of(rule, screen)
            text = self._rendered(rule, screen=screen, functions=functions)
        else:
            text = self._rendered(rule, screen=screen)
            if rule.language == "javascript":
                self._scripts[screen.id] = read_script(text)
        return text

    def _rendered(self, rule: ArtifactRule, **view: Any) -> str:
        return self._renderer.render(rule, self._spec.language, pack=self._pack, **view)

    def _functions_of(self, rule: ArtifactRule, screen: ScreenView) -> list[str]:
        """Names of the script's functions, which the markup lists; the script is rendered where it was not yet."""
        if screen.id not in self._scripts:
            script = next(
                (item for item in self._pack.artifacts if item.scope == rule.scope and item.language == "javascript"),
                None,
            )
            if script is None:
                return []
            self._screen_text(script, screen)
        return list(self._scripts[screen.id].functions)

    def _file(self, rule: ArtifactRule, path: str, text: str, script: ScriptFacts | None = None) -> EmittedFile:
        content = text if rule.plain else written(text, self._pack.manifest.files)
        return EmittedFile(path, rule.kind, self._source(rule, path, content, script))

    def _source(self, rule: ArtifactRule, path: str, content: str, script: ScriptFacts | None) -> SourceFile:
        spoken = PARSED_AS[self._dialect]
        dialect = spoken if rule.language == "sql" and rule.dialect else rule.dialect
        return SourceFile(path, rule.language, content, dialect, spoken, script)


def written(text: str, form: FileFormat) -> str:
    """The text in a pack's file format."""
    lines = text.replace("\n", "\r\n") if form.newline == "crlf" else text
    return (BYTE_ORDER_MARK if form.byte_order_mark else "") + lines
