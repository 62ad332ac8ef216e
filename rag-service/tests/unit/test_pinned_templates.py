"""Templates for one request: what evaluations and experiments try in place of what is in production."""

from pathlib import Path

from app.core.catalog import Catalog
from app.core.clients.admin import AdminTemplates, TemplateOverlay

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
