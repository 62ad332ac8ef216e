"""Spans reach a collector by OTLP, with the ids of the trace; without a collector nothing of it is loaded."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from fastapi.testclient import TestClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from chassis.application import create_service_app
from chassis.metrics import ServiceMetrics
from chassis.settings import ServiceSettings
from chassis.spans import SpanExport
from chassis.testing import TEST_SECRET
from chassis.tracing import TraceContext

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.fixture
def collector() -> Iterator[tuple[str, list[Any]]]:
    """A real OTLP receiver's first half: it reads the protobuf."""
    got: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            import gzip

            body = self.rfile.read(int(self.headers["Content-Length"]))
            packed = self.headers.get("Content-Encoding") == "gzip"
            request = ExportTraceServiceRequest.FromString(gzip.decompress(body) if packed else body)
            got.append((self.path, request))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_span_has_the_ids_of_the_trace_and_the_service_it_was_in(collector: tuple[str, list[Any]]):  # R5.8
    url, got = collector
    export = SpanExport(service="rag-service", endpoint=url)
    trace = TraceContext.parse_or_start(f"00-{TRACE}-{PARENT}-01")
    facts = {"http.request.method": "POST", "http.route": "/v1/search", "http.response.status_code": 503}
    export.ended(trace, name="POST /v1/search", attributes=facts, start_ns=1_000, end_ns=2_000)
    export.close()
    path, request = got[0]
    assert path == "/v1/traces"
    resource = request.resource_spans[0]
    assert {item.key: item.value.string_value for item in resource.resource.attributes}["service.name"] == "rag-service"
    span = resource.scope_spans[0].spans[0]
    assert (span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex()) == (TRACE, trace.span_id, PARENT)
    assert (span.name, span.start_time_unix_nano, span.end_time_unix_nano) == ("POST /v1/search", 1_000, 2_000)
    assert span.status.code == 2, "503 is an error"


def test_a_request_becomes_a_span_and_a_probe_does_not(collector: tuple[str, list[Any]]):
    url, got = collector
    settings = ServiceSettings(service_secret=TEST_SECRET, otlp_endpoint=url)
    app = create_service_app(
        settings, service="rag-service", summary="x", metrics=ServiceMetrics("rag-service"), guarded=False
    )

    @app.get("/things/{name}")
    async def read_thing(name: str) -> str:
        return name

    with TestClient(app) as client:
        client.get("/livez")
        client.get("/things/1", headers={"traceparent": f"00-{TRACE}-{PARENT}-01"})
    export = next(item for item in app.user_middleware if "spans" in item.kwargs).kwargs["spans"]
    assert isinstance(export, SpanExport)
    export.close()
    spans = [span for _, request in got for span in request.resource_spans[0].scope_spans[0].spans]
    assert [span.name for span in spans] == ["GET /things/{name}"]
    assert spans[0].trace_id.hex() == TRACE


def test_without_a_collector_nothing_of_it_is_loaded():
    code = (
        "import sys; from chassis.application import create_service_app; from chassis.spans import span_export;"
        "assert span_export(service='x', endpoint=None) is None;"
        "assert not any(name.startswith('opentelemetry.sdk') for name in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
