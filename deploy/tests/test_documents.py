"""What the documents name exists: links, make targets, scripts, variables. Both READMEs say the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from compose_file import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"(?:^|`|\$ )(?:[A-Z_]+=\S+ )?make ([a-z][a-z0-9-]*)", re.MULTILINE)
VARIABLE = re.compile(r"\b(?:FRAMEWRIGHT|GATEWAY|RAG|EMBEDDING|VLLM|OLLAMA|LLAMACPP|QDRANT|TORCH)_[A-Z_]*[A-Z]\b")
SETTINGS = ("*/app/**/*.py", "libs/chassis/src/**/*.py", "deploy/**/*.py", "deploy/*.sh", "client/src/**/*.py")


@pytest.fixture(params=DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
def document(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def blocks(path: Path) -> Iterator[tuple[str, str]]:
    for match in FENCE.finditer(path.read_text(encoding="utf-8")):
        yield match[1], match[2]


@pytest.fixture(scope="module")
def known_names() -> str:
    files = [ROOT / "docker-compose.yml", ROOT / ".env.example", ROOT / "Makefile"]
    files += [path for pattern in SETTINGS for path in ROOT.glob(pattern)]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_make_targets_exist(document: Path) -> None:
    targets = set(MAKE.findall(document.read_text(encoding="utf-8")))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)} == set()


def test_variables_are_read_somewhere(document: Path, known_names: str) -> None:
    names = set(VARIABLE.findall(document.read_text(encoding="utf-8")))
    assert {name for name in names if name not in known_names} == set()


def test_both_readmes_give_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        shell = [text for language, text in blocks(ROOT / name) if language in {"sh", "console"}]
        return [
            re.sub(r"\s*# .*", "", line) for text in shell for line in text.splitlines() if not line.startswith("#")
        ]

    assert commands("README.md") == commands("README.ko.md")


@pytest.mark.parametrize("folder", ["", "docs/user-guide"])
def test_both_languages_have_the_same_shape(folder: str) -> None:
    def shape(name: str) -> list[int]:
        return [
            len(level)
            for level in re.findall(r"^(#+) ", (ROOT / folder / name).read_text(encoding="utf-8"), re.MULTILINE)
        ]

    assert shape("README.md") == shape("README.ko.md")


def test_the_readme_has_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert 'make run PROMPT="Task 관리 화면 만들어줘"' in text
    assert "make test " in text


def test_decisions_are_numbered_and_have_the_four_parts() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        titles = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert titles == ["Context", "Decision", "Consequences", "Alternatives"], path.name
