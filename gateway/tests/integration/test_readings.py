"""A prompt is read, and nothing is made of it."""

import httpx

from ..conftest import FakeMesh


def test_a_reading_has_the_data_model_and_leaves_nothing_behind(client: httpx.Client, mesh: FakeMesh) -> None:  # R1.2
    attachment = {"name": "task.csv", "media_type": "text/csv", "content": "name,label\n"}
    answer = client.post(
        "/api/v1/generations/readings", json={"prompt": "Task 관리 화면 만들어줘", "attachments": [attachment]}
    )
    assert answer.status_code == 200, answer.text
    read = answer.json()
    assert read["intent"]["kind"] == "generate"
    assert read["data_model"]["entities"][0]["name"] == "task"
    assert mesh.intent.calls[-1][1]["attachments"] == [attachment]
    assert client.get("/api/v1/generations").json()["items"] == []


def test_a_question_has_no_data_model(client: httpx.Client) -> None:
    read = client.post("/api/v1/generations/readings", json={"prompt": "How do I save a grid?"}).json()
    assert (read["intent"]["kind"], read["data_model"]) == ("question", None)


def test_what_is_wrong_is_named(client: httpx.Client) -> None:
    answer = client.post("/api/v1/generations/readings", json={"prompt": " "})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "prompt")
    refused = client.post("/api/v1/generations/readings", json={"prompt": "x", "framework": "nonesuch"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "framework"
