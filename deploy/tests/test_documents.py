"""What the documents name exists: links, make targets, scripts, variables. Both READMEs say the same."""

import io
import json
import logging
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from compose_file import ROOT

from chassis.logging import configure_logging, get_logger

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"(?:^|`|\$ )(?:[A-Z_]+=\S+ )?make ([a-z][a-z0-9-]*)", re.MULTILINE)
VARIABLE = re.compile(r"\b(?:FRAMEWRIGHT|GATEWAY|RAG|EMBEDDING|VLLM|OLLAMA|LLAMACPP|QDRANT|TORCH)_[A-Z_]*[A-Z]\b")
CALL = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) /[\w/{}.:…-]*")
SETTINGS = (
    "*/app/**/*.py",
    "libs/chassis/src/**/*.py",
    "deploy/**/*.py",
    "deploy/*.sh",
    "client/src/**/*.py",
    "tests-e2e/**/*.py",
)


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
    parts = re.findall(r"^(?:SERVICES|PARTS) := (.*)$", makefile, re.MULTILINE)
    of_parts = {f"test-{part}" for line in parts for part in line.split()}
    named = set(re.findall(r"^([a-z][a-z0-9-]*)(?: [a-z][a-z0-9 -]*)?:(?!=)", makefile, re.MULTILINE))
    assert targets - named - of_parts == set()


def test_variables_are_read_somewhere(document: Path, known_names: str) -> None:
    names = set(VARIABLE.findall(document.read_text(encoding="utf-8")))
    assert {name for name in names if name not in known_names} == set()


@pytest.fixture(scope="module")
def calls() -> list[re.Pattern[str]]:
    """Every method and path of every service's API; a parameter may be several segments (`template/xframe5/spec`)."""
    found = []
    for path in ROOT.glob("*/openapi.json"):
        for address, operations in json.loads(path.read_text(encoding="utf-8"))["paths"].items():
            pattern = re.sub(r"\\\{.*?\\\}", ".+", re.escape(address.rstrip("/")))
            found += [re.compile(f"{method.upper()} {pattern}") for method in operations]
    return found


def test_calls_exist(document: Path, calls: list[re.Pattern[str]]) -> None:
    if document.parent.name == "api":
        return  # made of the same files
    named = set(CALL.findall(document.read_text(encoding="utf-8"))) - {"GET /docs"}
    whole = {one.rstrip("/.") for one in named if "…" not in one and not one.endswith("/{id}")}
    assert {one for one in whole if not any(call.fullmatch(one) for call in calls)} == set()


GREP = re.compile(r"grep (?:-v )?'([^']*\"[^']*)'")


def test_what_is_searched_for_in_logs_is_written_there(document: Path) -> None:
    """A blank after a colon, and a search at night finds nothing."""
    line = io.StringIO()
    handlers = logging.getLogger().handlers
    with redirect_stdout(line):
        configure_logging(service="gateway", level="info", log_format="json")
        get_logger("x").info("request", status=500, path="/")
    logging.getLogger().handlers = handlers
    searched = GREP.findall(document.read_text(encoding="utf-8"))
    assert [pattern for pattern in searched if pattern not in line.getvalue()] == []


OF_OTHERS = {
    "TORCH_INDEX": "make's", "FRAMEWRIGHT_URL": "the client's", "FRAMEWRIGHT_API_KEY": "the client's",
    "FRAMEWRIGHT_UPGRADE_FROM": "a test's",
}  # fmt: skip
"""Variables that no service reads, so that `.env` is not the place for them."""


def test_settings_are_explained_in_the_example(document: Path) -> None:
    known = set(re.findall(r"^#?([A-Z][A-Z0-9_]*)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    if document.name != "CHANGELOG.md":
        assert set(VARIABLE.findall(document.read_text(encoding="utf-8"))) - known - OF_OTHERS.keys() == set()


def test_every_threat_has_a_test_that_exists() -> None:
    text = (ROOT / "docs" / "operations" / "threat-model.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d+ \|.*$", text, re.MULTILINE)
    assert len(rows) > 10
    for row in rows:
        proofs = re.findall(r"`([\w/.-]+\.py|make [\w-]+)`", row.rpartition(" | ")[2] or row)
        assert proofs, row
        for proof in proofs:
            known = proof.startswith("make ") or (ROOT / proof).is_file() or (ROOT / "tests-e2e" / proof).is_file()
            assert known, proof


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
