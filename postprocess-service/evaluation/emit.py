"""Writes the screens of the test fixtures in a framework: `python -m evaluation.emit --framework react --out DIR`."""

import argparse
import json
from pathlib import Path

from app.features.emission.rendering import emit_files
from app.features.emission.selection import select_artifacts
from app.packs.loader import PackLoader
from app.screens.rendering import Renderer

from screenspec.spec import ScreenSpec

SERVICE = Path(__file__).parents[1]
FIXTURES = SERVICE / "tests" / "fixtures"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--framework", required=True)
    parser.add_argument("--packs", type=Path, default=SERVICE.parent / "frameworks", help="the folder of packs")
    parser.add_argument("--out", type=Path, required=True, help="a folder for each screen is made below it")
    arguments = parser.parse_args()
    pack = PackLoader([arguments.packs]).load(arguments.framework)
    rules = select_artifacts(pack, None)
    renderer = Renderer(pack)
    for fixture in sorted(FIXTURES.glob("*.json")):
        document = json.loads(fixture.read_text(encoding="utf-8"))
        spec = ScreenSpec.model_validate({**document, "framework": pack.name})
        folder = arguments.out / fixture.stem
        for file in emit_files(spec, None, pack, rules, renderer=renderer):
            target = folder / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(file.source.content, encoding="utf-8", newline="")
        (folder / "spec.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
