"""Where the mesh and the key come from."""

import json
from pathlib import Path

import pytest

from framewright import Credentials, find_credentials


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / ".framewright").mkdir()
    known = {"base_url": "http://127.0.0.1:18080/", "api_key": "fwk_file"}
    (tmp_path / ".framewright" / "credentials.json").write_text(json.dumps(known))
    (tmp_path / "deep" / "er").mkdir(parents=True)
    return tmp_path


def test_the_nearest_file_upward_is_read(checkout: Path):
    assert find_credentials({}, checkout / "deep" / "er") == Credentials("http://127.0.0.1:18080", "fwk_file")


def test_the_state_of_another_mesh_can_be_named(checkout: Path, tmp_path: Path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "credentials.json").write_text('{"base_url": "http://127.0.0.1:9", "api_key": "fwk_s"}')
    named = {"FRAMEWRIGHT_STATE_DIR": str(tmp_path / "state")}
    assert find_credentials(named, checkout) == Credentials("http://127.0.0.1:9", "fwk_s")


def test_the_environment_wins(checkout: Path):
    environment = {"FRAMEWRIGHT_URL": "https://mesh.example/", "FRAMEWRIGHT_API_KEY": "fwk_env"}
    assert find_credentials(environment, checkout) == Credentials("https://mesh.example", "fwk_env")
    assert find_credentials({"FRAMEWRIGHT_API_KEY": "k"}, checkout) == Credentials("http://127.0.0.1:18080", "k")


def test_a_key_of_one_mesh_is_not_sent_to_another(checkout: Path):
    assert find_credentials({"FRAMEWRIGHT_URL": "https://mesh.example"}, checkout).api_key == ""
    assert find_credentials({"FRAMEWRIGHT_URL": "http://127.0.0.1:18080"}, checkout).api_key == "fwk_file"


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_a_broken_file_is_passed_by(tmp_path: Path, text: str):
    (tmp_path / ".framewright").mkdir()
    (tmp_path / ".framewright" / "credentials.json").write_text(text)
    assert find_credentials({}, tmp_path) == Credentials("http://127.0.0.1:8080", "")
