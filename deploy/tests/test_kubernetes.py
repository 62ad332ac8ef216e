"""The Kubernetes objects are those of the API, are what make.py says, and hold the mesh's rules."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

FOLDER = Path(__file__).parents[1] / "kubernetes"
BASE = FOLDER / "base"
API_VERSION = "1.30"


def made() -> dict[str, str]:
    """What make.py writes."""
    spec = importlib.util.spec_from_file_location("kubernetes_make", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["kubernetes_make"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    files: dict[str, str] = module.files()
    return files


def objects() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(BASE.glob("*.yaml")):
        if path.name != "kustomization.yaml":
            for item in yaml.safe_load_all(path.read_text(encoding="utf-8")):
                yield path.name, item


def workloads() -> dict[str, dict[str, Any]]:
    kinds = {"Deployment", "StatefulSet", "Job"}
    return {
        item["metadata"]["name"]: item["spec"]["template"]["spec"] for _, item in objects() if item["kind"] in kinds
    }


@pytest.mark.parametrize("item", [pytest.param(item, id=f"{file}-{item['kind']}") for file, item in objects()])
def test_the_api_takes_every_object(item: dict[str, Any]) -> None:
    kubernetes_validate.validate(item, API_VERSION, strict=True)


def test_the_base_is_what_its_source_says() -> None:
    files = made()
    assert files == {name: (BASE / name).read_text(encoding="utf-8") for name in files}


def test_kustomizations_name_what_is_there() -> None:
    for path in FOLDER.rglob("kustomization.yaml"):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert all((path.parent / name).exists() for name in document["resources"]), path
    listed = set(yaml.safe_load((BASE / "kustomization.yaml").read_text(encoding="utf-8"))["resources"])
    assert listed == {path.name for path in BASE.glob("*.yaml")} - {"kustomization.yaml"}


@pytest.mark.parametrize(("name", "pod"), workloads().items())
def test_no_pod_has_more_rights_than_it_needs(name: str, pod: dict[str, Any]) -> None:
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    for container in pod["containers"]:
        assert container["securityContext"]["readOnlyRootFilesystem"] is True, name
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}, name
        assert container["resources"]["limits"]["memory"], name


def test_ports_are_those_of_the_compose_stack() -> None:
    config = next(item for file, item in objects() if file == "config.yaml")["data"]
    services = {item["metadata"]["name"]: item for _, item in objects() if item["kind"] == "Service"}
    for name, url in config.items():
        if name.endswith("_URL"):
            host, _, port = url.removeprefix("http://").partition(":")
            assert services[host]["spec"]["ports"][0]["port"] == int(port), name
