"""Secrets and personal data are taken out; clean code stays as it is."""

import json
import random
import re
from collections import Counter
from pathlib import Path
from time import process_time

import pytest
import yaml
from app.learning.scrubbing import scrub, scrub_all

from . import synthetic

ROOT = Path(__file__).parents[4]
CASES = yaml.safe_load((Path(__file__).parent / "scrubbing_cases.yaml").read_text(encoding="utf-8"))
LINE_S = 3.0
"""For 50,000 characters, on a machine that does other things too; it takes 0.3 s at most."""


def test_what_is_known_to_be_written_is_found_whole() -> None:  # R4.8
    missed = []
    for kind, texts in CASES["found"].items():
        for text in texts:
            expected = re.sub("«[^»]*»", f"[{kind.upper()}]", text)
            if scrub(re.sub("[«»]", "", text)).text != expected or scrub(expected).text != expected:
                missed.append(text)
    assert sum(map(len, CASES["found"].values())) > 120
    assert missed == []


def test_what_looks_like_it_stays_as_it_is() -> None:  # R4.8
    assert len(CASES["clean"]) > 120
    assert [text for text in CASES["clean"] if scrub(text).text != text] == []


@pytest.mark.parametrize("before", ["\n", "\t", r"\n", r"\t", r"\\n", r"\"", "값은"])
@pytest.mark.parametrize("kind", ["api_key", "jwt"])
def test_a_token_is_found_after_an_escape(kind: str, before: str) -> None:  # R4.8
    rng = random.Random(kind)
    for _ in range(50):
        secret = synthetic.of_kind(kind, rng).secret
        assert scrub(f"x{before}{secret}").text.startswith(f"x{before}[")
        assert secret not in scrub(f"x{before}{secret}").text


def test_a_line_after_one_that_has_a_secret_too_is_searched() -> None:
    text = 'password = "Abc12345"\n- name: DB_PASSWORD\n  value: tiger\n'
    assert scrub(text).text == 'password = "[PASSWORD]"\n- name: DB_PASSWORD\n  value: [PASSWORD]\n'


@pytest.mark.parametrize("seed", range(20))
def test_what_is_not_read_as_json_stays_json(seed: int) -> None:
    rng = random.Random(seed)
    pieces = [re.sub("[«»]", "", text) for texts in CASES["found"].values() for text in texts]
    document = [rng.choice(pieces) + rng.choice(["\n", "\t", '"', "\\", " "]) for _ in range(60)]
    for escaped in (True, False):
        written = json.dumps({"a": document, "b": "\n".join(document)}, ensure_ascii=escaped)
        assert len(json.loads(scrub(written).text)["a"]) == 60


def test_documents_are_scrubbed_by_their_names() -> None:  # R4.8
    document = {
        "password": "tiger", "db": {"passwords": ["Abc12345"], "port": 5432}, "pin": 1234, "token_type": "Bearer",
        "labels": {"password": "비밀번호"}, "schema": {"password": {"type": "string", "default": "tiger"}},
        "env": [{"name": "DB_PASSWORD", "value": "tiger"}, {"name": "user", "value": "tiger"}],
        "edit": {"component": "edt_password", "set": {"value": "tiger"}}, "hong@corp.co.kr": 1,
        "userPassword": 12345678,
    }  # fmt: skip
    found: Counter[str] = Counter()
    assert scrub_all(document, found) == {
        "password": "[PASSWORD]", "db": {"passwords": ["[PASSWORD]"], "port": 5432}, "pin": 1234,
        "token_type": "Bearer", "labels": {"password": "비밀번호"},
        "schema": {"password": {"type": "string", "default": "[PASSWORD]"}},
        "env": [{"name": "DB_PASSWORD", "value": "[PASSWORD]"}, {"name": "user", "value": "tiger"}],
        "edit": {"component": "edt_password", "set": {"value": "[PASSWORD]"}}, "[EMAIL]": 1,
        "userPassword": "[PASSWORD]",
    }  # fmt: skip
    assert found["password"] == 6


def test_a_key_without_an_end_takes_its_own_lines_alone() -> None:
    key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\nAASCBKcwggSjAgEAAoIBAQ"
    assert scrub(f"{key}\n\nfunction a() {{ return 1; }}").text == "[PRIVATE_KEY]\n\nfunction a() { return 1; }"
    block = f"{key}\nqLyx\n=njUN\n-----END RSA PRIVATE KEY-----".replace("KEY-----\n", "KEY-----\nVersion: 1\n\n", 1)
    assert scrub(f"a {block} b").text == "a [PRIVATE_KEY] b"
    assert scrub(f"a {block!r} b").text == "a '[PRIVATE_KEY]' b"
    assert scrub('text.startsWith("-----BEGIN PRIVATE KEY-----")').found == {}


@pytest.mark.parametrize(
    "piece",
    [
        "a1", "//a:1", "a://b:", "a://b:c@", "password1", "password=", '"password":"', "<password>", "xsk-1", "eyJa1.",
        'name="password" a="b" ', "-----BEGIN PRIVATE KEY-----\nA: b\n", "--password 1", "010-1234-", "a@b.c.", r"\n1",
        "mysql 1 -p", "user a identified 1", "getConnection(a,1", "계좌 1", "비밀번호는 a1", "면허 1", "x-api-key1 ",
        "계정 a1/",
        "900101 ",
    ],
)  # fmt: skip
def test_a_long_line_of_anything_takes_no_longer_than_its_length(piece: str) -> None:
    text = (piece * 50_000)[:50_000]
    scrub(piece)
    started = process_time()
    scrub(text)
    assert process_time() - started < LINE_S


@pytest.mark.parametrize("kind", ["resident_number", "phone", "email", "card_number", "jwt", "api_key"])
def test_korean_may_stand_right_beside_it(kind: str) -> None:  # R4.8
    rng = random.Random(kind)
    for _ in range(100):
        secret = synthetic.of_kind(kind, rng).secret
        assert secret not in scrub(f"값은{secret}입니다").text, secret


@pytest.mark.parametrize("kind", synthetic.kinds())
def test_every_planted_kind_is_taken_out(kind: str) -> None:  # R4.8
    rng = random.Random(kind)
    for _ in range(200):
        planted = synthetic.of_kind(kind, rng)
        scrubbed = scrub(f"앞 {planted.written} 뒤")
        assert planted.secret not in scrubbed.text, planted.written
        assert scrubbed.text.startswith("앞 ")
        assert scrubbed.text.endswith(" 뒤")
        assert sum(scrubbed.found.values()) >= 1


def test_the_packs_own_code_has_no_false_finding() -> None:  # R4.8
    files = [
        path for path in (ROOT / "frameworks").rglob("*") if path.suffix in {".yaml", ".js", ".xml", ".tsx", ".sql"}
    ]
    assert len(files) > 30
    hit = {str(path): scrub(path.read_text(encoding="utf-8", errors="ignore")).found for path in files}
    assert {path: dict(found) for path, found in hit.items() if found} == {}


def test_a_number_of_thirteen_digits_is_one_only_where_something_says_so() -> None:
    assert scrub("주민등록번호 9001011234568").text == "주민등록번호 [RESIDENT_NUMBER]"
    assert scrub("ean 8801011234567").text == "ean 8801011234567"
