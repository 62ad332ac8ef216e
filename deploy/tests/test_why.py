"""A trace's lines as a walk through the mesh."""

import io
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "observability"))

import why

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def line(service: str, second: str, ms: float, **more: object) -> str:
    document = {"event": "request", "trace_id": TRACE, "service": service, "ms": ms, "method": "POST", "status": 200}
    return json.dumps({**document, "path": "/v1/x", "timestamp": f"2026-11-28T08:00:{second}Z", **more})


LINES = [
    line("gateway", "04.000000", 4000),
    line("llm-proxy", "03.900000", 3500, engine="vllm", first_ms=500.0, degraded=False),
    f"rag-service-1  | {line('rag-service', '00.300000', 200)}",
    line("rag-service", "00.300000", 200, trace_id="another"),
    json.dumps({"event": "keyword_search_only", "trace_id": TRACE, "service": "rag-service", "reason": "x", "ms": None,
                "timestamp": "2026-11-28T08:00:00.250000Z"}),
    "no json at all",
]  # fmt: skip


def test_steps_come_in_the_order_in_which_they_began() -> None:  # R5.8
    found = why.steps(LINES, TRACE)
    assert [step.service for step in found] == ["gateway", "rag-service", "rag-service", "llm-proxy"]
    drawn = list(why.drawn(found))
    assert drawn[0].startswith("  0.000  gateway")
    assert drawn[0].count("█") == 40
    assert drawn[3].count("█") == 35
    assert drawn[3].endswith("engine=vllm  first_ms=500.0")
    assert "keyword_search_only" in drawn[2]


def test_logs_come_from_files_or_from_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "gateway.log"
    log.write_text("\n".join(LINES), encoding="utf-8")
    assert why.main([TRACE, str(log)]) == 0
    from_file = capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(LINES)))
    assert why.main([TRACE]) == 0
    assert capsys.readouterr().out == from_file
    assert why.main(["0" * 32, str(log)]) == 1
