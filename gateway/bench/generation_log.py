"""The log of generations with 100,000 real rows in PostgreSQL: how long its list and its searches take (R1.17).

Run by `make bench-log`; ROWS=… takes another number. Exits with 1 where a p95 is above the limit.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
from app.core.grams import searchable
from app.core.settings import Settings
from app.db import migrate
from app.main import create_app
from app.storage.identifiers import first_id_at
from pydantic import SecretStr

from chassis.local_postgres import LocalPostgres
from chassis.testing import TEST_SECRET, service_headers

LIMIT_MS = 200.0
_SUBJECTS = (
    "Task 관리", "사원 정보", "부서 목록", "휴가 신청", "결재선 지정", "설비 점검", "재고 현황", "거래처 등록",
    "계약 이력", "회의실 예약", "교육 과정", "급여 명세", "입고 처리", "출고 내역", "품질 검사", "고객 상담",
    "공지 사항", "코드 그룹", "권한 설정", "예산 집행", "order list", "customer detail", "invoice entry",
    "stock movement", "project member",
)  # fmt: skip
_WISHES = (
    "화면 만들어줘", "조회 화면을 만들어 주세요", "등록 팝업이 필요합니다", "마스터 상세 화면으로 구성해줘",
    "make a list screen", "그리드에서 여러 건을 저장하게 해줘", "검색 조건은 기간과 상태로",
    "screen with a popup please",
)  # fmt: skip
_COLUMNS = (
    "컬럼은 번호, 이름, 상태, 등록일",
    "담당자와 마감일 포함",
    "금액은 소수 둘째 자리",
    "엑셀 내려받기 포함",
    "with due date",
)
_RARE = "쥐라기"
_STATUSES = ("completed",) * 94 + ("failed",) * 4 + ("cancelled",) * 2
_ENGINES = ("qwen-coder",) * 60 + ("gpt-oss",) * 30 + ("builtin",) * 10


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    query: dict[str, str]


def prompts(number: int, chance: random.Random) -> str:
    text = f"{chance.choice(_SUBJECTS)} {chance.choice(_WISHES)} {chance.choice(_COLUMNS)} #{number}"
    return f"{text} {_RARE}" if number % 9973 == 0 else text


def rows(count: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    """Whole records over 90 days, as large as real ones."""
    start = datetime.now(UTC) - timedelta(days=90)
    knowledge = json.dumps([{"id": f"k{place}", "text": "그리드의 변경된 행만 저장한다. " * 12} for place in range(6)])
    sent = json.dumps([{"messages": [{"role": "system", "content": "You write screen specs. " * 120}]}])
    answered = json.dumps([{"text": '{"version": "1", "pattern": "list"}' * 60, "engine": "qwen-coder"}])
    for number in range(count):
        at = start + timedelta(seconds=number * 90 * 86_400 / count)
        prompt = prompts(number, chance)
        found = searchable(prompt, "TaskList.xml", "TaskList.js", "task.sql")
        spent = chance.lognormvariate(9.5, 0.6)
        yield (
            first_id_at(at)[:24] + f"{number:012x}", at, at + timedelta(milliseconds=spent),
            f"user-{chance.randrange(40)}", "rest", prompt, "{}", "spec", "xframe5",
            chance.choice(_STATUSES), "generate", knowledge, sent, answered,
            json.dumps({"engine": spent * 0.9, "total": spent}),
            json.dumps({"prompt_tokens": 2400, "completion_tokens": 900, "total_tokens": 3300}),
            chance.choice(_ENGINES), "qwen2.5-coder:7b", spent, "none", at, found["search_text"], found["grams"],
        )  # fmt: skip


_COPY = """COPY gateway.generations (id, created_at, ended_at, user_id, channel, prompt, request, mode, framework,
status, kind, knowledge, prompts, raw_answers, timings, usage, engine, engine_model, duration_ms, holder, lease_until,
search_text, grams) FROM STDIN"""


def fill(url: str, count: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in rows(count, random.Random(7)):  # noqa: S311 - made-up rows
                copy.write_row(row)
        connection.execute("VACUUM ANALYZE gateway.generations")


def cases(ids: list[str]) -> list[Case]:
    return [
        Case("list, first page", {}),
        Case("list, deep page", {"cursor": ids[len(ids) // 2]}),
        Case("list, last page", {"cursor": ids[100]}),
        Case("failed ones", {"status": "failed"}),
        Case("a status that none has", {"status": "queued"}),
        Case("one user's", {"user_id": "user-7"}),
        Case("one engine's of a week", {"engine": "builtin", "until": _moment(ids[len(ids) // 2])}),
        Case("search: in every row (화면)", {"q": "화면"}),
        Case("search: in a part (결재선)", {"q": "결재선 지정"}),
        Case("search: English", {"q": "Customer Detail popup"}),
        Case("search: rare word", {"q": _RARE}),
        Case("search: rare with common", {"q": f"화면 {_RARE}"}),
        Case("search: one character (쥐)", {"q": "쥐"}),
        Case("search: pairs there, word not", {"q": "제품검사화면"}),
        Case("search: nowhere", {"q": "없는낱말입니다"}),
        Case("search: one user's failed", {"q": "설비", "user_id": "user-3", "status": "failed"}),
        Case("search: file name", {"q": "tasklist.xml", "cursor": ids[len(ids) // 2]}),
    ]


def _moment(identifier: str) -> str:
    milliseconds = int(identifier.replace("-", "")[:12], 16)
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()


async def measure(url: str, repeats: int) -> bool:
    """Prints a line for each case; whether all are within the limit."""
    settings = Settings(database_url=SecretStr(url), service_secret=SecretStr(TEST_SECRET), log_level="error")
    app = create_app(settings)
    with psycopg.connect(url) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM gateway.generations ORDER BY id")]
    within = True
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client:
        print(f"{'case':34}{'rows':>6}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
        for case in cases(ids):
            times, found = [], 0
            for place in range(repeats + 3):
                headers = service_headers("gateway", caller="admin-service")
                started = time.perf_counter()
                answer = await client.get(
                    "/internal/generations", params={"limit": "100", **case.query}, headers=headers
                )
                spent = (time.perf_counter() - started) * 1000
                answer.raise_for_status()
                found = len(answer.json()["items"])
                times += [spent] if place >= 3 else []
            p95 = statistics.quantiles(times, n=20)[-1]
            within = within and p95 <= LIMIT_MS
            print(f"{case.name:34}{found:>6}{statistics.median(times):>9.1f}{p95:>9.1f}{max(times):>9.1f}", flush=True)
        await _others(client)
    await app.state.context.database.dispose()
    return within


async def _others(client: httpx.AsyncClient) -> None:
    """What the dashboard and the account ask for; no limit holds for them."""
    now = datetime.now(UTC)
    for name, path, query in (
        ("measures of a day", "measures", {"since": (now - timedelta(days=1)).isoformat(), "step_s": "900"}),
        ("measures of 30 days", "measures", {"since": (now - timedelta(days=30)).isoformat(), "step_s": "86400"}),
        ("usage of 30 days", "usage", {"first": str((now - timedelta(days=29)).date()), "last": str(now.date())}),
    ):
        started = time.perf_counter()
        params = {**query, **({"until": now.isoformat()} if path == "measures" else {})}
        headers = service_headers("gateway", caller="admin-service")
        answer = await client.get(f"/internal/{path}", params=params, headers=headers)
        answer.raise_for_status()
        print(f"{name:34}{'':6}{(time.perf_counter() - started) * 1000:>9.1f}")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--repeats", type=int, default=40)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        postgres = LocalPostgres(Path(folder), durable=False)
        url = postgres.start()
        try:
            migrate.upgrade(url)
            started = time.perf_counter()
            fill(url, given.rows)
            print(f"{given.rows} rows written in {time.perf_counter() - started:.0f} s")
            within = asyncio.run(measure(url, given.repeats))
        finally:
            postgres.stop()
    print(f"every p95 within {LIMIT_MS:.0f} ms" if within else f"a p95 is above {LIMIT_MS:.0f} ms")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
