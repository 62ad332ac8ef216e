"""The page of what shows what (docs/developers/requirements.md) is held to the tests that it names."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "developers" / "requirements.md"
EXPECTED = {"R1.9", *(f"R2.{part}" for part in range(1, 6)), *(f"R3.{part}" for part in range(1, 9)), "R4.4", "R5.5"}
_NAME = re.compile(r"`([\w./-]+)::(\w+|\"[^`]+\")`")
_NUMBER = re.compile(r"\bR\d\.\d+")


def shown() -> list[tuple[str, str, str]]:
    """Each number with each test that is named for it: number, file, test."""
    found = []
    heading = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.split()[1]
        if line.startswith("| ") and "::" in line:
            first = line.split("|")[1].strip()
            number = first if _NUMBER.fullmatch(first) else heading
            found += [(number, match[1], match[2]) for match in _NAME.finditer(line)]
    return found


SHOWN = shown()


@cache
def source_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def citations(path: str, name: str) -> set[str]:
    """The numbers that a test cites: in comments of Python, in its first lines in TypeScript.

    Raises:
        AssertionError: there is no such test.
    """
    quoted = name.startswith('"')
    begin = rf"test(\.each\(\w+\))?\([\"`]{re.escape(name[1:-1])}[\"`]" if quoted else rf"def {name}\("
    found = re.search(begin, source_of(path))
    assert found, f"{path} has no {name}"
    rest = source_of(path)[found.start() :]
    if quoted:
        return set(_NUMBER.findall("\n".join(rest.splitlines()[:3])))
    whole = re.split(r"\n(?:@|def |async def |class )", rest, maxsplit=1)[0]
    return {number for line in whole.splitlines() for number in _NUMBER.findall(line.partition("#")[2])}


def test_every_sentence_has_a_test() -> None:
    assert {number for number, _, _ in SHOWN} == EXPECTED
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert [row for row in rows if "::" not in row and "shown by" not in row] == []


@pytest.mark.parametrize(("number", "path", "name"), SHOWN)
def test_a_test_that_is_named_exists_and_cites_the_requirement(number: str, path: str, name: str) -> None:
    assert number in citations(path, name), f"{path}::{name} does not cite {number}"
