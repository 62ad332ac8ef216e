"""A prompt becomes files, over HTTP."""

import httpx

from .reading import generate


def test_a_prompt_streams_all_stages_and_ends_completed(client: httpx.Client) -> None:  # R1.7 R1.9 R1.12
    events = generate(client)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    types = [event["type"] for event in events]
    assert types[0] == "created"
    assert types[-1] == "completed"
    ended = [event["stage"] for event in events if event["type"] == "stage" and event["status"] == "completed"]
    assert ended == [
        "intent", "data_model", "knowledge", "artifacts", "prompt", "engine", "analysis", "postprocess", "result",
    ]  # fmt: skip
    assert "".join(event["text"] for event in events if event["type"] == "delta") == "```json\nSPEC\n```"
    artifact = next(event for event in events if event["type"] == "artifact")
    assert artifact["content"].startswith("\ufeff<?xml")
    assert next(event for event in events if event["type"] == "spec")["spec"]["screen_id"] == "TaskList"
    last = events[-1]
    assert last["engine"] == "vllm"
    assert last["degraded"] is False
    assert last["usage"] == {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    assert last["timings"]["total"] > 0
    assert "content" not in last["artifacts"][0]
