"""A pack is checked as whoever writes one needs it: what is wrong, and in which file."""

import re
from pathlib import Path

import pytest
from app.features.packs.schemas import PackFile, PackLintRequest
from app.features.packs.service import PackLintService

from chassis.errors import Unprocessable

FRAMEWORKS = Path(__file__).parents[3] / "frameworks"
MESSAGES = 'ko: {all: 전체, "yes": 예, "no": 아니요}\nen: {all: All, "yes": "Yes", "no": "No"}\n'
ARTIFACTS = "artifacts:\n  - {kind: page, scope: screen, path: '{screen_id}.txt', language: text, template: page.j2}\n"
PACK = {
    "pack.yaml": 'name: tiny\nversion: "1"\ntitle: Tiny\nlanguages: [ko, en]\n',
    "artifacts.yaml": ARTIFACTS,
    "naming.yaml": "rules: {}\n",
    "messages.yaml": MESSAGES,
    "templates/page.j2": "{{ screen.title }} {{ messages.all }}\n",
    "README.md": "Tiny.\n",
}


def request(changes: dict[str, str | None] | None = None, language: str = "en") -> PackLintRequest:
    files = {path: text for path, text in {**PACK, **(changes or {})}.items() if text is not None}
    return PackLintRequest.model_validate(
        {
            "name": "tiny",
            "language": language,
            "files": [{"path": path, "content": text} for path, text in files.items()],
        }
    )


def lint(changes: dict[str, str | None], language: str = "en") -> list[tuple[str, str, str]]:
    found = PackLintService().lint(request(changes, language)).findings
    return [(item.severity, item.file, item.message) for item in found]


@pytest.mark.parametrize("name", ["xframe5", "react"])
def test_the_packs_that_are_shipped_have_nothing_to_find(name: str) -> None:
    folder = FRAMEWORKS / name
    files = [
        PackFile(path=str(path.relative_to(folder)), content=path.read_bytes().decode())
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".yaml", ".j2", ".md"}
    ]
    answer = PackLintService().lint(PackLintRequest(name=name, files=files))
    assert [item.model_dump() for item in answer.findings] == []
    assert answer.emitted >= 28


def test_a_small_pack_is_emitted_in_both_languages_and_every_pattern() -> None:
    answer = PackLintService().lint(request())
    assert answer.findings == []
    assert answer.emitted == 2 * 7


@pytest.mark.parametrize(
    ("changes", "severity", "file", "part"),
    [
        ({"pack.yaml": PACK["pack.yaml"] + "colour: red\n"}, "error", "pack.yaml", "colour"),
        ({"pack.yaml": "name: [\n"}, "error", "pack.yaml", "expected"),
        ({"artifacts.yaml": None}, "error", "artifacts.yaml", "No such file"),
        ({"templates/page.j2": None}, "error", "artifacts.yaml", "page.j2"),
        ({"messages.yaml": MESSAGES.replace("all: All, ", "")}, "error", "messages.yaml", "'en' lacks all"),
        (
            {"messages.yaml": MESSAGES.replace("ko: {", "ko: {hi: 안녕, ")},
            "error",
            "messages.yaml",
            "lacks the message 'hi'",
        ),
        ({"templates/page.j2": "{{ messages.nothing }}"}, "error", "templates/page.j2", "no attribute 'nothing'"),
        ({"templates/page.j2": "{{ screen.nothing }}"}, "error", "templates/page.j2", "no attribute 'nothing'"),
        ({"templates/page.j2": "{{ 1 / 0 }}"}, "error", "templates/page.j2", "division by zero"),
        ({"templates/page.j2": "{{ range(10 ** 9) }}"}, "error", "templates/page.j2", "Range too big"),
        ({"templates/page.j2": "{{ 'a' | unheard }}"}, "error", "templates/page.j2", "unheard"),
        ({"templates/page.j2": "{% for x in %}"}, "error", "templates/page.j2", "Expected an expression"),
        ({"templates/more.j2": "left over"}, "warning", "templates/more.j2", "uses this template"),
        ({"README.md": None}, "warning", "README.md", "README"),
    ],
)
def test_each_fault_is_found_in_its_file(changes: dict[str, str | None], severity: str, file: str, part: str) -> None:
    found = lint(changes)
    assert any((item[0], item[1]) == (severity, file) and part in item[2] for item in found), found


def test_a_language_without_messages_is_found() -> None:
    found = lint({"messages.yaml": MESSAGES.splitlines()[1], "pack.yaml": PACK["pack.yaml"] + "default_language: en\n"})
    assert ("error", "messages.yaml", "There are no messages in 'ko', which pack.yaml lists.") in found


def test_a_template_that_is_never_the_same_is_found() -> None:
    found = lint({"templates/page.j2": "{{ range(100000) | random }} {{ messages.all }}"})
    assert [item[1] for item in found] == ["templates/page.j2"]
    assert "differs each time" in found[0][2]


def test_emitted_code_that_does_not_parse_is_found_in_its_template() -> None:
    artifacts = (
        "artifacts:\n  - {kind: page, scope: screen, path: '{screen_id}.java', language: java, template: page.j2}\n"
    )
    found = lint({"artifacts.yaml": artifacts, "templates/page.j2": "class { {{ messages.all }}"})
    assert found
    assert {item[:2] for item in found} == {("error", "templates/page.j2")}
    assert "syntax error. [" in found[0][2]


def test_findings_are_in_the_language_that_was_asked_for() -> None:
    assert lint({"README.md": None}, "ko") == [
        ("warning", "README.md", "README.md가 없습니다. 이 팩이 무엇을 만드는지 적어 주세요.")
    ]


@pytest.mark.parametrize("path", ["../x.yaml", "/etc/x.yaml", "a/../../x", "a\\b", "./pack.yaml"])
def test_a_path_out_of_the_pack_is_refused(path: str) -> None:
    with pytest.raises(Unprocessable) as refused:
        PackLintService().lint(request({path: "x"}))
    assert refused.value.errors[0].field.startswith("files.")


def test_the_pack_in_the_developers_guide_is_right() -> None:
    guide = (FRAMEWORKS.parent / "docs/developers/framework-packs.md").read_text(encoding="utf-8")
    files = re.findall(r"^```\w+ path=(\S+)\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    packed = [PackFile(path=path, content=content) for path, content in files]
    answer = PackLintService().lint(PackLintRequest(name="pages", files=packed))
    assert answer.findings == []
    assert answer.emitted >= 2 * 7
