"""Checks the knowledge and the prompt templates of a pack, entry by entry, as a company writes one."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import ValidationError

from ...core.entries import Entry
from ...core.packs import Loader, parse_template
from .schemas import PackFile, PackFinding, PackLintRequest, PackLintResponse

TASKS = frozenset({"spec", "direct", "answer", "modify", "chat", "plan", "patch"})
_KNOWLEDGE = re.compile(r"knowledge/[^/]+\.yaml")
_PROMPT = re.compile(r"prompts/[^/]+\.md")
_MESSAGES = {
    "not_a_list": ("항목의 목록이 아닙니다.", "This is not a list of entries."),
    "entry": ("항목 {name}: {detail}", "Entry {name}: {detail}"),
    "twice": ("항목 {name}이(가) {other}에도 있습니다.", "Entry {name} stands in {other} too."),
    "unknown_related": (
        "항목 {name}: related에 적힌 {detail} 항목이 없습니다.",
        "Entry {name}: there is no entry {detail}, which it names as related.",
    ),
    "unknown_task": (
        "작업 '{name}'은(는) 없습니다. 있는 것: {detail}",
        "There is no task '{name}'; there are {detail}.",
    ),
    "framework": (
        "framework가 '{name}'입니다. 팩의 이름은 '{other}'입니다.",
        "Its framework is '{name}', the pack's name is '{other}'.",
    ),
}


def lint_pack(request: PackLintRequest) -> PackLintResponse:
    linter = _Linter(request)
    findings = [finding for file in request.files for finding in linter.findings(file)]
    findings += linter.unknown_related()
    return PackLintResponse(findings=findings, entries=len(linter.entries), templates=linter.templates)


class _Linter:
    def __init__(self, request: PackLintRequest) -> None:
        self._name = request.name
        self._korean = request.language == "ko"
        self.entries: dict[str, str] = {}
        """Entries by id, with the file where each stands."""
        self._related: list[tuple[PackFile, Entry]] = []
        self.templates = 0

    def findings(self, file: PackFile) -> Iterator[PackFinding]:
        if _KNOWLEDGE.fullmatch(file.path):
            yield from self._knowledge(file)
        elif _PROMPT.fullmatch(file.path):
            yield from self._prompt(file)

    def _knowledge(self, file: PackFile) -> Iterator[PackFinding]:
        try:
            items = yaml.load(file.content, Loader=Loader)  # noqa: S506 - a safe loader
        except yaml.YAMLError as error:
            yield self._found(file, str(error), line=_line_of(error))
            return
        if not isinstance(items, list):
            yield self._found(file, self._said("not_a_list"))
            return
        for index, item in enumerate(items):
            yield from self._entry(file, index, item)

    def _entry(self, file: PackFile, index: int, item: Any) -> Iterator[PackFinding]:
        name = str(item.get("id", f"#{index + 1}")) if isinstance(item, dict) else f"#{index + 1}"
        try:
            entry = Entry.model_validate(item)
        except ValidationError as error:
            for problem in error.errors():
                where = ".".join(str(part) for part in problem["loc"])
                detail = f"{where}: {problem['msg']}" if where else problem["msg"]
                yield self._found(file, self._said("entry", name=name, detail=detail))
            return
        if entry.id in self.entries:
            yield self._found(file, self._said("twice", name=entry.id, other=self.entries[entry.id]))
        self.entries.setdefault(entry.id, file.path)
        if entry.related:
            self._related.append((file, entry))

    def unknown_related(self) -> list[PackFinding]:
        """Of all files, when all have been read."""
        return [
            self._found(file, self._said("unknown_related", name=entry.id, detail=other))
            for file, entry in self._related
            for other in entry.related
            if other not in self.entries
        ]

    def _prompt(self, file: PackFile) -> Iterator[PackFinding]:
        try:
            template = parse_template(file.content)
        except ValidationError as error:
            for problem in error.errors():
                yield self._found(file, f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}")
            return
        except (ValueError, yaml.YAMLError) as error:
            yield self._found(file, str(error))
            return
        self.templates += 1
        if template.task not in TASKS:
            yield self._found(file, self._said("unknown_task", name=template.task, detail=", ".join(sorted(TASKS))))
        if template.framework not in {None, self._name}:
            yield self._found(file, self._said("framework", name=str(template.framework), other=self._name))

    def _said(self, code: str, **names: str) -> str:
        return _MESSAGES[code][0 if self._korean else 1].format(**names)

    @staticmethod
    def _found(file: PackFile, message: str, line: int | None = None) -> PackFinding:
        return PackFinding(severity="error", file=file.path, message=message, line=line)


def _line_of(error: yaml.YAMLError) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark is not None else None
