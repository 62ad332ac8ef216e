"""Settings come from the environment, or from files that it names."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from chassis.settings import ServiceSettings

SECRET = "s" * 32


def test_a_variable_a_file_and_a_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "token").write_text("scrape\n")
    monkeypatch.setenv("FRAMEWRIGHT_SERVICE_SECRET", SECRET)
    monkeypatch.setenv("FRAMEWRIGHT_METRICS_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("RAG_URL", "http://rag:8000")
    monkeypatch.setenv("INTENT_URL", "")
    settings = ServiceSettings()
    assert settings.service_secret.get_secret_value() == SECRET
    assert settings.metrics_token
    assert settings.metrics_token.get_secret_value() == "scrape"
    assert settings.rag_url == "http://rag:8000"
    assert settings.intent_url == "http://127.0.0.1:8003", "an empty variable is an unset one"
    assert settings.mode == "production"
    assert SECRET not in repr(settings)


def test_a_variable_wins_over_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "secret").write_text("f" * 32)
    monkeypatch.setenv("FRAMEWRIGHT_SERVICE_SECRET", SECRET)
    monkeypatch.setenv("FRAMEWRIGHT_SERVICE_SECRET_FILE", str(tmp_path / "secret"))
    assert ServiceSettings().service_secret.get_secret_value() == SECRET


def test_an_empty_file_is_an_unset_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "token").write_text("\n")
    monkeypatch.setenv("FRAMEWRIGHT_SERVICE_SECRET", SECRET)
    monkeypatch.setenv("FRAMEWRIGHT_METRICS_TOKEN_FILE", str(tmp_path / "token"))
    assert ServiceSettings().metrics_token is None


@pytest.mark.parametrize("secret", [None, "", "short"])
def test_there_is_no_service_without_a_secret(monkeypatch: pytest.MonkeyPatch, secret: str | None):
    monkeypatch.delenv("FRAMEWRIGHT_SERVICE_SECRET", raising=False)
    monkeypatch.delenv("FRAMEWRIGHT_SERVICE_SECRET_FILE", raising=False)
    if secret is not None:
        monkeypatch.setenv("FRAMEWRIGHT_SERVICE_SECRET", secret)
    with pytest.raises(ValidationError):
        ServiceSettings()


def test_settings_are_frozen():
    settings = ServiceSettings(service_secret=SECRET)
    with pytest.raises(ValidationError):
        settings.mode = "local"  # type: ignore[misc]  # the point of the test
