"""Training data: 10,000 synthetic logs in, valid and clean lines out, the same split every time (R4.8)."""

from collections.abc import AsyncIterator, Iterable
from typing import Any

import orjson
import pytest
from app.learning.duplicates import Duplicates
from app.learning.export import Consent, Tally, Wanted, exported
from app.learning.samples import samples_of, split_of

from . import synthetic

MANY = 10_000


async def _stream(records: Iterable[dict[str, Any]]) -> AsyncIterator[dict[str, Any]]:
    for record in records:
        yield record


async def lines_of(
    records: Iterable[dict[str, Any]], wanted: Wanted | None = None, consent: Consent = "asked"
) -> tuple[list[dict[str, Any]], Tally]:
    tally = Tally()
    lines = [line async for line in exported(_stream(records), wanted or Wanted(), consent, tally)]
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    return [orjson.loads(line) for line in lines], tally


def assert_strings(sample: dict[str, Any]) -> None:
    for name, value in sample.items():
        if isinstance(value, list):
            assert value
            assert all(set(message) == {"role", "content"} for message in value)
            assert all(isinstance(text, str) and text for message in value for text in message.values())
        else:
            assert isinstance(value, str), name


def assert_json(sample: dict[str, Any]) -> None:
    """An answer that was JSON still is."""
    answer = sample["messages"][-1]["content"]
    if sample["task"] == "spec":
        assert orjson.loads(answer.removeprefix("```json\n").removesuffix("\n```"))["screen_id"]
    elif sample["task"] == "patch":
        assert orjson.loads(answer)["edits"]


def left_of(planted: Iterable[synthetic.Planted], sample: dict[str, Any]) -> list[synthetic.Planted]:
    """What still stands in a sample, as it stands in JSON."""
    written = orjson.dumps(sample).decode()
    return [item for item in planted if orjson.dumps(item.secret).decode().strip('"') in written]


@pytest.fixture(scope="module")
def made() -> list[tuple[dict[str, Any], list[synthetic.Planted]]]:
    pairs = list(synthetic.logs(MANY))
    again = [(record | {"id": f"again{number}"}, found) for number, (record, found) in enumerate(pairs[:500])]
    return [*pairs, *again]


async def test_ten_thousand_logs_become_valid_clean_lines(  # R4.8
    made: list[tuple[dict[str, Any], list[synthetic.Planted]]],
) -> None:
    samples, tally = await lines_of(record for record, _ in made)
    planted = {record["id"]: found for record, found in made}
    assert sum(map(len, planted.values())) > 9_000
    assert len(samples) == tally.samples > MANY * 0.95
    for sample in samples:
        assert_strings(sample)
        assert_json(sample)
        # Drawn from its own record alone: to search the whole export for every secret would take a minute.
        assert left_of(planted[sample["id"].partition("/")[0]], sample) == []
    keys = [(sample["messages"][-2]["content"], sample["messages"][-1]["content"]) for sample in samples]
    assert len(set(keys)) == len(keys)
    assert tally.refused["duplicate"] >= 500
    held_out = tally.splits["test"] / tally.samples
    assert 0.10 < held_out < 0.20


def test_a_secret_that_is_left_would_be_found() -> None:
    record, found = next((record, found) for record, found in synthetic.logs(50) if found)
    assert left_of(found, record) == found


async def test_the_split_stays_when_more_comes_and_halves_make_the_whole() -> None:  # R4.8
    records = [record for record, _ in synthetic.logs(600)]
    before, _ = await lines_of(records[:300])
    whole, _ = await lines_of(records)
    assert [line["split"] for line in whole[: len(before)]] == [line["split"] for line in before]
    train, _ = await lines_of(records, Wanted(split="train"))
    test, _ = await lines_of(records, Wanted(split="test"))
    assert sorted(line["id"] for line in [*train, *test]) == sorted(line["id"] for line in whole)
    asked = {line["messages"][-2]["content"] for line in train}
    assert not asked & {line["messages"][-2]["content"] for line in test}
    assert split_of("Task 화면") == split_of("  task   화면 ")


async def test_consent_is_respected() -> None:  # R4.8
    silent = [record for record, _ in synthetic.logs(50, consent=None)]
    refused = [record for record, _ in synthetic.logs(50, consent=False)]
    assert (await lines_of(silent))[0] == []
    assert len((await lines_of(silent, consent="assumed"))[0]) > 40
    assert (await lines_of(refused, consent="assumed"))[1].refused["no_consent"] == 50


async def test_pairs_have_a_better_and_a_worse_answer() -> None:
    samples, _ = await lines_of([record for record, _ in synthetic.logs(90)], Wanted(kind="dpo"))
    assert {sample["task"] for sample in samples} == {"spec", "direct"}
    for sample in samples:
        assert_strings(sample)
        assert sample["chosen"] != sample["rejected"]
        assert [message["role"] for message in sample["prompt"]] == ["system", "user"]


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (Wanted(framework="react"), "other_framework"),
        (Wanted(model="m-70b"), "other_model"),
        (Wanted(rating=5), "rated_low"),
    ],
)
async def test_filters_leave_out_and_say_why(wanted: Wanted, reason: str) -> None:
    _, tally = await lines_of([record for record, _ in synthetic.logs(60)], wanted)
    assert tally.refused[reason] > 0


