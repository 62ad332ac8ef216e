"""Knowledge in and out by the file: packs, bulk upload, and what is said of each file. And the index, followed."""

import json
import zipfile
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from app.core.context import Context

from chassis.errors import UpstreamFailed
from chassis.sse import ServerSentEvent
from tests.conftest import Api
from tests.integration.test_templates_and_knowledge import ENTRY

FILES, INDEX = "/api/admin/knowledge_files", "/api/admin/knowledge_index"
XFRAME5 = Path(__file__).parents[3] / "frameworks" / "xframe5" / "knowledge"


def zipped(files: dict[str, bytes | str]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return packed.getvalue()


async def send(who: Api, files: dict[str, bytes | str], query: str = "framework=xf") -> httpx.Response:
    form = [
        ("files", (name, content.encode() if isinstance(content, str) else content)) for name, content in files.items()
    ]
    return await who._client.post(f"{FILES}?{query}", files=form, headers=who.headers)


def outcomes(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 200, answer.text
    return {item["file"]: item["outcome"] for item in answer.json()["items"]}


def faults(answer: httpx.Response) -> dict[str, tuple[str, str]]:
    return {
        item["file"]: (item["faults"][0]["code"], item["faults"][0]["field"])
        for item in answer.json()["items"]
        if item["outcome"] == "refused"
    }


async def test_what_goes_out_comes_in_elsewhere_as_it_was(operator: Api, developer: Api, service: Api) -> None:  # R1.15
    odd: dict[str, object] = {
        "text": "---\n결재선\n---\n\n끝 \n",
        "title": '콜론: 과 #샵 / "따옴표"',
        "aliases": ["- x", "yes", "1"],
        "enabled": False,
    }
    variants: list[dict[str, object]] = [{}, odd, {"framework": "other", "kind": "example"}]
    for number, changes in enumerate(variants):
        await operator.post("/api/admin/knowledge", ENTRY | {"id": f"e{number}"} | changes)
    before = (await operator.get("/api/admin/knowledge")).json()["items"]
    packed = await developer.get(FILES)
    assert packed.headers["content-type"] == "application/zip"
    assert packed.content == (await developer.get(FILES)).content, "the same entries, the same bytes"
    names = zipfile.ZipFile(BytesIO(packed.content)).namelist()
    assert names == ["other/knowledge/e2.md", "xf/knowledge/e0.md", "xf/knowledge/e1.md"]
    assert zipfile.ZipFile(BytesIO((await developer.get(f"{FILES}?framework=other")).content)).namelist() == names[:1]
    again = await send(operator, {"all.zip": packed.content})
    assert set(outcomes(again).values()) == {"unchanged"}
    for number in range(3):
        await operator("DELETE", f"/api/admin/knowledge/e{number}")
    assert set(outcomes(await send(operator, {"all.zip": packed.content})).values()) == {"created"}
    after = (await operator.get("/api/admin/knowledge")).json()["items"]
    moments = {"created_at", "updated_at", "version"}
    assert [{k: v for k, v in item.items() if k not in moments} for item in after] == [
        {k: v for k, v in item.items() if k not in moments} for item in before
    ]
    assert [entry["id"] for entry in (await service.get("/internal/knowledge")).json()["entries"]] == ["e0", "e2"]


async def test_each_file_is_taken_or_its_reason_is_said(operator: Api, developer: Api, context: Context) -> None:
    files: dict[str, bytes | str] = {
        "저장 규칙.md": "# 변경된 행만 저장\n내용",
        "Names.md": "---\nid: names\nkind: example\naliases: [이름]\n---\n본문",
        "euckr.md": "# 한글 윈도우\n본문".encode("cp949"),
        "binary.md": b"\xff\xfe\x00\x01\x81",
        "blank.md": " \n",
        "head.md": "---\ntitle: [\n---\nx",
        "scalar.md": "---\njust words\n---\nx",
        "slip.md": "---\ntitel: x\n---\nx",
        "kind.md": "---\nkind: 규칙\n---\nx",
        "picture.png": b"\x89PNG",
        "long.md": "x" * 100_001,
        "large.md": "x" * 600_000,
        "twin.md": "---\nid: names\n---\nanother",
    }
    checked = await send(operator, files, "framework=xf&check=true")
    assert (await operator.get("/api/admin/knowledge")).json()["items"] == [], "a check stores nothing"
    stored = await send(operator, files)
    assert outcomes(stored) == outcomes(checked)
    assert stored.json()["counts"] == {"created": 3, "refused": 10}
    assert faults(stored) == {
        "binary.md": ("encoding", ""), "blank.md": ("empty", ""), "head.md": ("head", ""), "scalar.md": ("head", ""),
        "slip.md": ("unknown", "titel"), "kind.md": ("field", "kind"), "picture.png": ("kind", ""),
        "long.md": ("too_long", "text"), "large.md": ("too_large", ""), "twin.md": ("twice", "id"),
    }  # fmt: skip
    items = (await operator.get("/api/admin/knowledge")).json()["items"]
    assert {item["title"] for item in items} == {"변경된 행만 저장", "Names", "한글 윈도우"}
    assert {item["framework"] for item in items} == {"xf"}
    assert (await send(developer, files)).status_code == 403


async def test_a_file_that_comes_again_is_the_entrys_next_version(operator: Api) -> None:
    first = await send(operator, {"규칙.md": "# 규칙\n하나"})
    entry_id = first.json()["items"][0]["entry_id"]
    path = f"/api/admin/knowledge/{entry_id}"
    assert outcomes(await send(operator, {"규칙.md": "# 규칙\n둘"}, "framework=xf&existing=keep")) == {
        "규칙.md": "kept"
    }
    assert (await operator.get(path)).json()["text"] == "# 규칙\n하나"
    assert outcomes(await send(operator, {"규칙.md": "# 규칙\n둘"})) == {"규칙.md": "updated"}
    restored = await operator.post(f"{path}/versions/1/restore")
    assert restored.json()["text"] == "# 규칙\n하나", "nothing is lost"
    audited = (await operator.get(f"{path}/versions")).json()["items"]
    assert [version["version"] for version in audited] == [3, 2, 1]


async def test_a_framework_packs_own_knowledge_is_read_in(operator: Api) -> None:
    pack = {f"xframe5/knowledge/{file.name}": file.read_bytes() for file in sorted(XFRAME5.glob("*.yaml"))}
    count = sum(len(yaml.safe_load(content)) for content in pack.values())
    others = {"xframe5/prompts/spec.ko.md": "x", "xframe5/README.md": "x", "xframe5/knowledge/screens/list/a.md": "x"}
    hidden = {"__MACOSX/xframe5/knowledge/._grid.md": "x", "xframe5/.git/config.md": "x"}
    answer = await send(operator, {"xframe5.zip": zipped({**pack, **others, **hidden})}, "framework=xframe5&kind=rule")
    assert answer.json()["counts"] == {"created": count}, faults(answer)
    assert set(answer.json()["ignored"]) == set(others)
    column = next(item for item in answer.json()["items"] if item["entry_id"] == "grid.column")
    assert set(column["left_out"]) == {"component", "related"}
    entry = (await operator.get("/api/admin/knowledge/grid.column")).json()
    assert entry["title"] == "그리드 컬럼 정의 / Define a grid column"
    assert "Each column has one header" in entry["text"]
    assert "```\n<column><header" in entry["text"]
    assert {"column", "컬럼 추가"} <= set(entry["aliases"])


@pytest.mark.parametrize(
    ("content", "code"),
    [("a: [", "yaml"), ("a: 1", "list"), ("- x", "list"), ("- {kind: rule, title: t, text: t}", "missing")],
)
async def test_a_list_that_is_none_is_refused(operator: Api, content: str, code: str) -> None:
    assert faults(await send(operator, {"pack.yaml": content}))["pack.yaml"][0] == code


async def test_archives_are_read_within_limits(operator: Api) -> None:
    assert list(outcomes(await send(operator, {"korean.zip": zipped({"폴더/규칙.md": "본문"})}))) == ["폴더/규칙.md"]
    old = zipped({"xx.md": "# 제목\n본문"}).replace(b"xx.md", "가.md".encode("cp949"))
    assert list(outcomes(await send(operator, {"old.zip": old}))) == ["가.md"], "named as Korean Windows does"
    bomb = zipped({"bomb.md": "0" * 5_000_000, "good.md": "본문"})
    assert len(bomb) < 20_000
    assert outcomes(await send(operator, {"bomb.zip": bomb})) == {"bomb.md": "refused", "good.md": "created"}
    many = zipped({f"{number}.md": "x" for number in range(1_001)})
    assert faults(await send(operator, {"many.zip": many})) == {"many.zip": ("too_many", "")}
    assert faults(await send(operator, {"none.zip": zipped({"a.txt": "x"})})) == {"none.zip": ("archive", "")}
    broken = zipped({"a.md": "x" * 500})
    broken = broken[:36] + b"\xff" * 4 + broken[40:]
    assert faults(await send(operator, {"broken.zip": broken}))["broken.zip"][0] == "archive"
    locked = bytearray(zipped({"secret.md": "x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    assert faults(await send(operator, {"locked.zip": bytes(locked)})) == {"secret.md": ("encrypted", "")}


async def test_a_form_without_files_is_refused(operator: Api) -> None:
    assert (await operator.post(f"{FILES}?framework=xf")).json()["code"] == "no_files"
    empty = await operator._client.post(
        f"{FILES}?framework=xf", data={"x": "y"}, files={"other": b"x"}, headers=operator.headers
    )
    assert empty.json()["errors"][0]["field"] == "files"
    torn = await operator._client.post(
        f"{FILES}?framework=xf", content=b"--x\r\n", headers=operator.headers | {"Content-Type": "multipart/form-data"}
    )
    assert torn.status_code == 400


class FakeRag:
    """An index of two frameworks, and a run that is told in three steps."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.asked: list[bool] = []

    async def index_state(self, *, user_id: str, role: str) -> dict[str, dict[str, Any]]:
        return {"xframe5": {"entries": 9, "indexed": 7, "revision": 3}, "react": {"entries": 1, "indexed": 1}}

    async def index(self, *, everything: bool, user_id: str, role: str) -> AsyncIterator[ServerSentEvent]:
        self.asked.append(everything)
        yield ServerSentEvent('{"phase": "entries", "done": 0, "total": 9}', "progress")
        if self.failure:
            raise self.failure
        yield ServerSentEvent('{"embedded": 9, "deleted": 0, "unchanged": 0, "ms": 12.5}', "completed")

    async def aclose(self) -> None:
        """Nothing is open."""


def frames(text: str) -> list[tuple[str, dict[str, Any]]]:
    parts = [frame.split("\n", 1) for frame in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in parts]


async def test_the_index_is_made_anew_and_followed(context: Context, operator: Api, developer: Api) -> None:  # R1.15
    rag = FakeRag()
    context.rag = rag  # type: ignore[assignment]
    assert (await developer.get(INDEX)).json()["items"] == [
        {"framework": "xframe5", "entries": 9, "indexed": 7}, {"framework": "react", "entries": 1, "indexed": 1},
    ]  # fmt: skip
    answer = await operator.post(f"{INDEX}?everything=true")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [name for name, _ in frames(answer.text)] == ["progress", "completed"]
    assert rag.asked == [True]
    assert (await developer.post(INDEX)).status_code == 403
    context.rag = FakeRag(UpstreamFailed("rag-service could not be reached."))  # type: ignore[assignment]
    name, told = frames((await operator.post(INDEX)).text)[-1]
    assert (name, told["status"], told["detail"]) == ("failed", 502, "rag-service could not be reached.")
