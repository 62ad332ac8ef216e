"""One JSON object a line, whoever logs."""

import json
import logging
from collections.abc import Iterator

import pytest

from chassis.logging import configure_logging, get_logger


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)


def test_our_lines_and_the_libraries_are_of_one_form(capsys: pytest.CaptureFixture[str]):
    configure_logging(service="gateway", level="info", log_format="json")
    try:
        int("가")
    except ValueError:
        get_logger("a").exception("it_failed", count=3)
    logging.getLogger("uvicorn.error").warning("a library's line")
    logging.getLogger("httpx").info("noise")
    ours, theirs = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert ours["event"] == "it_failed"
    assert ours["count"] == 3
    assert "ValueError: invalid literal" in ours["exception"]
    assert theirs["event"] == "a library's line"
    assert {ours["service"], theirs["service"]} == {"gateway"}
    assert [ours["level"], theirs["level"]] == ["error", "warning"]


def test_a_console_gets_lines_for_people(capsys: pytest.CaptureFixture[str]):
    configure_logging(service="gateway", level="debug", log_format="console")
    logging.getLogger("x").debug("hello")
    assert "hello" in capsys.readouterr().out
