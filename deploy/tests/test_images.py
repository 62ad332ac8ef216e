"""The built images: how large they are, what is not in them, and the services' own tests inside them (R5.7)."""

import json
import subprocess

import pytest
from compose_file import ROOT
from running_stack import OURS, VERSION, Running

BUDGET_MB = {
    "gateway": 420,
    "intent-service": 330,
    "rag-service": 560,
    "embedding-service": 2300,
    "llm-proxy": 330,
    "postprocess-service": 420,
    "admin-service": 600,
}
"""A good deal above what they are: a package that comes along unasked is what this finds."""
MODEL_LIBRARIES = ("torch", "transformers", "sentence_transformers", "openvino", "kiwipiepy", "vllm")


@pytest.mark.parametrize("service", OURS)
def test_an_image_is_within_its_budget(running: Running, service: str) -> None:  # R2.4
    shown = json.loads(running.run("docker", "image", "inspect", f"framewright/{service}:{VERSION}"))[0]
    megabytes = shown["Size"] / 1e6
    print(f"\n{service}: {megabytes:.0f} MB")
    assert megabytes <= BUDGET_MB[service]


@pytest.mark.parametrize("service", [name for name in OURS if name != "embedding-service"])
def test_no_model_library_where_no_model_is(running: Running, service: str) -> None:  # R2.1, R2.4
    code = f"import importlib.util as u; print([n for n in {MODEL_LIBRARIES} if u.find_spec(n)])"
    assert running.compose("exec", "-T", service, "python", "-c", code).strip() == "[]"


@pytest.mark.parametrize("service", OURS)
def test_a_services_tests_pass_inside_its_container(running: Running, service: str) -> None:  # R5.7
    result = subprocess.run(
        [str(ROOT / "deploy" / "test_in_container.sh"), service, "tests/unit"],
        check=False, capture_output=True, text=True, env=running.environment,
    )  # fmt: skip
    print("\n" + "\n".join(result.stdout.splitlines()[-2:]))
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
