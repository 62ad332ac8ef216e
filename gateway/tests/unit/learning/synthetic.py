"""Synthetic logs: generations and patches with planted secrets and personal data, none of it anybody's."""

import base64
import json
import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

ENTITIES = ("task", "customer", "order", "product", "member", "invoice", "contract", "employee", "project", "ticket")
FIELDS = ("title", "status", "due_date", "owner", "amount", "quantity", "memo", "address", "grade", "channel")
WORDS = (
    "등록일",
    "담당자",
    "부서",
    "금액",
    "수량",
    "비고",
    "주소",
    "등급",
    "고객명",
    "품목",
    "창고",
    "승인",
    "반품",
    "정산",
    "계약",
    "만기",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A value of a kind, as it stands in a sentence; `secret` is the part that must not be left."""

    kind: str
    written: str
    secret: str


def planted(rng: random.Random) -> Planted:
    """One of any kind."""
    kind = rng.choice(sorted(_MAKERS))
    return _MAKERS[kind](rng)


def kinds() -> list[str]:
    return sorted(_MAKERS)


def of_kind(kind: str, rng: random.Random) -> Planted:
    return _MAKERS[kind](rng)


def logs(count: int, *, seed: int = 7, consent: bool | None = True) -> Iterator[tuple[dict[str, Any], list[Planted]]]:
    """Records as the store gives them, each with what was planted in it."""
    rng = random.Random(seed)
    for number in range(count):
        found = [planted(rng) for _ in range(rng.choice((0, 1, 2)))]
        record = _patch(number, rng, found) if number % 5 == 4 else _generation(number, rng, found)
        record["feedback"]["consent"] = consent
        yield record, found


def _generation(number: int, rng: random.Random, found: list[Planted]) -> dict[str, Any]:
    entity, fields = rng.choice(ENTITIES), rng.sample(FIELDS, 5)
    labels = rng.sample(WORDS, 5)
    prompt = f"{entity} {number}번 {' '.join(labels)} 화면 만들어줘. {' '.join(item.written for item in found)}"
    columns = [
        {"name": f"{name}_{number}", "label": label, "type": "string"}
        for name, label in zip(fields, labels, strict=True)
    ]
    spec = {
        "screen_id": f"{entity.title()}{number}", "title": " ".join(labels), "datasets": [{"columns": columns}],
        "notes": [f"{labels[0]}\n{item.written}\t" for item in found],
        "components": [{"id": "edt_password", "value": item.secret} for item in found if item.kind == "password"],
    }  # fmt: skip
    code = _code(entity, number, columns, found)
    edited = number % 3 == 0
    accepted = [
        {"path": f"{entity}.js", "content": code + "\n// 확인함 " + "".join(rng.sample(string.ascii_letters, 20))}
    ]
    return {
        "source": "generation", "id": f"g{number}", "prompt": prompt, "framework": rng.choice(("xframe5", "react")),
        "status": "completed", "spec": spec, "data_model": {"entities": [{"name": entity, "fields": columns}]},
        "artifacts": [{"path": f"{entity}.js", "content": code}], "engine": "vllm", "engine_model": "m-7b",
        "prompts": [{"messages": [{"role": "system", "content": "spec"}, {"role": "user", "content": prompt}]}],
        "raw_answers": [{"text": "spec?"}, {"text": "…"}],
        "feedback": {"rating": rng.choice((None, 4, 5)), "accepted": accepted if edited else None},
    }  # fmt: skip


def _patch(number: int, rng: random.Random, found: list[Planted]) -> dict[str, Any]:
    entity = rng.choice(ENTITIES)
    code = _code(entity, number, [{"name": f"{rng.choice(FIELDS)}_{number}", "label": "x"}], found)
    replace = "\n".join([f"var n{number} = {rng.randrange(10**6)};", *(f"\t{item.written}" for item in found)])
    edit = {"path": "a.js", "search": f"var n{number} = 0;", "replace": replace}
    return {
        "source": "patch", "id": f"p{number}", "status": "applied", "edits": [edit],
        "intent": f"{entity}{number}의 {rng.choice(WORDS)} 검사 추가",
        "files": [{"path": "a.js", "base_content": code, "content": code}], "engine": "vllm", "framework": "xframe5",
        "feedback": {"rating": None},
    }  # fmt: skip


def _code(entity: str, number: int, columns: list[dict[str, Any]], found: list[Planted]) -> str:
    lines = [f"function {entity}_{number}_search() {{", f"  var n{number} = 0;"]
    lines += [f'  this.ds_list.setcolumn("{column["name"]}", "{column["label"]}");' for column in columns]
    lines += [f"  // {item.written}" for item in found]
    return "\n".join([*lines, "  this.tran_search();", "}"])


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices(string.digits, k=count))


def _word(rng: random.Random, count: int, letters: str = string.ascii_letters + string.digits) -> str:
    return "".join(rng.choices(letters, k=count))


def _mixed(rng: random.Random, count: int) -> str:
    """Letters and digits, both of them there."""
    return f"{_word(rng, count - 2, string.ascii_letters)}{_digits(rng, 2)}"


def _resident(rng: random.Random) -> Planted:
    born = date(1950, 1, 1) + timedelta(days=rng.randrange(25_000))
    century = rng.choice("12" if born.year < 2000 else "34")
    number = f"{born:%y%m%d}-{century}{_digits(rng, 6)}"
    return Planted("resident_number", f"주민번호 {number}", number)


def _phone(rng: random.Random) -> Planted:
    number = rng.choice(("010-{}-{}", "010 {} {}", "+82 10-{}-{}", "010{}{}")).format(_digits(rng, 4), _digits(rng, 4))
    return Planted("phone", f"연락처: {number}", number)


def _land_line(rng: random.Random) -> Planted:
    number = f"{rng.choice(('02', '031', '051', '070'))}-{rng.choice('23456789')}{_digits(rng, 2)}-{_digits(rng, 4)}"
    return Planted("phone", f"전화 {number}", number)


def _email(rng: random.Random) -> Planted:
    host = rng.choice(("corp.co.kr", "gmail.com", "mail.example"))
    address = f"{_word(rng, 6, string.ascii_lowercase)}.{_word(rng, 4, string.ascii_lowercase)}@{host}"
    return Planted("email", f"{address}로 보내기", address)


def _card(rng: random.Random) -> Planted:
    body = [int(digit) for digit in rng.choice("4559") + _digits(rng, 14)]
    body[0] = rng.choice((4, 5))
    total = sum(digit * 2 - 9 * (digit > 4) if place % 2 == 0 else digit for place, digit in enumerate(body))
    digits = "".join(map(str, [*body, (10 - total % 10) % 10]))
    joint = rng.choice(("-", " ", ""))
    number = joint.join(digits[start : start + 4] for start in range(0, 16, 4))
    return Planted("card_number", f"카드 {number}", number)


def _api_key(rng: random.Random) -> Planted:
    key = rng.choice((
        f"AKIA{_word(rng, 16, string.ascii_uppercase + string.digits)}", f"ghp_{_word(rng, 36)}",
        f"sk-proj-{_word(rng, 40)}", f"hf_{_word(rng, 34)}", f"AIza{_word(rng, 35)}", f"glpat-{_word(rng, 20)}",
        f"xoxb-{_digits(rng, 11)}-{_digits(rng, 11)}-{_word(rng, 24, string.ascii_lowercase + string.digits)}",
    ))  # fmt: skip
    return Planted("api_key", f"key={key}", key)


def _password(rng: random.Random) -> Planted:
    value = rng.choice(
        (f"{_mixed(rng, 10)}!", f"{_mixed(rng, 6)}#{_digits(rng, 2)}", f"{_mixed(rng, 6)}$%<{_word(rng, 3)}")
    )
    form = rng.choice((
        'password = "{}"', "비밀번호는 {} 입니다", 'apiSecret: "{}"', "const dbPassword = '{}'", 'setPassword("{}")',
        '<property name="password" value="{}"/>', "app --password {}", "DB_PASSWORD={}",
    ))  # fmt: skip
    return Planted("password", form.format(value), value)


def _url(rng: random.Random) -> Planted:
    value = _mixed(rng, 12)
    return Planted("url_password", f"postgresql://app:{value}@db.internal:5432/app", value)


def _private_key(rng: random.Random) -> Planted:
    body = base64.b64encode(rng.randbytes(120)).decode()
    return Planted("private_key", f"-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----", body)


def _jwt(rng: random.Random) -> Planted:
    def part(document: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")

    token = f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part({'sub': _word(rng, 12)})}.{_word(rng, 43)}"
    return Planted("jwt", f"token {token}", token)


_MAKERS = {
    "resident_number": _resident, "phone": _phone, "land_line": _land_line, "email": _email, "card_number": _card,
    "api_key": _api_key, "password": _password, "url_password": _url, "private_key": _private_key, "jwt": _jwt,
}  # fmt: skip
