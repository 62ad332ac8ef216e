"""The scripts behind `make up`: secrets are made once, the first admin's credentials are kept to their owner."""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = ("secrets.sh", "up.sh", "down.sh", "bootstrap.py")
FAKE_DOCKER = """#!/usr/bin/env bash
echo "${*//$'\\n'/ }" >> "$FAKE_LOG"
case "$*" in
"compose port edge 8080") echo 127.0.0.1:8080 ;;
"compose exec -T gateway python -c "*) cat > "$FAKE_LOG.input"; printf '%s' "$FAKE_ANSWER" ;;
esac
"""
MADE = (
    '{"base_url": "http://127.0.0.1:8080", "api_key": "fwk_1_x", "admin_email": "a@b.c", "admin_password": "made-up"}'
)


@pytest.fixture
def checkout(tmp_path: Path, root: Path) -> Path:
    """A copy of the scripts below a path with a blank, and a docker that only takes notes."""
    folder = tmp_path / "a checkout"
    (folder / "deploy").mkdir(parents=True)
    for script in SCRIPTS:
        shutil.copy(root / "deploy" / script, folder / "deploy" / script)
    docker = folder / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(FAKE_DOCKER, encoding="utf-8")
    docker.chmod(0o755)
    return folder


def run(checkout: Path, script: str, *arguments: str, answer: str = "", **settings: str) -> str:
    result = subprocess.run(
        [str(checkout / "deploy" / script), *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={
            "PATH": f"{checkout / 'bin'}:{os.environ['PATH']}",
            "FAKE_LOG": str(checkout / "calls"),
            "FAKE_ANSWER": answer,
            **settings,
        },
    )
    return result.stdout


def secrets_of(checkout: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (checkout / "deploy" / "secrets").iterdir()}


def test_makes_every_secret_that_the_compose_file_names(checkout: Path, root: Path) -> None:
    run(checkout, "secrets.sh")
    made = secrets_of(checkout)
    layers = (root / "docker-compose.yml",)
    text = "".join(path.read_text(encoding="utf-8") for path in layers)
    assert {f"{{file: ./deploy/secrets/{name}}}" in text for name in made} == {True}
    assert len(made) == text.count("{file: ./deploy/secrets/")
    assert len(made["service_secret"]) >= 32
    given = {"engine_api_key", "openai_api_key", "hub_token"}
    assert {name for name, value in made.items() if not value} == given, "what .env does not set"
    assert len({value for name, value in made.items() if name not in given}) == len(made) - len(given)


def test_a_database_url_holds_its_owners_password(checkout: Path) -> None:
    run(checkout, "secrets.sh")
    made = secrets_of(checkout)
    for owner in ("gateway", "admin"):
        password = made[f"{owner}_database_password"]
        assert made[f"{owner}_database_url"] == f"postgresql://{owner}:{password}@postgres:5432/framewright"


def test_keys_of_others_follow_the_settings(checkout: Path) -> None:
    (checkout / ".env").write_text("FRAMEWRIGHT_ENGINE_API_KEY=sk-first\n")
    run(checkout, "secrets.sh")
    assert secrets_of(checkout)["engine_api_key"] == "sk-first"
    (checkout / ".env").write_text("FRAMEWRIGHT_ENGINE_API_KEY=sk-second\n")
    assert run(checkout, "secrets.sh", OPENAI_API_KEY="sk-o") == ""
    assert (secrets_of(checkout)["engine_api_key"], secrets_of(checkout)["openai_api_key"]) == ("sk-second", "sk-o")


def test_the_edge_gets_a_certificate_of_the_hosts_name(checkout: Path) -> None:
    run(checkout, "secrets.sh", FRAMEWRIGHT_HOST_NAME="mesh.example")
    file = checkout / "deploy" / "secrets" / "edge_certificate"
    shown = subprocess.run(
        ["openssl", "x509", "-in", str(file), "-noout", "-ext", "subjectAltName"], check=True, capture_output=True
    )
    assert b"DNS:mesh.example, DNS:localhost, IP Address:127.0.0.1" in shown.stdout


def test_a_certificate_of_ones_own_is_kept(checkout: Path) -> None:
    folder = checkout / "deploy" / "secrets"
    folder.mkdir()
    (folder / "edge_certificate").write_text("mine")
    (folder / "edge_key").write_text("mine too")
    run(checkout, "secrets.sh")
    assert (secrets_of(checkout)["edge_certificate"], secrets_of(checkout)["edge_key"]) == ("mine", "mine too")


def test_keeps_the_secrets_that_are_there(checkout: Path) -> None:
    run(checkout, "secrets.sh")
    before = secrets_of(checkout)
    assert run(checkout, "secrets.sh") == ""
    assert secrets_of(checkout) == before


def test_the_folder_is_closed_and_its_files_are_open_to_the_containers(checkout: Path) -> None:
    run(checkout, "secrets.sh")
    folder = checkout / "deploy" / "secrets"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o444}


def test_up_waits_for_health_and_keeps_the_first_admins_credentials(checkout: Path) -> None:
    output = run(checkout, "up.sh", "--scale", "gateway=3", answer=MADE)
    calls = (checkout / "calls").read_text(encoding="utf-8").splitlines()
    assert calls[0] == "compose up -d --build --wait --scale gateway=3"
    credentials = checkout / "deploy" / "secrets" / "credentials.json"
    assert credentials.stat().st_mode & 0o777 == 0o600
    assert json.loads(credentials.read_text(encoding="utf-8")) == json.loads(MADE)
    assert "Key and password: deploy/secrets/credentials.json" in output
    assert "made-up" not in output


def test_up_again_leaves_the_credentials_alone(checkout: Path) -> None:
    run(checkout, "up.sh", answer=MADE)
    credentials = checkout / "deploy" / "secrets" / "credentials.json"
    before = credentials.read_text(encoding="utf-8")
    run(checkout, "up.sh")
    assert credentials.read_text(encoding="utf-8") == before


def test_the_first_admin_is_the_one_that_the_settings_name(checkout: Path) -> None:
    (checkout / ".env").write_text("FRAMEWRIGHT_ADMIN_EMAIL=from@file.example\n#FRAMEWRIGHT_ADMIN_PASSWORD=no\n")
    run(checkout, "up.sh")
    assert (checkout / "calls.input").read_text(encoding="utf-8") == "from@file.example\n\n"
    run(checkout, "up.sh", FRAMEWRIGHT_ADMIN_EMAIL="from@environment.example", FRAMEWRIGHT_ADMIN_PASSWORD='a b"c')
    assert (checkout / "calls.input").read_text(encoding="utf-8") == 'from@environment.example\na b"c\n'


def test_the_encryption_key_is_32_bytes(checkout: Path) -> None:
    run(checkout, "secrets.sh")
    assert len(base64.urlsafe_b64decode(secrets_of(checkout)["encryption_key"])) == 32


def test_down_keeps_the_data_unless_told_otherwise(checkout: Path) -> None:
    run(checkout, "down.sh")
    run(checkout, "down.sh", "--volumes")
    calls = (checkout / "calls").read_text(encoding="utf-8").splitlines()
    assert calls == ["compose down --remove-orphans", "compose down --remove-orphans --volumes"]
