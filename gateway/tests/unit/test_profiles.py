"""Values by model: how they are found, and that the pipeline takes them (R1.4, R1.18)."""

from typing import Any

import pytest
from app.core.clients.llm import Engine
from app.core.clients.postprocess import PlannedSnippet
from app.core.profiles import ProfileBook, Profiles
from app.features.patches.showing import form_of
from app.pipeline.pipeline import Pipeline, Upstreams

from chassis.errors import UpstreamFailed

from .fakes import FakeServices, draft, limits

KNOWN = Profiles(
    presets={"qwen2.5-coder": {"examples": 3}, "qwen2.5-coder-7b": {"edit_format": "whole", "repair_budget": 2}},
    profiles={"qwen2.5-coder-7b": {"repair_budget": 0}},
)


@pytest.mark.parametrize("name", ["qwen2.5-coder:7b", "Qwen/Qwen2.5-Coder-7B", "qwen2.5-coder_7b"])
def test_a_models_own_values_win_over_its_presets(name: str) -> None:
    profile = KNOWN.of(name)
    assert (profile.edit_format, profile.repair_budget, profile.examples) == ("whole", 0, None)


def test_the_longest_preset_counts_and_strangers_have_none() -> None:
    assert KNOWN.of("qwen2.5-coder-7b-instruct").repair_budget == 2
    assert KNOWN.of("qwen2.5-coder:32b").examples == 3
    assert KNOWN.of("llama3").repair_budget == 1
    assert KNOWN.of(None).mode is None


class FakeSource:
    """One document, then nothing new, then nobody there."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def profiles(self, etag: str) -> tuple[str, Profiles] | None:
        self.asked.append(etag)
        if len(self.asked) > 2:
            raise UpstreamFailed("admin-service could not be reached.")
        return None if etag else ('"7"', KNOWN)


async def test_what_was_heard_last_goes_on_holding() -> None:
    source = FakeSource()
    book = ProfileBook(source)
    assert book.of("qwen2.5-coder:7b").edit_format is None
    for _ in range(3):
        await book.poll()
    assert source.asked == ["", '"7"', '"7"']
    assert book.of("qwen2.5-coder:7b").edit_format == "whole"


def services_with(**values: Any) -> tuple[FakeServices, Pipeline]:
    services = FakeServices()
    outside = services.upstreams()
    profiles = Profiles(profiles={"demo-7b": values})
    upstreams = Upstreams(outside.intents, outside.knowledge, outside.engines, outside.postprocessing, profiles)
    return services, Pipeline(upstreams, limits())


async def test_search_and_prompt_take_the_models_values() -> None:
    services, pipeline = services_with(threshold=0.45, hits=2, examples=1)
    await pipeline.run(draft(), services.sink)
    search, prompt = services.sent["/v1/search"][0], services.sent["/v1/prompts"][0]
    assert (search["threshold"], search["limit"], prompt["examples"]) == (0.45, 2, 1)


async def test_an_evaluations_values_win_for_its_generation() -> None:  # R1.19
    services, pipeline = services_with(threshold=0.45, hits=2, examples=1)
    await pipeline.run(draft(values={"examples": 0, "threshold": 0.6}), services.sink)
    search, prompt = services.sent["/v1/search"][0], services.sent["/v1/prompts"][0]
    assert (search["threshold"], search["limit"], prompt["examples"]) == (0.6, 2, 0)


@pytest.mark.parametrize(("budget", "asked"), [(0, 2), (1, 3), (2, 4)])
async def test_an_engine_is_asked_again_as_often_as_its_budget_says(budget: int, asked: int) -> None:
    services, pipeline = services_with(repair_budget=budget)
    services.engine_answers = ["BAD"] * 9
    made = draft()
    await pipeline.run(made, services.sink)
    calls = services.sent["/v1/chat/completions"]
    assert [call["model"] for call in calls] == ["default"] * (asked - 1) + ["builtin"]
    assert [attempt["outcome"] for attempt in made.attempts] == ["unusable"] * (asked - 1) + ["usable"]


async def test_the_models_mode_holds_where_the_caller_chose_none() -> None:
    services, pipeline = services_with(mode="direct")
    services.engine_answers = ["FILES"]
    await pipeline.run(draft(), services.sink)
    assert services.sent["/v1/prompts"][0]["task"] == "direct"
    services, pipeline = services_with(mode="direct")
    await pipeline.run(draft(mode="spec", mode_given=True), services.sink)
    assert services.sent["/v1/prompts"][0]["task"] == "spec"


def test_the_edit_format_of_a_model_holds_where_it_fits() -> None:
    shown = [PlannedSnippet(path="a.js", first_line=1, last_line=1, text="let a;")]
    small, large = Engine(id="a", model_class="small"), Engine(id="b", model_class="large")
    assert form_of(shown, small, tokens=100) == "whole"
    assert form_of(shown, small, tokens=100, wanted="search_replace") == "search_replace"
    assert form_of(shown, large, tokens=100, wanted="whole") == "whole"
    assert form_of(shown, large, tokens=1, wanted="whole") == "search_replace"
