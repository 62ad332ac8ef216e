"""What web applications on other hosts may send and read (CORS); which ones may, is a setting."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_OWN = (
    "Authorization", "X-API-Key", "Content-Type", "Last-Event-ID", "Prefer", "If-Match", "If-None-Match",
    "Idempotency-Key", "traceparent",
)  # fmt: skip
_STAINLESS = (
    "Lang", "Package-Version", "OS", "Arch", "Runtime", "Runtime-Version", "Retry-Count", "Timeout", "Read-Timeout",
    "Async", "Helper-Method", "Stream-Helper", "Poll-Helper", "Custom-Poll-Interval", "Custom-Event-Handler",
    "Raw-Response",
)  # fmt: skip
"""OpenAI's clients say with each request what they are and what they do."""
_OPENAI = ("OpenAI-Organization", "OpenAI-Project", "OpenAI-Beta", *(f"X-Stainless-{name}" for name in _STAINLESS))
_MCP = ("Mcp-Protocol-Version", "Mcp-Session-Id", "Mcp-Method", "Mcp-Name")
HEADERS = (*_OWN, *_OPENAI, *_MCP)
EXPOSED = (
    "Location", "Content-Location", "ETag", "Retry-After", "X-Trace-Id", "Preference-Applied", "Idempotency-Replayed",
    "Mcp-Session-Id",
)  # fmt: skip
