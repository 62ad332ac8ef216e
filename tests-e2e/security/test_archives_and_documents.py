"""Archives, spreadsheets, XML and imports that a stranger made: bombs, links, entities, ways out."""

import base64
import io
import json
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx
import pytest

from security.conftest import Listener, refused
from support.api import GENERATIONS, Api, of_type
from support.engine import PacedEngine
from support.mesh import Mesh

OWNED = Path(tempfile.gettempdir()) / "owned.py"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def zipped(fill: Callable[[zipfile.ZipFile], object]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return memory.getvalue()


def tarred(name: str, *, kind: bytes = tarfile.REGTYPE, link: str = "", mode: str = "w:gz", size: int = 3) -> bytes:
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode=mode) as archive:  # type: ignore[call-overload]
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname, entry.size = kind, link, size if kind == tarfile.REGTYPE else 0
        archive.addfile(entry, io.BytesIO(b"a" * entry.size))
    return memory.getvalue()


def linked() -> bytes:
    info = zipfile.ZipInfo("link.py")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped(lambda archive: archive.writestr(info, "/etc/passwd"))


def holding(files: Mapping[str, str | bytes]) -> bytes:
    def fill(archive: zipfile.ZipFile) -> None:
        for name, content in files.items():
            archive.writestr(name, content)

    return zipped(fill)


def nested() -> bytes:
    inner = holding({"zeros.txt": "0" * 10_000_000})
    return holding({f"{number}.zip": inner for number in range(20)})


def overlapping() -> bytes:
    """A central directory in which every entry points at the same data (Fifield, 2019)."""
    whole = bytearray(zipped(lambda archive: archive.writestr("a.py", "0" * 4_000_000)))
    start = whole.rfind(b"PK\x01\x02")
    end = whole.rfind(b"PK\x05\x06")
    entry = bytes(whole[start:end])
    entries = b"".join(entry.replace(b"a.py", b"%04d" % number) for number in range(200))
    tail = bytearray(whole[end:])
    tail[8:10] = tail[10:12] = (200).to_bytes(2, "little")
    tail[12:16] = len(entries).to_bytes(4, "little")
    return bytes(whole[:start]) + entries + bytes(tail)


ARCHIVES = {
    "zip slip": zipped(lambda archive: archive.writestr(f"../../../..{OWNED}", "x = 1")),
    "zip slip, backslash": zipped(lambda archive: archive.writestr("..\\..\\owned.py", "x = 1")),
    "absolute": zipped(lambda archive: archive.writestr(str(OWNED), "x = 1")),
    "drive": zipped(lambda archive: archive.writestr("C:/owned.py", "x = 1")),
    "zip link": linked(),
    "zip bomb": zipped(lambda archive: archive.writestr("zeros.py", "0" * 50_000_000)),
    "overlapping": overlapping(),
    "many": holding({f"{number}.py": "" for number in range(30_000)}),
    "deep": zipped(lambda archive: archive.writestr("/".join("d" * 60) + "/a.py", "x = 1")),
    "tar slip": tarred("../../owned.py"),
    "tar absolute": tarred(str(OWNED)),
    "tar link": tarred("a.py", kind=tarfile.SYMTYPE, link="/etc/passwd"),
    "tar hard link": tarred("a.py", kind=tarfile.LNKTYPE, link="/etc/passwd"),
    "tar device": tarred("a.py", kind=tarfile.CHRTYPE),
    "tar pipe": tarred("a.py", kind=tarfile.FIFOTYPE),
    "tar bomb": tarred("zeros.py", size=50_000_000),
    "tar bomb, xz": tarred("zeros.py", size=50_000_000, mode="w:xz"),
    "no archive": b"#!/bin/sh\ntouch owned\n",
    "broken": b"PK\x03\x04" + b"\xff" * 200,
}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_with_a_trick_is_refused(http: httpx.Client, mesh: Mesh, kind: str) -> None:  # R5.4 R3.8
    source = {"type": "archive", "content": base64.b64encode(ARCHIVES[kind]).decode()}
    refused(http.post("/api/v1/repositories", json={"name": "tricky", "source": source}), 413, 422)
    assert not OWNED.exists()
    assert not list(mesh.state.rglob("owned*"))


