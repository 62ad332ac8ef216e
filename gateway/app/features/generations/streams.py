"""A generation's events as server-sent events: shared with conversations, in `core`."""

from ...core.event_streams import event_response, resume_after

__all__ = ["event_response", "resume_after"]