async def test_a_task_can_be_chosen_and_bad_records_are_left_out() -> None:
    records = [record for record, _ in synthetic.logs(40)]
    samples, _ = await lines_of(records, Wanted(task="patch"))
    assert {sample["task"] for sample in samples} == {"patch"}
    for record in records:
        record["feedback"]["rating"] = 1
    assert (await lines_of(records))[1].refused["rated_low"] == 40
    failed = [record | {"status": "failed", "feedback": {"consent": True}} for record in records]
    assert (await lines_of(failed))[1].refused["not_successful"] == 40
    builtin = [record | {"engine": "builtin", "feedback": {"consent": True}} for record in records]
    assert (await lines_of(builtin, Wanted(builtin=False)))[1].refused["builtin"] == 40
    assert (await lines_of(builtin, Wanted(rating=4)))[1].refused["not_rated"] == 40


def test_nearly_the_same_counts_as_the_same_and_another_screen_does_not() -> None:  # R4.8
    seen = Duplicates()
    text = " ".join(f"word{number} = value{number};" for number in range(200))
    assert not seen.seen(text)
    assert seen.seen(text.replace("  ", " ") + " ")
    assert seen.seen(text.replace("value7;", "value8;"))
    assert not seen.seen(text.replace("value1", "other1"))
    assert (seen.same, seen.nearly_same) == (1, 1)


def test_a_patch_without_its_files_teaches_nothing() -> None:
    record: dict[str, Any] = {"source": "patch", "id": "p", "intent": "x", "edits": [{"path": "a"}], "files": []}
    assert list(samples_of(record, "sft")) == []
    assert list(samples_of(record, "dpo")) == []


def test_files_that_an_engine_wrote_itself_are_learnt_as_files() -> None:
    record, _ = next(synthetic.logs(1))
    record |= {"spec": None, "feedback": {"consent": True}}
    drawn = list(samples_of(record, "sft"))
    assert drawn[0].sample["task"] == "direct"
    assert "### " in drawn[0].sample["messages"][-1]["content"]


def _patch_of(**edit: Any) -> dict[str, Any]:
    files = [{"path": "a.js", "base_content": "var a;\nvar b;\n"}]
    return {"source": "patch", "id": "p", "status": "applied", "intent": "고쳐", "edits": [{"path": "a.js", **edit}],
            "files": files, "engine": "vllm", "framework": "xframe5", "feedback": {"consent": True}}  # fmt: skip


async def test_a_patch_is_of_its_plans_framework() -> None:
    records = [_patch_of(search="var a", replace="var c")]
    assert [line["framework"] for line in (await lines_of(records, Wanted(framework="xframe5")))[0]] == ["xframe5"]
    assert (await lines_of(records, Wanted(framework="react")))[1].refused["other_framework"] == 1


async def test_replaced_lines_do_not_look_like_the_whole_file() -> None:
    samples, _ = await lines_of([_patch_of(content="var c;", first_line=2, last_line=2, matched="exact", at=2)])
    assert orjson.loads(samples[0]["messages"][-1]["content"])["edits"] == [
        {"path": "a.js", "first_line": 2, "last_line": 2, "content": "var c;"}
    ]


async def test_a_first_answer_of_json_is_json_afterwards() -> None:
    record, _ = next(synthetic.logs(1))
    answer = orjson.dumps({"note": "x\nhong@corp.co.kr", "password": "tiger", "say": 'password = "Abc12345"'}).decode()
    record |= {"raw_answers": [{"text": answer}, {"text": "{}"}], "feedback": {"consent": True}}
    rejected = (await lines_of([record], Wanted(kind="dpo")))[0][0]["rejected"][0]["content"]
    assert orjson.loads(rejected) == {"note": "x\n[EMAIL]", "password": "[PASSWORD]", "say": 'password = "[PASSWORD]"'}


async def test_a_key_that_does_not_end_leaves_the_rest_of_its_document() -> None:
    spec = {"note": "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF", "screen_id": "S", "title": "고객"}
    record, _ = next(synthetic.logs(1))
    record |= {"spec": spec, "feedback": {"consent": True}}
    answer = (await lines_of([record]))[0][0]["messages"][-1]["content"]
    assert orjson.loads(answer[8:-4]) == {"note": "[PRIVATE_KEY]", "screen_id": "S", "title": "고객"}


def test_prompts_of_several_parts_are_read() -> None:
    record, _ = next(synthetic.logs(1))
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    record |= {"prompts": [{"messages": [{"role": "user", "content": parts}]}], "feedback": {"consent": True}}
    sample = next(iter(samples_of(record, "sft"))).sample
    assert sample["messages"][0]["content"] == "a\nb"
