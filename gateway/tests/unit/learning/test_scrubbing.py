"""Secrets and personal data are taken out; clean code stays as it is."""

import random
from pathlib import Path

import pytest
from app.learning.scrubbing import scrub

from . import synthetic

ROOT = Path(__file__).parents[4]
CLEAN = [
    'var pwdField = "user_password";',
    '<pushbutton name="btn_save" text="저장"/>',
    "const at = 1764316800123; // 2025-11-28",
    'format="999-9999-9999" mask="000000-0000000"',
    "@app.get('/x')  # decorator",
    "import { a } from '@mantine/core@8.1.0';",
    "0000-0000-0000-0000",
    "barcode 8801234567893",
    'this.ds_list.setcolumn("token_type", "Bearer");',
    "version 1.2.3-4567-8901",
    "passwordPolicy: 'minimum-length'",
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_code_stays_as_it_is(text: str) -> None:  # R4.8
    assert scrub(text).text == text


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
