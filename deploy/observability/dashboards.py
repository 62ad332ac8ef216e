"""Writes Grafana's dashboards: `python deploy/observability/dashboards.py`. What is drawn is said here once."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "grafana" / "dashboards"
_WIDTH, _HEIGHT, _ACROSS = 8, 7, 3
_SOURCE = {"type": "prometheus", "uid": "prometheus"}


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel: its queries by legend. `unit` is Grafana's name of one; `stat` draws the last value alone."""

    title: str
    queries: dict[str, str]
    unit: str = "short"
    stat: bool = False
    help: str = ""


def p95(metric: str, by: str, selector: str = "") -> str:
    return f"histogram_quantile(0.95, sum by ({by}, le) (rate({metric}_bucket{selector}[$__rate_interval])))"


def generations(window: str, selector: str = "", by: str = "") -> str:
    """Those that the gateways ran, and those that the workers ran as jobs."""
    inside = f'{{__name__=~"framewright_gateway(_worker)?_generations_total"{", " + selector if selector else ""}}}'
    return f"sum{f' by ({by}) ' if by else ''}(increase({inside}[{window}]))"


DASHBOARDS: dict[str, tuple[str, list[Panel]]] = {
    "mesh": (
        "Framewright: mesh",
        [
            Panel("Replicas that answer", {"{{job}}": "sum by (job) (up)"}, stat=True),
            Panel("Requests a second", {"{{job}}": "framewright:http_requests:rate5m"}, "reqps"),
            Panel(
                "Share of errors",
                {"{{job}}": "framewright:http_errors:rate5m / framewright:http_requests:rate5m"},
                "percentunit",
                help="Status 5xx. Runbook: ErrorsHigh.",
            ),
            Panel("Time of a request, p95", {"{{job}}": "framewright:http_request_seconds:p95_5m"}, "s"),
            Panel(
                "Requests in flight",
                {"{{job}}": 'sum by (job) ({__name__=~"framewright_.+_http_requests_in_flight"})'},
            ),
            Panel(
                "Open streams and sockets",
                {
                    "streams": "sum(framewright_gateway_event_streams)",
                    "sockets": "sum(framewright_gateway_chat_sockets)",
                },
            ),
            Panel(
                "Processor",
                {"{{job}}": "sum by (job) (rate(process_cpu_seconds_total[$__rate_interval]))"},
                "percentunit",
            ),
            Panel("Memory", {"{{job}}": "sum by (job) (process_resident_memory_bytes)"}, "bytes"),
            Panel(
                "Open file descriptors", {"{{job}}": "max by (job) (process_open_fds / process_max_fds)"}, "percentunit"
            ),
        ],
    ),
    "engines": (
        "Framewright: engines",
        [
            Panel(
                "Time to the first token, p95",
                {"{{engine}}": "framewright:time_to_first_token_seconds:p95_5m"},
                "s",
            ),
            Panel(
                "Time of a token, p95",
                {"{{engine}}": p95("gen_ai_server_time_per_output_token_seconds", "engine")},
                "s",
            ),
            Panel("Wait in the queue, p95", {"{{engine}}": "framewright:queue_wait_seconds:p95_5m"}, "s"),
            Panel(
                "Answers a second",
                {
                    "{{engine}} {{error_type}}": (
                        "sum by (engine, error_type)"
                        " (rate(gen_ai_server_request_duration_seconds_count[$__rate_interval]))"
                    )
                },
                "reqps",
            ),
            Panel(
                "Time of an answer, p95", {"{{engine}}": p95("gen_ai_server_request_duration_seconds", "engine")}, "s"
            ),
            Panel(
                "Tokens a second",
                {
                    "{{engine}} {{gen_ai_token_type}}": (
                        "sum by (engine, gen_ai_token_type) (rate(gen_ai_client_token_usage_sum[$__rate_interval]))"
                    )
                },
            ),
            Panel(
                "Fallbacks in 5 minutes",
                {"to {{engine}}": "sum by (engine) (increase(framewright_llm_proxy_fallbacks_total[5m]))"},
            ),
            Panel(
                "Cut off, and left by the caller, in 5 minutes",
                {
                    "cut {{engine}} {{code}}": (
                        "sum by (engine, code) (increase(framewright_llm_proxy_truncated_total[5m]))"
                    ),
                    "left {{engine}}": "sum by (engine) (increase(framewright_llm_proxy_cancelled_total[5m]))",
                },
            ),
            Panel(
                "Without an answer, in 5 minutes",
                {"{{model}} {{code}}": "sum by (model, code) (increase(framewright_llm_proxy_failures_total[5m]))"},
            ),
        ],
    ),
    "retrieval": (
        "Framewright: retrieval",
        [
            Panel(
                "Searches a second",
                {
                    "searches": (
                        'sum(rate(framewright_rag_http_request_seconds_count{route="/v1/search"}[$__rate_interval]))'
                    )
                },
                "reqps",
            ),
            Panel(
                "Time of a search, p95",
                {"search": p95("framewright_rag_http_request_seconds", "route", '{route="/v1/search"}')},
                "s",
            ),
            Panel(
                "Time of an embedding request, p95",
                {"{{route}}": p95("framewright_embedding_http_request_seconds", "route", '{route=~"/v1/.+"}')},
                "s",
            ),
            Panel(
                "Tokens that wait for the model", {"{{lane}}": "sum by (lane) (framewright_embedding_waiting_tokens)"}
            ),
            Panel("Vectors in the cache", {"{{instance}}": "framewright_embedding_cached_vectors"}),
            Panel(
                "Time of retrieval in a generation, p95",
                {"{{stage}}": 'framewright:stage_seconds:p95_5m{stage=~"knowledge|artifacts|prompt"}'},
                "s",
            ),
        ],
    ),
    "business": (
        "Framewright: use",
        [
            Panel("Generations today", {"": generations("24h")}, stat=True),
            Panel(
                "Completed, share",
                {
                    "": generations("24h", 'status="completed"') + " / " + generations("24h"),
                },
                "percentunit",
                stat=True,
            ),
            Panel(
                "From a fallback, share",
                {
                    "": generations("24h", 'degraded="true"') + " / " + generations("24h"),
                },
                "percentunit",
                stat=True,
            ),
            Panel(
                "Generations an hour",
                {"{{kind}} {{status}}": "sum by (kind, status) (framewright:generations:rate5m) * 3600"},
            ),
            Panel("Time of a generation, p95", {"{{kind}}": "framewright:generation_seconds:p95_5m"}, "s"),
            Panel("Time of each stage, p95", {"{{stage}}": "framewright:stage_seconds:p95_5m"}, "s"),
            Panel(
                "Generations by engine",
                {"{{engine}}": generations("1h", by="engine")},
            ),
            Panel(
                "Sign-ins in 5 minutes",
                {"{{outcome}}": "sum by (outcome) (increase(framewright_admin_logins_total[5m]))"},
            ),
        ],
    ),
}


