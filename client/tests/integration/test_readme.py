"""The README's way in for `asyncio` serves who signed in with a password, as it serves a key."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.stand_in import Mesh

from framewright.kept_sign_ins import Kept, KeptSignIns
from framewright.sign_in import SignIn

CLIENT = Path(__file__).parents[2]


def script_of(readme: str) -> str:
    text = (CLIENT / readme).read_text(encoding="utf-8")
    blocks: list[str] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    return next(block for block in blocks if "asyncio" in block)


@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_the_async_example_with_a_password(mesh: Mesh, tmp_path: Path, readme: str):  # R5.5
    mesh.keys = ["access-2"]
    mesh.open_answers["/api/auth/refresh"] = lambda _: {
        "access_token": "access-2", "refresh_token": "refresh-2", "expires_in": 900,
    }  # fmt: skip
    mesh.answers["/api/sessions"] = {"id": "s1"}
    mesh.say({"type": "delta", "text": "rows"}, {"type": "completed"})
    kept = Kept(mesh.url, sign_in=SignIn(mesh.url, "kim@example.com", "access-1", "refresh-1", 0))
    KeptSignIns.of({"HOME": str(tmp_path)}).keep(kept)
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(CLIENT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", script_of(readme)], check=False, capture_output=True, text=True, cwd=tmp_path,
        env=environment, timeout=60,
    )  # fmt: skip
    assert done.stdout == "rows", done.stderr
