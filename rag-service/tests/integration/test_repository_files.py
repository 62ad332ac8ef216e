"""An indexed file comes back whole, byte for byte, or not at all: embedded store, archives and folders."""

import base64
import hashlib
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from app.core.settings import RagSettings
from app.features.repositories.kept import KeptFiles
from tests.conftest import make_settings, wait_until, write_pack

from chassis.errors import UpstreamFailed

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant:UserWarning")

LONG = "\n\n".join(
    f'def 주문_{number}(order):\n    """주문 {number}번을 취소한다."""\n    if order:\n        return {number}\n    \n'
    for number in range(40)
)
FILES: dict[str, bytes] = {
    "src/orders.py": LONG.encode(),
    "src/crlf.js": LONG.replace("def ", "// function ").replace("\n", "\r\n").encode() + b"\r\n\r\n\r\n",
    "src/marked.xml": b"\xef\xbb\xbf<screen id='A'>\n\n\n  <xdataset id='ds'/>\n</screen>",
    "한글/이름.txt": "배송 규칙: 하루 안에 보낸다.\r끝".encode("cp949"),
    "wide.sql": "select 이름\nfrom 고객\n".encode("utf-16"),
}
SECRET = b'API_KEY = "q8Zr5Lm2Xw9Tn4Vb7Ks1"\n'


@pytest.fixture(name="settings")
def _settings(tmp_path: Path) -> RagSettings:
    write_pack(tmp_path / "packs")
    (tmp_path / "allowed").mkdir()
    return make_settings(tmp_path, repository_paths=str(tmp_path / "allowed"))


def _zip(files: dict[str, bytes]) -> dict[str, str]:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return {"type": "archive", "content": base64.b64encode(memory.getvalue()).decode()}


def _indexed(client: httpx.Client, source: dict[str, str]) -> str:
    answer = client.post("/v1/repositories", json={"name": "shop", "source": source})
    assert answer.status_code == 202, answer.text
    known = str(answer.json()["id"])
    wait_until(lambda: client.get(f"/v1/repositories/{known}").json()["state"] in {"ready", "failed"})
    assert client.get(f"/v1/repositories/{known}").json()["state"] == "ready"
    return known


def _file(client: httpx.Client, known: str, path: str) -> httpx.Response:
    return client.get(f"/v1/repositories/{known}/files", params={"path": path})


def _refusal(client: httpx.Client, known: str, path: str) -> tuple[int, str]:
    answer = _file(client, known, path)
    return answer.status_code, str(answer.json().get("code"))


def _folder(tmp_path: Path, files: dict[str, bytes]) -> tuple[Path, dict[str, str]]:
    root = tmp_path / "allowed" / "shop"
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root, {"type": "path", "path": str(root)}


def _check(client: httpx.Client, known: str) -> None:
    for path, content in FILES.items():
        answer = _file(client, known, path)
        assert answer.status_code == 200, answer.text
        file: dict[str, Any] = answer.json()
        assert file["content"].encode(file["encoding"]) == content, path
        assert (file["path"], file["sha256"]) == (path, hashlib.sha256(content).hexdigest())


def test_an_uploaded_file_of_many_chunks_comes_back_byte_for_byte(client):  # R4.1 R5.4
    known = _indexed(client, _zip(FILES))
    assert client.get(f"/v1/repositories/{known}").json()["progress"]["chunks"] > 40
    _check(client, known)
    newer = {**FILES, "src/orders.py": FILES["src/orders.py"] + b"\n\nLAST = 1\n"}
    del newer["wide.sql"]
    assert _indexed(client, _zip(newer)) == known
    assert _file(client, known, "src/orders.py").json()["content"].endswith("LAST = 1\n")
    assert _refusal(client, known, "wide.sql") == (404, "file_not_indexed")


