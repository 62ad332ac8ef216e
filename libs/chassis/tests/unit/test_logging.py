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
    logging.getLogger("sqlglot").warning("'CREATE TABLE salary …' contains unsupported syntax.")
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


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b", "\x00", "\x85", "\x9b", "\u2028", "\u2029", "\u202e", "\u2066"])
def test_no_sign_of_a_stranger_looks_like_a_line_of_ours(capsys: pytest.CaptureFixture[str], sign: str):  # CWE-117
    configure_logging(service="gateway", level="info", log_format="json")
    get_logger("a").info("request", path=f"/x{sign}가")
    (line,) = capsys.readouterr().out.removesuffix("\n").splitlines()
    assert sign not in line
    assert json.loads(line)["path"] == f"/x{sign}가"
