"""The Kubernetes objects are those of the API, are what make.py says, and hold the mesh's rules."""

import importlib.util
import re
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
SCALED = ("HorizontalPodAutoscaler", "PodDisruptionBudget")


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


def metrics_of_the_autoscalers() -> set[str]:
    scalers = [item for _, item in objects() if item["kind"] == "HorizontalPodAutoscaler"]
    asked = [metric for scaler in scalers for metric in scaler["spec"]["metrics"] if metric["type"] == "Pods"]
    return {metric["pods"]["metric"]["name"] for metric in asked}


def test_autoscalers_ask_for_metrics_that_exist_and_the_adapter_gives() -> None:
    names = metrics_of_the_autoscalers()
    assert {"framewright_gateway_event_streams", "framewright_gateway_worker_jobs_waiting"} <= names
    given = (FOLDER / "metrics" / "adapter.values.yaml").read_text(encoding="utf-8")
    root = FOLDER.parents[1]
    sources = [
        path
        for folder in ("gateway/app", "llm-proxy/app", "libs/chassis/src")
        for path in (root / folder).rglob("*.py")
    ]
    code = "".join(path.read_text(encoding="utf-8") for path in sources)
    for name in names:
        assert name in given, name
        own = re.sub(r"^framewright_(gateway_worker|gateway|llm_proxy)_", "", name)
        assert f'"{own}"' in code or f"}}_{own}" in code, name


def test_everything_that_runs_has_probes_a_budget_and_an_autoscaler() -> None:
    kinds = {
        kind: {i["metadata"]["name"] for _, i in objects() if i["kind"] == kind} for kind in ("Deployment", *SCALED)
    }
    assert kinds["HorizontalPodAutoscaler"] == kinds["Deployment"]
    assert kinds["PodDisruptionBudget"] == kinds["Deployment"] | {"qdrant"}
    for name, pod in workloads().items():
        if name in kinds["Deployment"] | {"qdrant"}:
            assert {"readinessProbe", "livenessProbe"} <= set(pod["containers"][0]), name


def test_the_engines_values_run_the_image_of_the_compose_stack() -> None:  # R1.18
    values = yaml.safe_load((FOLDER / "engines" / "vllm-stack.values.yaml").read_text(encoding="utf-8"))
    (model,) = values["servingEngineSpec"]["modelSpec"]
    compose = (FOLDER.parent / "compose.engines.yml").read_text(encoding="utf-8")
    assert f"{model['repository']}:{model['tag']}" in compose
    assert "awq_marlin" in model["vllmConfig"]["extraArgs"]