def dashboard(uid: str, title: str, panels: list[Panel]) -> dict[str, Any]:
    """A dashboard as Grafana's schema 39 has it."""
    return {
        "uid": f"framewright-{uid}",
        "title": title,
        "tags": ["framewright"],
        "schemaVersion": 39,
        "editable": False,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "timezone": "browser",
        "panels": [_panel(number, panel) for number, panel in enumerate(panels)],
    }


def _panel(number: int, panel: Panel) -> dict[str, Any]:
    return {
        "id": number + 1,
        "title": panel.title,
        "description": panel.help,
        "type": "stat" if panel.stat else "timeseries",
        "datasource": _SOURCE,
        "gridPos": {
            "x": number % _ACROSS * _WIDTH,
            "y": number // _ACROSS * _HEIGHT,
            "w": _WIDTH,
            "h": _HEIGHT,
        },
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + place), "datasource": _SOURCE, "expr": query, "legendFormat": legend}
            for place, (legend, query) in enumerate(panel.queries.items())
        ],
    }


def written(uid: str) -> str:
    title, panels = DASHBOARDS[uid]
    return json.dumps(dashboard(uid, title, panels), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    for uid in DASHBOARDS:
        (FOLDER / f"{uid}.json").write_text(written(uid), encoding="utf-8")


if __name__ == "__main__":
    main()
