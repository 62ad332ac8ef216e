"""Batches: a CSV file in, progress, results and a zip out."""

import csv
import io
import time
import zipfile
from typing import Any

import httpx
import pytest

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import OTHER_KEY
from ..fakes.llm import Script

BATCHES = "/api/v1/batches"
CSV = {"Content-Type": "text/csv"}


def uploaded(client: httpx.Client, text: str, **parameters: str) -> str:
    """The location of a batch."""
    answer = client.post(BATCHES, content=text.encode(), headers=CSV, params=parameters)
    assert answer.status_code == 202, answer.text
    return answer.headers["location"]


def until_ended(client: httpx.Client, location: str, limit_s: float = 30) -> dict[str, Any]:
    deadline = time.monotonic() + limit_s
    while True:
        batch: dict[str, Any] = client.get(location).json()
        if batch["ended_at"] or time.monotonic() > deadline:
            return batch
        time.sleep(0.05)


def test_every_row_becomes_a_screen(client: httpx.Client, worker: str) -> None:  # R2.2
    location = uploaded(client, "prompt,mode\nTask 관리 화면,spec\n\n오늘 날씨,\n=SUM(A1) 화면,auto\n", name="screens")
    batch = until_ended(client, location)
    assert (batch["status"], batch["name"], batch["total"], batch["done"]) == ("completed", "screens", 3, 3)
    assert batch["counts"] == {"completed": 3}
    rows = client.get(f"{location}/rows").json()
    assert [row["row"] for row in rows["items"]] == [1, 2, 3]
    assert [row["kind"] for row in rows["items"]] == ["generate", "unsupported", "generate"]
    generation = client.get(f"/api/v1/generations/{rows['items'][0]['generation_id']}").json()
    assert generation["status"] == "completed"
    with zipfile.ZipFile(io.BytesIO(client.get(f"{location}/archive").content)) as packed:
        names = set(packed.namelist())
        summary = list(csv.DictReader(io.StringIO(packed.read("summary.csv").decode("utf-8-sig"))))
    assert {"0001-TaskList/TaskList.xml", "0003-TaskList/TaskList.xml", "summary.csv"} <= names
    assert [row["status"] for row in summary] == ["completed"] * 3
    assert summary[2]["prompt"] == "'=SUM(A1) 화면", "a spreadsheet must not take it for a formula"


def test_pages_of_rows_and_of_batches(client: httpx.Client) -> None:
    first, second = (uploaded(client, "prompt\na\nb\nc\n") for _ in range(2))
    page = client.get(f"{first}/rows", params={"limit": 2}).json()
    rest = client.get(f"{first}/rows", params={"after": page["next_row"]}).json()
    assert [row["prompt"] for row in page["items"] + rest["items"]] == ["a", "b", "c"]
    assert rest["next_row"] is None
    listed = client.get(BATCHES, params={"limit": 1}).json()
    older = client.get(BATCHES, params={"cursor": listed["next_cursor"]}).json()
    assert [item["batch_id"] for item in (*listed["items"], *older["items"])] == [
        location.rpartition("/")[2] for location in (second, first)
    ]


def test_a_batch_says_how_long_it_will_take(
    mesh: FakeMesh, client: httpx.Client, start_worker: GatewayFactory
) -> None:  # R2.2
    mesh.llm.scripts = [Script(), *(Script(parts=["SPEC", *"x" * 40], pause_s=0.05) for _ in range(3))]
    start_worker(worker_batches=1)
    location = uploaded(client, "prompt\n" + "Task 화면\n" * 4)
    estimates = set()
    while not (batch := client.get(location).json())["ended_at"]:
        assert batch["eta_s"] is None or batch["done"] > 0
        estimates.add(batch["eta_s"])
        time.sleep(0.05)
    assert len(estimates) > 1


def test_what_has_not_ended_is_cancelled(mesh: FakeMesh, client: httpx.Client, start_worker: GatewayFactory) -> None:
    mesh.llm.scripts = [Script(parts=["SPEC", *"x" * 400], pause_s=0.05)]
    start_worker(worker_batches=1)
    location = uploaded(client, "prompt\n" + "Task 화면\n" * 5)
    while client.get(location).json()["counts"].get("running") != 1:
        time.sleep(0.02)
    assert client.delete(location).json()["cancelled"] == 5
    batch = until_ended(client, location)
    assert (batch["status"], batch["counts"]) == ("cancelled", {"cancelled": 5})


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("prompt,mode\nok,spec\nok,best\n", "row 2, column mode"),
        ("prompt,model\nok,\nok,nonesuch\n", "row 2, column model"),
        ("prompt,framework\nok,\nok,nonesuch\n", "row 2, column framework"),
        ("prompt,mode\n,spec\n", "row 1, column prompt"),
        ("prompt\nok,too,many\n", "row 1"),
        ("name\nx\n", "file"),
        ("prompt,color\nx,red\n", "file"),
        ("prompt,프롬프트\nx,y\n", "file"),
        ("prompt\n", "file"),
        ('prompt\n"never closed\n', "file"),
        ("prompt\nnul\x00\n", "file"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(client: httpx.Client, text: str, field: str) -> None:  # R2.2
    answer = client.post(BATCHES, content=text.encode(), headers=CSV)
    assert answer.status_code in {400, 422}
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_files_of_korean_spreadsheets_and_forms_are_read(client: httpx.Client) -> None:  # R2.2
    korean = "프롬프트\n사원 목록 화면\n".encode("cp949")
    answer = client.post(BATCHES, files={"file": ("사원.csv", korean, "text/csv")})
    assert answer.status_code == 202
    location = answer.headers["location"]
    assert client.get(location).json()["name"] == "사원.csv"
    assert client.get(f"{location}/rows").json()["items"][0]["prompt"] == "사원 목록 화면"
    assert client.post(BATCHES, files={"other": ("x", b"x")}).status_code == 400
    assert client.post(BATCHES, json={"prompts": []}).status_code == 400


def test_too_many_rows_are_refused(start_gateway: GatewayFactory, client: httpx.Client) -> None:
    small = start_gateway(batch_rows=2)
    answer = client.post(f"{small}{BATCHES}", content=b"prompt\na\nb\nc\n", headers=CSV)
    assert (answer.status_code, answer.json()["code"]) == (400, "too_many_rows")


def test_another_users_batch_is_not_found(client: httpx.Client) -> None:
    location = uploaded(client, "prompt\na\n")
    other = {"Authorization": f"Bearer {OTHER_KEY}"}
    for path in (location, f"{location}/rows", f"{location}/archive", f"{BATCHES}/nonsense"):
        assert client.get(path, headers=other).status_code == 404
    assert client.delete(location, headers=other).status_code == 404
    assert client.get(BATCHES, headers=other).json()["items"] == []
