"""The console's files: which page answers, and for how long a browser may keep it."""

from pathlib import Path

import httpx
import pytest
from app.features.console.files import setup_console
from fastapi import FastAPI

from chassis.errors import setup_errors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "dist"


@pytest.fixture
def built(folder: Path) -> Path:
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>the page</title>", encoding="utf-8")
    (folder / "theme.js").write_text("theme", encoding="utf-8")
    (folder / "assets" / "index-abc.js").write_text("code", encoding="utf-8")
    return folder


async def ask(folder: Path, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    app = FastAPI()
    setup_errors(app)
    setup_console(app, folder)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://admin") as client:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await client.request(method, path, headers=named)


@pytest.mark.parametrize("path", ["/console/", "/console/studio", "/console/templates/xframe5/spec"])
async def test_every_path_of_the_app_is_its_page_and_asked_for_each_time(built: Path, path: str) -> None:  # R1.13
    answer = await ask(built, path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "the page" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    again = await ask(built, path, if_none_match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


async def test_a_file_whose_name_holds_its_hash_is_kept_for_good(built: Path) -> None:
    answer = await ask(built, "/console/assets/index-abc.js")
    assert answer.text == "code"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert (await ask(built, "/console/theme.js")).headers["cache-control"] == "no-cache"


async def test_a_file_that_is_not_there_is_no_page(built: Path) -> None:
    answer = await ask(built, "/console/assets/index-old.js")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_nothing_outside_of_the_folder_is_read(built: Path, tmp_path: Path) -> None:  # R3.8
    (tmp_path / "secret.txt").write_text("what nobody may read", encoding="utf-8")
    for path in ("/console/..%2fsecret.txt", "/console/assets/..%2f..%2fsecret.txt", "/console/%2fetc%2fpasswd"):
        assert "nobody" not in (await ask(built, path)).text
        assert "root:" not in (await ask(built, path)).text


async def test_without_its_slash_it_leads_to_the_page_of_whoever_was_asked(built: Path) -> None:
    answer = await ask(built, "/console")
    assert (answer.status_code, answer.headers["location"]) == (308, "/console/")


async def test_only_reading_is_allowed(built: Path) -> None:
    assert (await ask(built, "/console/", "POST")).status_code == 405
    head = await ask(built, "/console/", "HEAD")
    assert (head.status_code, head.content) == (200, b"")


async def test_before_it_is_built_the_answer_says_what_to_do(folder: Path) -> None:
    answer = await ask(folder, "/console/")
    assert answer.status_code == 404
    assert "make console" in answer.text
    assert answer.headers["cache-control"] == "no-store"
