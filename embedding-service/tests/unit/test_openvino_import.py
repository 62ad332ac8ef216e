"""OpenVINO calls nobody."""

import subprocess
import sys
from pathlib import Path

import pytest

SERVICE = Path(__file__).parents[2]
LOADED = "import sys; print(sorted(name for name in sys.modules if name.startswith('openvino_telemetry.')))"
OURS = "from app.features.embeddings.openvino_import import import_openvino; import_openvino()"


@pytest.mark.parametrize(("statement", "silent"), [(OURS, True), ("import openvino", False)])
def test_its_telemetry_is_never_loaded(statement: str, silent: bool, tmp_path: Path) -> None:  # R5.8
    """The second case is the control: once it is silent by itself, ours can go. `CI` keeps the control silent too;
    it wants a home, which a user of a container may lack."""
    pytest.importorskip("openvino")
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}; {LOADED}"], check=True, capture_output=True, text=True, cwd=SERVICE,
        env={"CI": "true", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.stdout.strip() == "[]") is silent, done.stdout
