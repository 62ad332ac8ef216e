"""Repair as a whole: right files stay as they are, twice is as good as once, nothing takes long."""

import random
import sys
import time

import pytest
from app.checks.files import SourceFile
from app.core.frameworks import Frameworks
from app.features.emission.schemas import ArtifactsRequest, SubmittedFile
from app.features.emission.service import EmissionService
from app.packs.loader import InvalidPackError
from app.packs.model import Pack
from app.packs.repairs import read_repairs
from app.repair.nearest import nearest
from app.repair.runner import RepairRunner

from ..conftest import FRAMEWORK, NAMES, PACKS, fixture


def files_of(emission: EmissionService, name: str) -> list[SourceFile]:
    response = emission.create(ArtifactsRequest(spec=fixture(name), framework=FRAMEWORK))
    return [SourceFile(item.path, item.language, item.content) for item in response.artifacts]


@pytest.mark.parametrize("name", NAMES)
def test_right_files_are_never_touched(emission: EmissionService, pack: Pack, name: str) -> None:
    """R1.11"""
    files = files_of(emission, name)
    for strict in (False, True):
        results = RepairRunner().run(files, pack, "ko", strict=strict)
        assert [item.content for item in results] == [item.content for item in files]
        assert all(not item.fixes and not item.findings for item in results)


def test_the_service_mends_what_an_engine_wrote(emission: EmissionService) -> None:
    """R1.11"""
    submitted = [
        SubmittedFile(path=item.path, language=item.language, content=item.content.replace("on_mouseup=", "onclick="))
        for item in files_of(emission, "task_multi_save")
    ]
    response = emission.create(ArtifactsRequest(files=submitted, framework=FRAMEWORK, language="en"))
    markup = next(item for item in response.artifacts if item.language == "xml")
    assert {fix.rule for fix in markup.fixes} == {"event_renamed"}
    assert not markup.diagnostics
    original = next(item for item in files_of(emission, "task_multi_save") if item.language == "xml")
    assert markup.content == original.content


def test_what_was_not_wrong_stays_byte_for_byte(emission: EmissionService, pack: Pack) -> None:
    """R1.11: a modification by an engine; its untouched parts are the base's."""
    files = files_of(emission, "task_multi_save")
    changed = [
        SourceFile(item.path, item.language, item.content.replace('text="조회"', 'value="검색"')) for item in files
    ]
    results = RepairRunner().run(changed, pack, "ko", strict=False)
    for base, result in zip(files, results, strict=True):
        lines = zip(base.content.split("\r\n"), result.content.split("\r\n"), strict=True)
        assert sum(left != right for left, right in lines) == (1 if base.language == "xml" else 0)


def test_a_long_answer_is_mended_quickly(emission: EmissionService, pack: Pack) -> None:
    files = [item for name in ("customer_list_popup", "order_master_detail") for item in files_of(emission, name)]
    faulty = [SourceFile(item.path, item.language, item.content.replace("on_mouseup=", "onclick=")) for item in files]
    runner = RepairRunner()
    runner.run(faulty, pack, "ko", strict=False)
    started = time.process_time()
    runner.run(faulty, pack, "ko", strict=False)
    assert time.process_time() - started < 0.6  # ten times what it takes: other work may run beside


def test_no_input_takes_over_two_seconds(emission: EmissionService, pack: Pack) -> None:
    chance = random.Random(7)
    files = files_of(emission, "task_list_popup")
    cases = [
        [SourceFile("A.xml", "xml", "<panel>" * 20_000)],
        [SourceFile("A.xml", "xml", "<a b='" * 30_000)],
        [SourceFile("A.xml", "xml", "<!--" * 40_000)],
        [SourceFile("A.js", "javascript", "(" * 150_000)],
        [SourceFile("A.js", "javascript", "function a(){" * 12_000)],
        [SourceFile("A.js", "javascript", "this.screen.alert(a);\n" * 9_000)],
        [SourceFile("A.js", "javascript", "function f(){" + "screen.x();" * 15_000 + "}")],
        [SourceFile("A.xml", "xml", '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><map_list>&b;</map_list>')],
    ]
    for _ in range(40):
        cut = [list(item.content) for item in files]
        for text in cut:
            for _ in range(8):
                at = chance.randrange(len(text))
                text[at] = chance.choice('<>"{}();=&\n x')
        cases.append([SourceFile(a.path, a.language, "".join(b)) for a, b in zip(files, cut, strict=True)])
    limit = 2 if sys.gettrace() is None else 8  # coverage takes its own time
    for case in cases:
        started = time.process_time()
        RepairRunner().run(case, pack, "en", strict=False)
        assert time.process_time() - started < limit, case[0].content[:60]


def test_names_are_mended_only_without_a_rival() -> None:
    assert nearest("ds_list", ["DS_LIST", "DS_CODE"]) == "DS_LIST"
    assert nearest("DS_LIS", ["DS_LIST", "DS_CODE"]) == "DS_LIST"
    assert nearest("DS_LIST", ["DS_LIST1", "DS_LIST2"]) is None
    assert nearest("ab", ["abc"]) is None
    assert nearest("x" * 500, ["abc"]) is None


def test_tables_that_are_not_right_are_said(tmp_path_factory: pytest.TempPathFactory, frameworks: Frameworks) -> None:
    folder = tmp_path_factory.mktemp("pack")
    assert read_repairs(folder) is None
    (folder / "repairs").mkdir()
    with pytest.raises(InvalidPackError, match=r"markup\.yaml"):
        read_repairs(folder)
    (folder / "repairs" / "markup.yaml").write_text("document: {}", encoding="utf-8")
    with pytest.raises(InvalidPackError, match="document"):
        read_repairs(folder)
    assert read_repairs(PACKS / FRAMEWORK) is not None
    assert frameworks.names()