def test_an_archive_inside_an_archive_stays_packed(http: httpx.Client) -> None:
    source = {"type": "archive", "content": base64.b64encode(nested()).decode()}
    answer = http.post("/api/v1/repositories", json={"name": "nested", "source": source})
    assert answer.status_code in {202, 413, 422}, answer.text


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "laughs": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]><x>{"&a;" * 20_000}</x>',
    "file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "address": '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:{port}/e">]><x>&e;</x>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/p.dtd"> %p;]><x/>',
    "document type": '<!DOCTYPE x SYSTEM "http://127.0.0.1:{port}/x.dtd"><x/>',
    "include": '<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></x>',
    "style": '<?xml-stylesheet href="http://127.0.0.1:{port}/s.xsl" type="text/xsl"?><x/>',
    "deep": "<x>" * 100_000 + "</x>" * 100_000,
}


@pytest.mark.parametrize("kind", ENTITIES)
def test_an_engine_s_xml_reads_no_file_and_calls_nobody(
    paced: PacedEngine, api: Api, canary: Listener, kind: str
) -> None:  # R1.11 R3.8
    document = ENTITIES[kind].replace("{port}", str(canary.port))
    paced.pieces = [f"```xml path=TaskList.xml\n{document}\n```\n"]
    events = api.generate("Task 관리 화면 만들어줘", model="paced", mode="direct")
    assert events[-1]["type"] in {"completed", "failed"}
    said = json.dumps(events)
    assert "root:x:0" not in said
    assert "hahahahahahahaha" not in said
    assert canary.heard == []


@pytest.mark.parametrize("kind", ENTITIES)
def test_xml_that_is_sent_along_reads_no_file_and_calls_nobody(
    http: httpx.Client, canary: Listener, kind: str
) -> None:  # R3.8
    document = ENTITIES[kind].replace("{port}", str(canary.port))
    attachment = {"name": "mapper.xml", "media_type": "application/xml", "content": document}
    body = {"prompt": "이 매퍼로 목록 화면 만들어줘", "attachments": [attachment]}
    answer = http.post(f"{GENERATIONS}/readings", json=body)
    assert answer.status_code in {200, 413, 422}, answer.text[:300]
    assert "root:x:0" not in answer.text
    assert canary.heard == []


def _sheet(worksheet: str, **more: str) -> bytes:
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="{SPREADSHEET}.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>',
        "xl/worksheets/sheet1.xml": worksheet,
        **more,
    }
    return holding(parts)


@pytest.mark.parametrize("kind", [*ENTITIES, "bomb", "no zip"])
def test_a_spreadsheet_reads_no_file_and_calls_nobody(http: httpx.Client, canary: Listener, kind: str) -> None:  # R3.8
    if kind in ENTITIES:
        content = _sheet(ENTITIES[kind].replace("{port}", str(canary.port)))
    else:
        content = _sheet("<x/>", **{"xl/big.xml": "0" * 90_000_000}) if kind == "bomb" else b"PK\x03\x04no"
    attachment = {"name": "a.xlsx", "media_type": SPREADSHEET, "content": base64.b64encode(content).decode()}
    body = {"prompt": "이 표로 목록 화면 만들어줘", "attachments": [attachment]}
    answer = http.post(f"{GENERATIONS}/readings", json=body)
    assert answer.status_code in {200, 413, 422}, answer.text[:300]
    assert "root:x:0" not in answer.text
    assert canary.heard == []


def test_an_import_of_a_conversation_is_held_to_its_form(http: httpx.Client) -> None:  # R3.2
    deep: object = "x"
    for _ in range(900):
        deep = [deep]
    for body in ("[" * 100_000 + "]" * 100_000, json.dumps({"messages": deep}), '{"a": ' + "9" * 20_000 + "}"):
        refused(
            http.post("/api/sessions/import/", content=body, headers={"Content-Type": "application/json"}), 400, 422
        )


def test_an_engine_can_fill_no_memory(paced: PacedEngine, api: Api) -> None:  # R3.8
    """Forty megabytes of one answer: the generation ends, and says that it was cut."""
    paced.pieces = ["x" * 1_000_000] * 40
    events = api.generate("Task 관리 화면 만들어줘", model="paced", mode="direct")
    assert events[-1]["type"] in {"completed", "failed"}
    sent = sum(len(one["text"]) for one in of_type(events, "delta"))
    assert 0 < sent < 10_000_000
