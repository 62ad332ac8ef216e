"""A bundle is made here, installed where there is no network at all, and makes a screen there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from framewright_operations.bundle import verify

from support.mesh import ROOT, free_port_base

pytestmark = pytest.mark.skipif(
    not os.environ.get("FRAMEWRIGHT_BUNDLE_TEST"), reason="fetches every wheel, minutes: FRAMEWRIGHT_BUNDLE_TEST=1"
)
PACKAGES = f"{ROOT / 'deploy' / 'local'}:{ROOT / 'deploy' / 'operations'}"


def test_a_bundle_is_installed_and_runs_without_a_network(tmp_path: Path) -> None:  # R5.8
    bundle, target = tmp_path / "bundle", tmp_path / "installed here"
    made = subprocess.run(
        [sys.executable, "-m", "framewright_operations", "bundle", str(bundle), "--images", "no"],
        check=False, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": PACKAGES},
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert list(verify(bundle)) == []
    kept = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    environment = {**kept, "FRAMEWRIGHT_PORT_BASE": str(free_port_base())}
    steps = (
        "ip link set lo up && "
        f"'{bundle}/install.sh' '{target}' && "
        f"make -C '{target}' run PROMPT='Task 관리 화면 만들어줘' TORCH_INDEX=; code=$?; "
        f"make -C '{target}' stop; exit $code"
    )
    result = subprocess.run(
        ["unshare", "-n", "bash", "-c", steps], check=False, capture_output=True, text=True, env=environment
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    print(made.stdout, result.stdout)
    assert {"TaskList.xml", "TaskList.js"} <= {path.name for path in (target / "out").rglob("*")}
