"""Encryption at rest, keys, passwords, URLs: rules without I/O."""

import pytest
from app.security.api_keys import make_key, matches, parse_key
from app.security.encryption import SecretBox, Undecryptable
from app.security.passwords import Passwords, generate, weakness
from app.security.url_policy import UrlPolicy
from argon2 import PasswordHasher

OLD, NEW = "o" * 32, "n" * 40


def test_a_secret_is_opened_for_its_purpose_alone() -> None:  # R3.8
    box = SecretBox(OLD)
    sealed = box.seal("sk-비밀", purpose="engine:a")
    assert "sk-비밀".encode() not in sealed
    assert box.open(sealed, purpose="engine:a").decode() == "sk-비밀"
    assert box.seal("sk-비밀", purpose="engine:a") != sealed
    for bad, purpose in [
        (sealed, "engine:b"),
        (sealed[:-1] + bytes([sealed[-1] ^ 1]), "engine:a"),
        (b"\x02" + sealed[1:], "engine:a"),
        (b"", "engine:a"),
    ]:
        with pytest.raises(Undecryptable):
            box.open(bad, purpose=purpose)


def test_keys_rotate_by_being_listed() -> None:
    sealed = SecretBox(OLD).seal("x", purpose="p")
    rotated = SecretBox(f"{NEW} , {OLD}")
    assert rotated.open(sealed, purpose="p") == b"x"
    with pytest.raises(Undecryptable):
        SecretBox(OLD).open(rotated.seal("x", purpose="p"), purpose="p")
    with pytest.raises(ValueError, match="32 characters"):
        SecretBox(f"{NEW},short")


def test_a_key_is_checked_by_its_hash() -> None:
    key = make_key()
    parsed = parse_key(key.plaintext)
    assert parsed is not None
    assert parsed[0] == key.id
    assert matches(parsed[1], key.secret_hash)
    assert not matches("x" * 43, key.secret_hash)
    assert parsed[1] not in key.secret_hash
    for wrong in ("", "fwk_", f"fwk_{key.id}", key.plaintext + "x", key.plaintext.upper()):
        assert parse_key(wrong) is None


async def test_passwords_are_hashed_with_argon2() -> None:  # R3.8
    passwords = Passwords()
    stored = await passwords.hash("correct-Horse-9")
    assert stored.startswith("$argon2id$")
    assert await passwords.verify(stored, "correct-Horse-9")
    assert not await passwords.verify(stored, "wrong")
    assert not await passwords.verify(None, "wrong")
    assert not passwords.outdated(stored)
    assert passwords.outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))


@pytest.mark.parametrize("password", ["short", "a" * 20, "kim.cheolsu@example.com", "Kim.Cheolsu", "x1" * 200])
def test_weak_passwords_are_refused(password: str) -> None:
    assert weakness(password, email="kim.cheolsu@example.com")


def test_made_up_passwords_are_strong() -> None:
    assert weakness(generate(), email="a@b") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest",
        "http://[fe80::1]:8000",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://metadata.google.internal/",
        "http://METADATA/",
        "http://100.100.100.200/",
        "http://0.0.0.0:8000",
        "http://[::]/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://１６９.２５４.１６９.２５４/",
        "http://169。254。169。254/",
        "http://METADATA.GOOGLE.INTERNAL./",
        "http://user:pw@10.0.0.1/",
        "http://10.0.0.1/?x=1",
        "http://10.0.0.1/#x",
        "http://10.0.0.1:99999/",
        "http://[::1/",
        "file:///etc/passwd",
        "gopher://10.0.0.1/",
        "http:///v1",
        "10.0.0.1:8000",
        "http://10.0.0.1/a b",
        "http://10.0.0.1/\r\nX: y",
    ],
)
def test_addresses_that_no_engine_has_are_refused_in_every_mode(url: str) -> None:
    assert UrlPolicy(allow_loopback=True).url_refusal(url)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8000", "http://localhost:11434", "http://x.localhost", "http://[::1]:8080", "http://127.1"],
)
def test_loopback_is_for_the_local_mode(url: str) -> None:
    assert UrlPolicy(allow_loopback=True).url_refusal(url) is None
    assert UrlPolicy(allow_loopback=False).url_refusal(url)


@pytest.mark.parametrize(
    "url", ["http://10.1.2.3:8000/v1", "https://api.openai.com/v1", "http://vllm:8000", "http://[fd12::5]:8000"]
)
def test_engines_live_on_private_networks_too(url: str) -> None:
    assert UrlPolicy(allow_loopback=False).url_refusal(url) is None


def test_what_a_name_resolves_to_is_held_to_the_same_rules() -> None:
    policy = UrlPolicy(allow_loopback=False)
    assert policy.address_refusal("10.0.0.1") is None
    assert policy.address_refusal("127.0.0.1")
    assert policy.address_refusal("fe80::1%eth0")
    assert policy.address_refusal("nonsense")
