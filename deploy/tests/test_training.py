"""The training recipe says what would go wrong, without a GPU and without the libraries that train (R4.6)."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

TRAINING = Path(__file__).parents[1] / "training"
RECIPE: dict[str, Any] = yaml.safe_load((TRAINING / "qlora.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("training_checks", TRAINING / "checks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def chat(asked: str, answer: str = '{"screen_id": "A"}') -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": answer}]}


def written(folder: Path, name: str, *samples: Any) -> Path:
    place = folder / name
    place.write_text("".join(f"{json.dumps(item, ensure_ascii=False)}\n" for item in samples), encoding="utf-8")
    return place


def run(folder: Path, **changes: Any) -> subprocess.CompletedProcess[str]:
    """`train.py --check` on a config beside the data, with what every machine of ours has."""
    config = {**RECIPE, "libraries": {"pyyaml": "5.0"}, **changes}
    (folder / "recipe.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    command = [sys.executable, str(TRAINING / "train.py"), str(folder / "recipe.yaml"), "--check"]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, timeout=60)


def test_the_committed_recipe_is_within_the_bounds(checks: ModuleType) -> None:  # R4.6
    assert checks.config_problems(RECIPE) == []
    assert set(RECIPE["libraries"]) >= {"torch", "transformers", "peft", "trl", "datasets", "bitsandbytes"}


def test_good_data_passes_and_nothing_is_trained(tmp_path: Path) -> None:  # R4.6
    written(tmp_path, "base.jsonl", chat("사원 목록"))
    written(tmp_path, "training.jsonl", chat("Task 관리"), chat("Task 관리"), chat("고객 목록"))
    written(tmp_path, "held_out.jsonl", chat("부서 목록"))
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 samples to train with, 1 held out" in done.stdout, "the base set and the logged one, the same chat once"
    assert f"the adapter goes to {tmp_path / RECIPE['output']}\n" in done.stdout, "beside the recipe, as its data"
    assert not (tmp_path / "adapters").exists()


def test_samples_that_may_be_cut_are_counted_and_trained_with(tmp_path: Path) -> None:
    written(tmp_path, "training.jsonl", chat("Task 관리"), chat("x", "y" * 40_000))
    done = run(tmp_path)
    assert done.returncode == 0
    assert done.stderr == "warning: 1 of 2 samples may be cut at 8192 tokens\n"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "nothing to train with"),
        (["{no json"], "training.jsonl:1: no chat"),
        ([{"messages": []}], "training.jsonl:1: no chat"),
        ([{"messages": [{"role": "robot", "content": "x"}]}], "without role"),
        ([{"messages": [{"role": "user", "content": "x"}]}], "the last message is not the assistant's"),
        ([chat("부서 목록")], "1 requests are in both halves"),
    ],
)
def test_bad_data_is_told_by_file_and_line(tmp_path: Path, lines: list[Any], said: str) -> None:
    texts = [item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in lines]
    (tmp_path / "training.jsonl").write_text("\n".join(texts), encoding="utf-8")
    written(tmp_path, "held_out.jsonl", chat("부서 목록"))
    done = run(tmp_path)
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"training": {**RECIPE["training"], "epochs": 3}}, "training.epochs is 1"),
        ({"lora": {**RECIPE["lora"], "r": 64}}, "lora.r is 8 to 16"),
        ({"lora": {"r": 8}}, "lora.alpha is missing"),
        ({"libraries": {"no-such-library": "1.0"}}, "library: no-such-library is missing (pip install"),
        ({"libraries": {"pyyaml": "999.0"}}, "is older than 999.0"),
    ],
)
def test_another_recipe_and_missing_libraries_are_refused(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    written(tmp_path, "training.jsonl", chat("Task 관리"))
    done = run(tmp_path, **changes)
    assert done.returncode == 1
    assert said in done.stderr


def test_four_bits_alone_need_bitsandbytes(checks: ModuleType) -> None:
    wanted = {"bitsandbytes": "0.45.0", "torch": "2.6.0"}
    versions = {"torch": "2.13.0+cpu"}
    assert checks.library_problems(wanted, quantise=False, installed=versions.get) == []
    assert len(checks.library_problems(wanted, quantise=True, installed=versions.get)) == 1
