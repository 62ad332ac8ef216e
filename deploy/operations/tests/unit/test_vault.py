"""A sealed backup opens with its key alone, whole or not at all, and with standard tools."""

import json
import tarfile
from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest

from framewright_operations.backup import vault
from framewright_operations.messages import OperationError

PASSPHRASE = vault.Keys(passphrase="correct horse battery staple")
"""A second of work each time, as it has to be: most tests use the pair."""
IDENTITY = pyrage.x25519.Identity.generate()
PAIR = vault.Keys(recipients=(str(IDENTITY.to_public()),), identity=str(IDENTITY))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "secrets").mkdir(parents=True)
    (folder / "database.dump").write_bytes(bytes(range(256)) * 20_000)
    (folder / "secrets" / "encryption_key").write_text("top secret", encoding="utf-8")
    return folder


def sealed(content: Path, keys: vault.Keys) -> Path:
    target = content.parent / "backups" / "framewright-20260101T000000Z"
    vault.seal(content, target, manifest={"version": "v", "made_at": "t", "mesh": "local"}, keys=keys)
    return target


def opened(backup: Path, target: Path, keys: vault.Keys) -> dict[str, object]:
    target.mkdir()
    return vault.unseal(backup, target, keys=keys)


def test_what_was_sealed_comes_out_again(content: Path, tmp_path: Path) -> None:
    backup = sealed(content, PASSPHRASE)
    assert opened(backup, tmp_path / "out", PASSPHRASE)["version"] == "v"
    files = {p.relative_to(content): p.read_bytes() for p in content.rglob("*") if p.is_file()}
    assert {
        p.relative_to(tmp_path / "out"): p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()
    } == files
    assert b"top secret" not in (backup / vault.DATA).read_bytes()
    assert {path.stat().st_mode & 0o077 for path in (backup / vault.KEY, backup / vault.MANIFEST)} == {0}


def test_a_key_pair_closes_without_a_passphrase_and_opens(content: Path, tmp_path: Path) -> None:
    backup = sealed(content, PAIR)
    assert not (backup / vault.KEY).exists()
    opened(backup, tmp_path / "out", vault.Keys(identity=f"# made by age-keygen\n{IDENTITY}\n"))
    with pytest.raises(OperationError, match="Nothing to open"):
        opened(backup, tmp_path / "other", PASSPHRASE)


def test_age_alone_opens_it(content: Path, tmp_path: Path) -> None:
    backup = sealed(content, PASSPHRASE)
    identity = pyrage.passphrase.decrypt((backup / vault.KEY).read_bytes(), PASSPHRASE.passphrase).decode()
    plain = tmp_path / "plain.tar"
    pyrage.decrypt_file(str(backup / vault.DATA), str(plain), [pyrage.x25519.Identity.from_str(identity)])
    with tarfile.open(plain) as archive:
        assert "secrets/encryption_key" in archive.getnames()


@pytest.mark.parametrize(
    "keys", [vault.Keys(), vault.Keys(identity="AGE-SECRET-KEY-NO"), vault.Keys(identity="# empty")]
)
def test_another_key_opens_nothing(content: Path, tmp_path: Path, keys: vault.Keys) -> None:
    with pytest.raises(OperationError):
        opened(sealed(content, PAIR), tmp_path / "out", keys)
    assert list((tmp_path / "out").iterdir()) == []


def test_the_identity_of_another_opens_nothing(content: Path, tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="does not open"):
        opened(sealed(content, PAIR), tmp_path / "out", vault.Keys(identity=str(pyrage.x25519.Identity.generate())))


def test_a_wrong_passphrase_opens_nothing(content: Path, tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="does not open"):
        opened(sealed(content, PASSPHRASE), tmp_path / "out", vault.Keys(passphrase="wrong"))


@pytest.mark.parametrize("place", [0, 100_000, -1])
def test_a_changed_byte_is_found_before_anything_is_done(content: Path, tmp_path: Path, place: int) -> None:
    backup = sealed(content, PAIR)
    data = bytearray((backup / vault.DATA).read_bytes())
    data[place] ^= 1
    (backup / vault.DATA).write_bytes(data)
    with pytest.raises(OperationError, match="damaged"):
        opened(backup, tmp_path / "out", PAIR)


def test_a_folder_of_something_else_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="is no backup"):
        vault.read_manifest(tmp_path)
    (tmp_path / vault.MANIFEST).write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(OperationError, match="format 99"):
        vault.read_manifest(tmp_path)


def test_the_newest_is_meant_where_a_folder_of_backups_is_named(content: Path) -> None:
    older = sealed(content, PAIR)
    newer = older.with_name("framewright-20260202T000000Z")
    vault.seal(content, newer, manifest={}, keys=PAIR)
    assert vault.newest(older.parent) == newer
    assert vault.newest(older) == older
    with pytest.raises(OperationError, match="There is no backup"):
        vault.newest(content)


def test_a_backup_that_breaks_off_leaves_nothing(content: Path) -> None:
    with pytest.raises(pyrage.RecipientError):
        sealed(content, vault.Keys(recipients=("age1nonsense",)))
    assert list((content.parent / "backups").iterdir()) == []
