"""The list of what the product is made of: tools are not in it, nor where it was made."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from framewright_operations import sbom
from framewright_operations.messages import Say
from framewright_operations.packages import pinned, runtime

ROOT = Path(__file__).resolve().parents[4]
COMPONENTS = [
    {"bom-ref": "HTTPX==1", "name": "HTTPX", "licenses": [{}], "externalReferences": [{"url": "https://a.example"}]},
    {
        "bom-ref": "framewright-chassis==1",
        "name": "framewright-chassis",
        "externalReferences": [{"url": "file:///home"}],
    },
    {"bom-ref": "locust==1", "name": "locust"},
]
DEPENDENCIES = [{"ref": "HTTPX==1", "dependsOn": ["locust==1"]}, {"ref": "locust==1"}]


def test_what_a_part_needs_is_found_through_others_and_tools_are_not() -> None:
    needed_by = runtime(ROOT)
    assert "gateway" in needed_by["fastapi"], "named by the libraries"
    assert "embedding-service" in needed_by["openvino-telemetry"], "through openvino alone"
    assert needed_by["torch"] == {"embedding-service"}, "R2.4: only embedding-service loads a model"
    assert not {"pytest", "locust", "mypy", "ruff"} & needed_by.keys()
    assert pinned({"pip"})[0].startswith("pip==")
    assert not [line for line in pinned(set(needed_by)) if "+" in line]


def test_the_list_is_of_the_product_alone(tmp_path: Path) -> None:
    asked: list[str] = []

    def call(command: Sequence[str], **_: Any) -> str:
        asked.append(" ".join(command))
        document = {"components": COMPONENTS, "dependencies": DEPENDENCIES, "metadata": {"tools": {}}}
        return json.dumps(document if "cyclonedx-py" in command[0] else {"components": [{"name": "react"}]})

    parser = ArgumentParser()
    sbom.add_arguments(parser)
    said: list[str] = []
    asked_for = parser.parse_args([str(tmp_path / "sbom"), "--tool", "cyclonedx-py"])
    assert sbom.write(asked_for, ROOT, {}, Say(said.append, "en"), call) == 0
    document = json.loads((tmp_path / "sbom" / "python.cdx.json").read_text())
    assert [one["name"] for one in document["components"]] == ["HTTPX", "framewright-chassis"]
    assert document["dependencies"] == [{"ref": "HTTPX==1", "dependsOn": []}]
    assert document["metadata"]["component"]["name"] == "framewright"
    assert "file:" not in json.dumps(document)
    assert "gateway" in document["components"][0]["properties"][0]["value"]
    assert "--omit dev" in asked[1]
    assert "2 components" in said[0]
    assert said[1:] == [
        "      without a licence in their metadata: framewright-chassis",
        f"{tmp_path}/sbom/console.cdx.json: 1 components",
        "      without a licence in their metadata: react",
    ]
