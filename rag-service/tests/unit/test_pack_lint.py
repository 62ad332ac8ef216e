"""What retrieval reads of a pack is checked entry by entry."""

from pathlib import Path

import pytest
from app.features.packs.schemas import PackFile, PackLintRequest
from app.features.packs.service import lint_pack

FRAMEWORKS = Path(__file__).parents[3] / "frameworks"
ENTRY = "- {id: a.b, kind: rule, title: {ko: 가, en: A}, text: {ko: 나, en: B}, source: ours}\n"
PROMPT = "---\nid: tiny/spec\nversion: '1'\ntask: spec\nframework: tiny\n---\n# system\nWrite.\n"


def lint(path: str, content: str, language: str = "en") -> list[str]:
    files = [{"path": path, "content": content}]
    request = PackLintRequest.model_validate({"name": "tiny", "language": language, "files": files})
    return [finding.message for finding in lint_pack(request).findings]


@pytest.mark.parametrize("name", ["xframe5", "react"])
def test_the_packs_that_are_shipped_have_nothing_to_find(name: str) -> None:
    paths = [path for path in sorted((FRAMEWORKS / name).rglob("*")) if path.suffix in {".yaml", ".md"}]
    files = [PackFile(path=str(path.relative_to(FRAMEWORKS / name)), content=path.read_text("utf-8")) for path in paths]
    answer = lint_pack(PackLintRequest(name=name, files=files))
    assert answer.findings == []
    assert answer.entries > 10
    assert answer.templates >= 2


@pytest.mark.parametrize(
    ("path", "content", "part"),
    [
        ("knowledge/a.yaml", "- [", "expected node content"),
        ("knowledge/a.yaml", "a: b", "not a list"),
        ("knowledge/a.yaml", "- word", "Entry #1"),
        ("knowledge/a.yaml", ENTRY.replace("kind: rule", "kind: rumour"), "Entry a.b: kind"),
        ("knowledge/a.yaml", ENTRY.replace(", en: A", ""), "Entry a.b: title.en"),
        ("knowledge/a.yaml", ENTRY * 2, "stands in knowledge/a.yaml too"),
        ("knowledge/a.yaml", ENTRY.replace("source: ours", "related: [a.c], source: ours"), "no entry a.c"),
        ("prompts/a.md", PROMPT.replace("task: spec", "task: sing"), "no task 'sing'"),
        ("prompts/a.md", PROMPT.replace("framework: tiny", "framework: other"), "the pack's name is 'tiny'"),
        ("prompts/a.md", PROMPT.replace("version: '1'\n", ""), "version"),
        ("prompts/a.md", PROMPT.replace("task: spec", "task: ["), "while parsing"),
    ],
)
def test_each_fault_is_found(path: str, content: str, part: str) -> None:
    found = lint(path, content)
    assert any(part in message for message in found), found


def test_what_is_right_has_nothing_to_find() -> None:
    assert lint("knowledge/a.yaml", ENTRY) == []
    assert lint("prompts/a.md", PROMPT) == []
    assert lint("templates/a.j2", "{{") == []


def test_findings_are_in_the_language_that_was_asked_for() -> None:
    assert lint("knowledge/a.yaml", "a: b", "ko") == ["항목의 목록이 아닙니다."]
