"""Every command block of the documents says whether it is run, and by what; settings exist; both languages agree."""

import re

import pytest

from support.documents import PAGES, Block, blocks
from support.mesh import ROOT

ALL = [block for page in PAGES for block in blocks(page)]
SETTING = re.compile(r"^#?([A-Z][A-Z0-9_]*)=", re.MULTILINE)


@pytest.mark.parametrize("block", ALL, ids=str)
def test_a_block_says_what_becomes_of_it(block: Block) -> None:  # R5.7
    assert block.kind, f"{block}: write <!-- run -->, <!-- not run: why -->, … above it"
    if block.kind == "test":
        assert (ROOT / block.told).is_file(), block.told


@pytest.mark.parametrize("block", [block for block in ALL if block.kind == "settings"], ids=str)
def test_settings_are_explained_in_the_example(block: Block) -> None:
    known = set(SETTING.findall((ROOT / ".env.example").read_text(encoding="utf-8")))
    names = SETTING.findall(block.text)
    assert names
    assert set(names) <= known
    rest = [line for line in block.text.splitlines() if line and not line.startswith("#") and not SETTING.match(line)]
    assert rest == [], "a block of settings holds nothing else"
    assert not re.search(r"=[ \t]*#", block.text), "behind an empty value, Compose takes a remark for the value"


def test_both_languages_have_the_same_blocks() -> None:
    for page in PAGES:
        if page.name.endswith(".ko.md"):
            english = page.with_name(page.name.replace(".ko.md", ".md"))
            assert [(b.language, b.kind) for b in blocks(page)] == [(b.language, b.kind) for b in blocks(english)], page


def test_most_of_what_can_be_run_is_run() -> None:
    """So that a mark is no way around the work: reasons are Docker, a GPU, another machine, minutes."""
    done = sum(block.kind in {"run", "test", "settings"} for block in ALL)
    assert done > len(ALL) / 2
