"""Paging, popups that fill fields, tabs, checks and row states in the real engine, driven by mouse and keyboard."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from support.api import Api

HERE = Path(__file__).parent
FIXTURES = HERE.parents[1] / "postprocess-service" / "tests" / "fixtures"
PYTHON = os.environ.get("XFRAME_JUDGE_PYTHON", "python3")
pytestmark = pytest.mark.skipif(
    not (os.environ.get("XF_ENGINE") and os.environ.get("XFRAME_JUDGE")),
    reason="set XF_ENGINE (the engine's folder), XFRAME_JUDGE (judge.py) and XFRAME_JUDGE_PYTHON (its Python)",
)


@pytest.mark.parametrize(
    ("scenario", "fixture"),
    [("pages", "employee_list_pages"), ("form", "staff_form_options"), ("rows", "task_multi_save")],
)
@pytest.mark.parametrize("portlet", ["native", "wrap"])
def test_a_user_at_the_screen(api: Api, tmp_path: Path, scenario: str, fixture: str, portlet: str) -> None:  # R1.11
    generation_id = api.generate("Task 관리 화면 만들어줘")[0]["generation_id"]
    spec = json.loads((FIXTURES / f"{fixture}.json").read_text(encoding="utf-8"))
    api.http.put(f"/api/v1/generations/{generation_id}/spec", json=spec).raise_for_status()
    for path, content in api.files(generation_id).items():
        (tmp_path / path).write_bytes(content)
    command = [PYTHON, str(HERE / "scenarios.py"), str(tmp_path), scenario, "--portlet", portlet]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    report = json.loads(done.stdout)
    failed = {name: check for name, check in report["checks"].items() if check["status"] != "pass"}
    assert failed == {}
    assert report["errors"] == []
