"""One trace id runs from the edge to the engine: in every service's log, in events, in problems, and on the wire."""

import json
import re
import secrets
from functools import partial

import httpx

from fault_table.faulty_mesh import FaultyMesh
from observability.causes import SIMULATED
from support.api import GENERATIONS
from support.mesh import until
from support.simulator import asked_of

THROUGH = ("gateway", "intent-service", "rag-service", "embedding-service", "llm-proxy", "postprocess-service")


def traced(trace: str) -> dict[str, str]:
    return {"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"}


def lines(faulty: FaultyMesh, service: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in faulty.mesh.log(service).splitlines()]


def test_one_trace_id_leads_from_the_edge_to_the_engine(faulty: FaultyMesh, http: httpx.Client):  # R5.8
    trace = secrets.token_hex(16)
    body = {"prompt": "급여 관리 화면 만들어줘. 지급일, 금액 컬럼", "model": SIMULATED}
    answer = http.post(GENERATIONS, json=body, headers=traced(trace))
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-trace-id"] == trace
    assert trace in {item["traceparent"].split("-")[1] for item in asked_of(faulty.engine_url) if item["traceparent"]}
    for service in THROUGH:
        until(partial(_knows, faulty, service, trace), limit_s=10)


def _knows(faulty: FaultyMesh, service: str, trace: str) -> bool:
    return any(line.get("trace_id") == trace for line in lines(faulty, service))


def test_a_problem_names_the_trace_that_its_log_has(faulty: FaultyMesh, http: httpx.Client):
    trace = secrets.token_hex(16)
    answer = http.post("/api/v1/search", json={"query": 7}, headers=traced(trace))
    assert answer.status_code in {400, 422}
    assert answer.json()["trace_id"] == trace
    with faulty.mesh.without("postprocess-service"):
        trace = secrets.token_hex(16)
        answer = http.post(GENERATIONS, json={"prompt": "Task 관리 화면 만들어줘"}, headers=traced(trace))
        assert answer.json()["trace_id"] == trace
    assert any(line.get("trace_id") == trace and line["level"] == "warning" for line in lines(faulty, "gateway"))


def test_every_line_of_every_log_is_json_with_time_level_and_service(faulty: FaultyMesh):
    for service in faulty.mesh.record()["ports"]:
        for line in lines(faulty, service):
            assert re.match(r"\d{4}-\d\d-\d\dT.+Z$", str(line["timestamp"])), line
            assert line["level"] in {"debug", "info", "warning", "error", "critical"}
            assert line["service"] == service
            if line["event"] == "request":
                assert line["trace_id"], line
