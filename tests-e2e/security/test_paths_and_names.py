"""Ways out of a folder: by the address, in a body, as the name of what is generated."""

import io
import re
import zipfile
from pathlib import Path, PurePosixPath

import httpx
import pytest
import sqlglot

from security.conftest import refused
from security.payloads import payloads
from support.api import GENERATIONS, Api
from support.mesh import Mesh

PRODUCT = b"10816010"
"""What the templates among the names come to."""
OUTSIDE = ("root:x:0", "[extensions]", "PATH=", "OPENSSH")


@pytest.fixture(scope="module")
def made(mesh: Mesh) -> str:
    with httpx.Client(base_url=mesh.url, headers={"Authorization": f"Bearer {mesh.key}"}, timeout=60) as http:
        return str(Api(http).generate("Task 관리 화면 만들어줘")[0]["generation_id"])


@pytest.mark.parametrize("path", payloads("paths"))
@pytest.mark.parametrize("base", ["artifacts", "console", "docs", "sessions"])
def test_an_address_leads_to_no_other_file(http: httpx.Client, made: str, base: str, path: str) -> None:  # R3.8
    bases = {
        "artifacts": f"{GENERATIONS}/{made}/artifacts/", "console": "/console/", "docs": "/docs/",
        "sessions": "/api/sessions/",
    }  # fmt: skip
    # As it stands: httpx would tidy `..` away.
    target = httpx.URL(http.base_url).copy_with(raw_path=f"{bases[base]}{_quoted(path)}".encode())
    answer = http.send(http.build_request("GET", target))
    assert answer.status_code in {200, 307, 308, 400, 401, 404, 422}, f"{answer.status_code} {answer.text[:300]}"
    assert not [sign for sign in OUTSIDE if sign in answer.text]
    if base in {"artifacts", "sessions"} and path not in {".", ".."}:
        assert answer.status_code in {400, 404, 422}


def _quoted(path: str) -> str:
    return "".join(
        sign if 33 <= ord(sign) < 127 and sign not in "\\?#" else "".join(f"%{b:02x}" for b in sign.encode())
        for sign in path
    )


@pytest.mark.parametrize(
    "path", [*(path for path in payloads("paths") if path != "."), "out/passwd", "passwd.py", "out"]
)
def test_a_plan_reads_its_workspace_alone(http: httpx.Client, path: str) -> None:  # R4.1
    refused(http.post("/plan", json={"intent": "rename inside", "paths": [path]}), 404, 409, 422)


@pytest.mark.parametrize("path", ["/etc", "/", "/proc/self", "..", "out", "out/", "inside.py/../../..", "\x00", "~"])
def test_a_folder_outside_the_list_is_not_indexed(http: httpx.Client, mesh: Mesh, path: str) -> None:  # R5.4
    allowed = Path(str(mesh.settings["FRAMEWRIGHT_REPOSITORY_PATHS"]))
    for tried in {path, str(allowed / path) if "\x00" not in path else path}:
        body = {"name": "outside", "source": {"type": "path", "path": tried}}
        refused(http.post("/api/v1/repositories", json=body), 422)


@pytest.mark.parametrize("name", payloads("names"))
def test_a_generated_file_has_a_plain_name(http: httpx.Client, api: Api, name: str) -> None:  # R1.12
    columns = f'CREATE TABLE "{name.replace(chr(34), "")}" (id bigint primary key, title varchar(50));'
    events = api.generate(f"Create a screen titled {name} for: {columns}")
    assert events[-1]["type"] == "completed", events[-1]
    generation = events[0]["generation_id"]
    if not events[-1].get("artifacts"):
        return  # taken for no order of a screen, and refused
    archive = http.get(f"{GENERATIONS}/{generation}/archive")
    with zipfile.ZipFile(io.BytesIO(archive.content)) as files:
        assert files.namelist()
        for path in map(PurePosixPath, files.namelist()):
            assert not path.is_absolute()
            assert ".." not in path.parts
            assert re.fullmatch(r"[\w./-]+", str(path)), path
    answer = http.get(f"{GENERATIONS}/{generation}/preview")
    assert "<script>alert(1)" not in answer.text
    assert "<img src=x" not in answer.text
    for file, content in api.files(generation).items():
        assert b"root:x:0" not in content, file
        assert PRODUCT not in content, f"{file}: a template in a name was run"
        if file.endswith(".sql"):
            statements = sqlglot.parse(content.decode(), read="postgres")
            assert {type(one) for one in statements if one} <= {sqlglot.exp.Create, sqlglot.exp.Comment}, file


@pytest.mark.parametrize("path", payloads("paths"))
def test_a_pack_s_file_stays_in_its_pack(http: httpx.Client, path: str) -> None:
    body = {"name": "pages", "files": [{"path": path, "content": "name: pages\n"}]}
    answer = http.post("/api/v1/packs/lint", json=body)
    assert answer.status_code in {200, 422}, answer.text
    assert not [sign for sign in OUTSIDE if sign in answer.text]
