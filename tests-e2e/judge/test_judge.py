"""The screens of the five prompts in the real engine: no error, no failed check. Not part of `make test-e2e`.

The engine has no licence and lies outside the repository: XF_ENGINE names its folder, XFRAME_JUDGE the judge's script,
XFRAME_JUDGE_PYTHON the Python that it runs with.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.api import Api
from support.prompts import PROMPTS

ENGINE, JUDGE = os.environ.get("XF_ENGINE"), os.environ.get("XFRAME_JUDGE")
PYTHON = os.environ.get("XFRAME_JUDGE_PYTHON", "python3")
pytestmark = pytest.mark.skipif(
    not (ENGINE and JUDGE),
    reason="set XF_ENGINE (the engine's folder), XFRAME_JUDGE (judge.py) and XFRAME_JUDGE_PYTHON (its Python)",
)


def judged(folder: Path, *options: str) -> dict[str, Any]:
    """The judge's report. A browser that could not load the engine itself, on a busy machine, is asked again."""
    report: dict[str, Any] = {}
    for _ in range(3):
        done = subprocess.run(
            [PYTHON, str(JUDGE), str(folder), *options], check=False, capture_output=True, text=True, timeout=120
        )
        report = json.loads(done.stdout)
        if not any(error["kind"] == "request_failed" for error in report["errors"]):
            break
    return report


@pytest.mark.parametrize("portlet", [(), ("--portlet", "native")], ids=["portal", "native"])
@pytest.mark.parametrize("prompt", PROMPTS, ids=[files[0] for files in PROMPTS.values()])
def test_the_real_engine_accepts_the_screen(api: Api, tmp_path: Path, prompt: str, portlet: tuple[str, ...]):
    generation_id = api.generate(prompt)[0]["generation_id"]
    for path, content in api.files(generation_id).items():
        (tmp_path / path).write_bytes(content)
    report = judged(tmp_path, *portlet)
    checks = {name: check["status"] for name, check in report["checks"].items()}
    assert report["ok"], (report["errors"], checks)
    assert report["errors"] == []
    assert "fail" not in checks.values(), report["checks"]
    assert checks["search"] == "pass", "search shows rows"
    if "save" in checks and "저장" in prompt:
        assert checks["save"] == "pass", "exactly the changed rows are sent"
