"""`python -m evaluation.judge`: emits every fixture and lets the framework's own engine judge the screens.

The judge and the engine are not part of this repository. `XFRAME_JUDGE` names judge.py, `XF_ENGINE` the engine's
folder, `XFRAME_JUDGE_PYTHON` a Python that has the judge's packages. Without them nothing is judged, and it says so.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from app.core.frameworks import Frameworks
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService
from app.packs.loader import PackLoader

HERE = Path(__file__).parent.parent
LIMIT_S = 60
PORTLETS = ("wrap", "native")


def emit(service: EmissionService, path: Path, folder: Path) -> list[str]:
    """Writes the screen's files, and gives the errors that our own checks find."""
    spec = json.loads(path.read_text(encoding="utf-8"))
    response = service.create(ArtifactsRequest(spec=spec, framework=spec["framework"]))
    folder.mkdir(parents=True, exist_ok=True)
    for artifact in response.artifacts:
        (folder / artifact.path).write_bytes(artifact.content.encode())
    notes = [(item.path, note) for item in response.artifacts for note in item.diagnostics]
    return [f"{name}: {note.message}" for name, note in notes if note.severity == "error"]


def judged(python: str, judge: Path, folder: Path, portlet: str, picture: Path | None) -> tuple[bool, str]:
    """Whether the engine accepts the screen without an error or a failed check, and what it says else."""
    command = [python, str(judge), str(folder), "--portlet", portlet]
    command += ["--shot", str(picture)] if picture else []
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)  # noqa: S603 - the operator's own
        result: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError) as error:
        return False, type(error).__name__
    failed = [
        f"{name}: {check.get('why', '')}" for name, check in result["checks"].items() if check["status"] == "fail"
    ]
    errors = [item["text"] for item in result["errors"]]
    return bool(result["ok"]), "; ".join([*errors, *failed])


def judge_or_none() -> tuple[str, Path] | None:
    """The Python and the judge to run, or None with a word on why not."""
    judge = Path(os.environ.get("XFRAME_JUDGE", ""))
    engine = Path(os.environ.get("XF_ENGINE", ""))
    python = os.environ.get("XFRAME_JUDGE_PYTHON", sys.executable)
    if not judge.is_file():
        print("SKIPPED: XFRAME_JUDGE does not name judge.py; only our own checks ran")
    elif not os.environ.get("XF_ENGINE") or not engine.is_dir():
        print("SKIPPED: XF_ENGINE does not name the engine's folder; only our own checks ran")
    else:
        return python, judge
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("specs", nargs="*", type=Path, help="specs to judge (default: all fixtures)")
    parser.add_argument("--packs", type=Path, default=HERE.parent / "frameworks")
    parser.add_argument("--pictures", type=Path, help="a folder for a picture of each screen")
    arguments = parser.parse_args()
    service = EmissionService(Frameworks(PackLoader([arguments.packs])))
    specs = arguments.specs or sorted((HERE / "tests" / "fixtures").glob("*.json"))
    if arguments.pictures:
        arguments.pictures.mkdir(parents=True, exist_ok=True)
    tools = judge_or_none()
    with tempfile.TemporaryDirectory() as scratch:
        results = [run_one(service, path, Path(scratch), tools, arguments.pictures) for path in specs]
    runs = [ok for oks in results for ok in oks]
    print(f"{sum(runs)} of {len(runs)} accepted")
    return 0 if all(runs) else 1


def run_one(
    service: EmissionService, path: Path, scratch: Path, tools: tuple[str, Path] | None, pictures: Path | None
) -> list[bool]:
    """The verdicts on one spec: of our own checks, or of the engine in each way of loading popups."""
    started = time.perf_counter()
    errors = emit(service, path, scratch / path.stem)
    took = (time.perf_counter() - started) * 1000
    if errors or tools is None:
        print(f"{'FAIL' if errors else 'ok  '} {path.stem:28} emitted in {took:.0f} ms {'; '.join(errors)}")
        return [not errors]
    verdicts: list[bool] = []
    for portlet in PORTLETS:
        picture = pictures / f"{path.stem}.png" if pictures else None
        ok, why = judged(*tools, scratch / path.stem, portlet, picture)
        print(f"{'ok  ' if ok else 'FAIL'} {path.stem:28} {portlet:6} {why}", flush=True)
        verdicts.append(ok)
    return verdicts


if __name__ == "__main__":
    sys.exit(main())
