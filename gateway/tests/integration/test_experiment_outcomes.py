"""What came of an A/B test's generations, as admin-service reads it out of PostgreSQL."""

from typing import Any

import httpx
import psycopg

from chassis.testing import service_headers

from .reading import generate

GENERATIONS = "/api/v1/generations"
EXPERIMENT = "01890000-0000-7000-8000-0000000000e1"


def take_part(url: str, generation_id: str, **changes: Any) -> None:
    """Puts a generation into the experiment, with columns as they would have come."""
    values = {"experiment_id": EXPERIMENT, "experiment_arm": "new", **changes}
    assignments = ", ".join(f"{name} = %({name})s" for name in values)
    with psycopg.connect(url, autocommit=True) as connection:
        statement = f"UPDATE gateway.generations SET {assignments} WHERE id = %(id)s"  # noqa: S608 - names of ours
        connection.execute(statement.encode(), {**values, "id": generation_id})


def outcomes(client: httpx.Client, **query: Any) -> list[dict[str, Any]]:
    path = f"/internal/experiments/{EXPERIMENT}/outcomes"
    answer = client.get(path, params=query, headers=service_headers("gateway", caller="admin-service"))
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_an_outcome_has_the_distance_to_the_first_emission_after_the_spec_was_edited(
    client: httpx.Client, database_url: str
) -> None:  # R4.6
    generation_id = generate(client)[0]["generation_id"]
    take_part(database_url, generation_id)
    path = f"{GENERATIONS}/{generation_id}"
    first = client.get(f"{path}/artifacts").json()["artifacts"][0]["path"]
    before = client.get(f"{path}/artifacts/{first}").text
    client.put(f"{path}/spec", json={**client.get(f"{path}/spec").json(), "title": "고친 제목"})
    client.post(f"{path}/feedback", json={"rating": 5, "accepted": [{"path": first, "content": before + "\n// 고침"}]})
    (outcome,) = outcomes(client)
    assert (outcome["generation_id"], outcome["arm"]) == (generation_id, "new")
    assert (outcome["rating"], outcome["accepted"]) == (5, True)
    kept = client.get(path).json()["feedback"]["distance"]["ratio"]
    assert 0 < outcome["edit_ratio"] == kept < 0.2
    assert not {"feedback", "artifacts", "user_id"} & outcome.keys(), "neither code nor people leave the gateway"


def test_only_screens_of_the_frameworks_in_question_count(client: httpx.Client, database_url: str) -> None:
    made = [generate(client)[0]["generation_id"] for _ in range(4)]
    changed: list[dict[str, Any]] = [{}, {"kind": "answer"}, {"kind": None, "status": "failed"}, {"framework": "react"}]
    for generation_id, changes in zip(made, changed, strict=True):
        take_part(database_url, generation_id, **changes)
    assert [item["generation_id"] for item in outcomes(client)] == [made[0], made[3]]
    own = client.get(f"{GENERATIONS}/{made[0]}").json()["framework"]
    assert [item["generation_id"] for item in outcomes(client, framework=own)] == [made[0]]


def test_a_unit_is_who_stays_with_the_arm(client: httpx.Client, database_url: str) -> None:
    made = [generate(client)[0]["generation_id"] for _ in range(3)]
    for generation_id, session in zip(made, ("s1", "s2", None), strict=True):
        take_part(database_url, generation_id, session_id=session)
    by_user, by_session = ([item["unit"] for item in outcomes(client, sticky=name)] for name in ("user", "session"))
    assert len(set(by_user)) == 1
    assert len(set(by_session)) == 3
    assert by_session[2] == by_user[2], "without a session the user decides"
    take_part(database_url, made[0], experiment_id="another", session_id="s1")
    assert outcomes(client)[0]["unit"] == by_user[1]
    assert client.get("/internal/experiments/x/outcomes").status_code == 401
