"""`python -m evaluation.example_screens`: writes the packs' example screens as postprocess-service emits them now."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPECS = ROOT / "libs" / "screenspec" / "examples"
_ARTIFACTS = ["screen_js", "screen_xml"]
_EMIT = """
import json, pathlib, sys
from app.core.frameworks import Frameworks
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService
from app.packs.loader import PackLoader
job = json.load(sys.stdin)
service = EmissionService(Frameworks(PackLoader([pathlib.Path(job["packs"])])))
def emit(spec):
    request = ArtifactsRequest(spec=spec, framework=spec["framework"], artifacts=job["artifacts"])
    answer = service.create(request)
    assert not any(note.severity == "error" for item in answer.artifacts for note in item.diagnostics)
    return {item.path: item.content for item in answer.artifacts}
print(json.dumps([emit(spec) for spec in job["specs"]]))
"""


def emitted() -> dict[tuple[str, str], dict[str, str]]:
    """By framework and pattern: the spec as one line of JSON, and the files that it becomes, without marks of encoding.

    Another service's code runs in a process of its own: every service's package has the same name.
    """
    specs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SPECS.glob("*.json"))]
    job = {"packs": str(ROOT / "frameworks"), "artifacts": _ARTIFACTS, "specs": specs}
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", _EMIT],
        cwd=ROOT / "postprocess-service",
        input=json.dumps(job),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = {}
    for spec, files in zip(specs, json.loads(done.stdout), strict=True):
        compact = json.dumps(spec, ensure_ascii=False, separators=(",", ":")) + "\n"
        texts = {path: content.removeprefix("\ufeff").replace("\r\n", "\n") for path, content in files.items()}
        found[spec["framework"], spec["pattern"]] = {"spec.json": compact, **texts}
    return found


def main() -> None:
    for (framework, pattern), files in emitted().items():
        folder = ROOT / "frameworks" / framework / "knowledge" / "screens" / pattern
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        print(f"{framework} {pattern}: {', '.join(files)}")


if __name__ == "__main__":
    main()