def test_a_file_of_a_folder_comes_back_until_it_changes(client, tmp_path):  # R4.1 R4.3
    root, source = _folder(tmp_path, FILES)
    known = _indexed(client, source)
    _check(client, known)
    (root / "src" / "orders.py").write_bytes(FILES["src/orders.py"] + b"#\n")
    refused = _file(client, known, "src/orders.py")
    assert (refused.status_code, refused.json()["code"]) == (409, "file_changed")
    assert "index the repository again" in refused.json()["detail"]
    (root / "src" / "crlf.js").unlink()
    (root / "src" / "crlf.js").symlink_to(root / "src" / "marked.xml")
    (root / "src" / "marked.xml").rename(root / "elsewhere.xml")
    (root / "src" / "marked.xml").symlink_to(root / "elsewhere.xml")
    (root / "wide.sql").unlink()
    os.mkfifo(root / "wide.sql")
    for path in ("src/crlf.js", "src/marked.xml", "wide.sql"):
        assert _refusal(client, known, path) == (409, "file_gone"), path


def test_what_is_not_indexed_is_not_found(client, tmp_path):  # R4.3
    (tmp_path / "allowed" / "secret.py").write_text("SECRET = 1\n")
    known = _indexed(client, _folder(tmp_path, {**FILES, ".env": b"A=1\n", "logo.png": b"\0\1"})[1])
    for path in ("../secret.py", "/etc/passwd", "src/../src/orders.py", "src", ".env", "logo.png", "none.py", "\0"):
        assert _refusal(client, known, path) == (404, "file_not_indexed"), path
    assert _refusal(client, "0123456789abcdef", "src/orders.py") == (404, "repository_not_found")
    assert client.get(f"/v1/repositories/{known}/files").status_code == 422
    assert client.get(f"/v1/repositories/{known}/files?path=a", headers={"Authorization": ""}).status_code == 401


def test_a_file_with_secret_values_too_large_or_in_no_known_encoding_is_refused(client, tmp_path):
    large = b"x = 'word'\n" * 100_000
    files = {"conf.py": SECRET, "large.py": large, "odd.txt": b"words \xff\xfe\xfa\n"}
    for source in (_folder(tmp_path, files)[1], _zip(files)):
        known = _indexed(client, source)
        assert _refusal(client, known, "conf.py") == (422, "file_has_secrets")
        assert _refusal(client, known, "odd.txt") == (422, "file_encoding")
        assert _refusal(client, known, "large.py") == (413, "file_too_large")
    assert SECRET.strip() not in b"".join(path.read_bytes() for path in tmp_path.rglob("files/*.zip"))


def test_what_is_kept_goes_with_the_repository(client, settings):
    known = _indexed(client, _zip(FILES))
    kept = KeptFiles(settings.repositories_folder / "files")
    assert kept.read(known, "src/orders.py") == FILES["src/orders.py"]
    kept.remove(known)
    assert _refusal(client, known, "src/orders.py") == (409, "file_not_kept")
    assert "upload the archive again" in _file(client, known, "src/orders.py").json()["detail"]
    _indexed(client, _zip(FILES))
    assert client.delete(f"/v1/repositories/{known}").status_code == 204
    assert not kept.has(known)
    assert list((settings.repositories_folder / "files").iterdir()) == []


def test_while_it_is_indexed_it_says_so(client, embedding):
    embedding.failure = UpstreamFailed("away")
    answer = client.post("/v1/repositories", json={"name": "shop", "source": _zip(FILES)})
    assert _refusal(client, answer.json()["id"], "src/orders.py") == (409, "repository_busy")


def test_a_full_disk_takes_no_repository_from_the_search(client, settings):
    settings.repositories_folder.mkdir(parents=True, exist_ok=True)
    (settings.repositories_folder / "files").write_text("no folder")
    known = _indexed(client, _zip(FILES))
    hits = client.post("/v1/search", json={"query": "주문_7", "index": "code"}).json()["hits"]
    assert hits
    assert _refusal(client, known, "src/orders.py") == (409, "file_not_kept")
