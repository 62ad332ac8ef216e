"""A span of each request for an OpenTelemetry collector, where one is named; where none is, nothing of it is loaded."""

import atexit
from typing import Any

from .tracing import TraceContext


class SpanExport:
    """Hands spans to a thread that sends them by the batch; the ids are those of `traceparent`."""

    def __init__(self, *, service: str, endpoint: str) -> None:
        """`endpoint` is the collector's address, without `/v1/traces`."""
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        self._processor = BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces"))
        self._resource = Resource({"service.name": service, "service.namespace": "framewright"})
        atexit.register(self.close)

    def ended(self, trace: TraceContext, *, name: str, attributes: dict[str, Any], start_ns: int, end_ns: int) -> None:
        """A request's span. Times in nanoseconds of the epoch; a status of 500 or more marks it as failed."""
        from opentelemetry import trace as api
        from opentelemetry.sdk.trace import ReadableSpan

        def context(span_id: str, *, remote: bool) -> api.SpanContext:
            flags = api.TraceFlags(api.TraceFlags.SAMPLED)
            return api.SpanContext(int(trace.trace_id, 16), int(span_id, 16), is_remote=remote, trace_flags=flags)

        failed = attributes.get("http.response.status_code", 0) >= 500
        self._processor.on_end(
            ReadableSpan(
                name=name,
                context=context(trace.span_id, remote=False),
                parent=context(trace.parent_id, remote=True) if trace.parent_id else None,
                resource=self._resource,
                attributes=attributes,
                kind=api.SpanKind.SERVER,
                status=api.Status(api.StatusCode.ERROR if failed else api.StatusCode.UNSET),
                start_time=start_ns,
                end_time=end_ns,
            )
        )

    def close(self) -> None:
        """Sends what is left."""
        self._processor.shutdown()  # type: ignore[no-untyped-call]  # the library leaves it untyped


def span_export(*, service: str, endpoint: str | None) -> SpanExport | None:
    return SpanExport(service=service, endpoint=endpoint) if endpoint else None
