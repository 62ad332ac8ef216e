"""`sbom`: what the product is made of, as CycloneDX.

Tools for tests and checks are left out, and nothing tells the folder in which it was made.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from .backup.mesh import run
from .messages import Say
from .packages import runtime

Call = Callable[..., str]
Document = dict[str, Any]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, nargs="?", default=Path("out/sbom"))
    parser.add_argument("--tool", type=Path, required=True, help="cyclonedx-py")


def write(asked: Namespace, root: Path, environment: Mapping[str, str], say: Say, call: Call = run) -> int:
    target: Path = asked.folder
    target.mkdir(parents=True, exist_ok=True)
    options = ["environment", "--output-reproducible", "--spec-version", "1.6", sys.executable]
    python = of_the_product(json.loads(call([str(asked.tool), *options], environment=environment)), runtime(root))
    npm = ["scripts/npm.sh", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev"]
    console = json.loads(call(npm, cwd=root / "admin-service" / "console", environment=environment))
    for name, document in (("python", python), ("console", console)):
        path = target / f"{name}.cdx.json"
        path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        silent = [one["name"] for one in document["components"] if not one.get("licenses")]
        say("sbom_written", path=path, count=len(document["components"]))
        if silent:
            say("sbom_no_licence", names=", ".join(silent))
    return 0


def of_the_product(document: Document, needed_by: Mapping[str, set[str]]) -> Document:
    """The components that a part needs, each with these parts; addresses of this machine's folders are taken out."""
    kept = []
    for one in document["components"]:
        parts = needed_by.get(canonicalize_name(one["name"]))
        if parts is None:
            continue
        links = [link for link in one.get("externalReferences", []) if not link["url"].startswith("file:")]
        used = {"name": "framewright:needed-by", "value": ", ".join(sorted(parts))}
        kept.append({**one, "externalReferences": links, "properties": [*one.get("properties", []), used]})
    known = {one["bom-ref"] for one in kept}
    dependencies = [
        {**one, **({"dependsOn": [ref for ref in one["dependsOn"] if ref in known]} if "dependsOn" in one else {})}
        for one in document.get("dependencies", [])
        if one["ref"] in known
    ]
    product = {
        "type": "application",
        "name": "framewright",
        "version": version("framewright"),
        "bom-ref": "framewright",
    }
    metadata = {**document.get("metadata", {}), "component": product}
    return {**document, "metadata": metadata, "components": kept, "dependencies": dependencies}
