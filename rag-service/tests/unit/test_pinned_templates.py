"""Templates for one request: what evaluations and experiments try in place of what is in production."""

from pathlib import Path

import pytest
from app.core.catalog import Catalog
from app.core.clients.admin import AdminTemplates, TemplateOverlay
from app.features.prompts.schemas import PromptRequest
from app.features.prompts.service import PromptService

from chassis.errors import Unprocessable

PACKS = Path(__file__).parents[3] / "frameworks"


def overlay(version: str, content: str, label: str = "production") -> TemplateOverlay:
    return TemplateOverlay(
        id="xframe5/spec", framework="xframe5", task="spec", version=version, content=content, label=label
    )


def bodies(catalog: Catalog, *pinned: TemplateOverlay) -> set[str]:
    found = catalog.templates("xframe5", pinned=pinned)
    return {item.body.strip() for item in found if item.id == "xframe5/spec"}


def test_a_pinned_version_holds_for_its_request_alone():  # R1.16
    catalog = Catalog(folders=[PACKS], default_framework="xframe5", retrieval={})
    catalog.reload_packs()
    own = bodies(catalog)
    assert len(own) == 2, "one for each language"
    catalog.set_templates(AdminTemplates(templates=[overlay("2", "in production")]))
    assert bodies(catalog) == {"in production"}
    assert bodies(catalog, overlay("3", "tried", "pinned")) == {"tried"}
    assert bodies(catalog, overlay("0", "", "pinned")) == own, "without content: the pack's own"
    assert bodies(catalog) == {"in production"}
    other = overlay("9", "elsewhere", "pinned").model_copy(update={"framework": "react", "id": "react/spec"})
    assert bodies(catalog, other) == {"in production"}


async def test_a_template_that_is_tried_is_used_though_another_fits_closer():  # R1.16
    catalog = Catalog(folders=[PACKS], default_framework="xframe5", retrieval={})
    catalog.reload_packs()
    service = PromptService(catalog=catalog, searcher=NoSearcher())
    body = {"task": "spec", "prompt": "Task 관리 화면", "language": "ko", "hits": [], "framework": "xframe5"}
    pinned = {"id": "xframe5/mine", "framework": "xframe5", "task": "spec", "version": "draft"}
    text = "---\nlanguage: en\nmodel_classes: [large]\n---\n# system\nBe brief.\n\n# request\nWrite it."
    tried = await service.assemble(PromptRequest.model_validate({**body, "template": {**pinned, "content": text}}))
    assert (tried.template.id, tried.template.version, tried.template.source) == ("xframe5/mine", "draft", "trial")
    assert tried.messages[0]["content"].startswith("Be brief.")
    assert "Write it." in tried.messages[-1]["content"]
    for wrong in ("", "# system\n\n# request\n", "---\n- a list\n---\n# system\nx", "---\na: [\n---\nx"):
        with pytest.raises(Unprocessable) as refused:
            await service.assemble(PromptRequest.model_validate({**body, "template": {**pinned, "content": wrong}}))
        assert refused.value.code == "template_unreadable"
        assert refused.value.errors[0].field == "content"


class NoSearcher:
    """Nothing is searched for where hits are given."""

    async def search(self, *_query, **_named):
        raise AssertionError("searched")
