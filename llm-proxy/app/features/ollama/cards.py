"""The engines as Ollama's models."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from chassis.application import VERSION

from ...routing.registry import DEFAULT_MODEL, Registry
from ...routing.slots import Slot

_FAMILIES = ("qwen", "llama", "mistral", "gemma", "gpt-oss", "deepseek", "phi")
_FOREVER = "9999-12-31T23:59:59Z"


class CatalogueService:
    """Reads the registry. `started_at` (seconds since 1970) stands as the models' time of change."""

    def __init__(self, registry: Registry, *, started_at: int) -> None:
        self._registry = registry
        self._changed_at = datetime.fromtimestamp(started_at, UTC).isoformat().replace("+00:00", "Z")

    def tags(self) -> dict[str, Any]:
        """Every name that a request may give."""
        names: dict[str, Slot] = {DEFAULT_MODEL: self._registry.find(DEFAULT_MODEL)}
        for slot in self._registry.slots():
            names.setdefault(slot.settings.id, slot)
            for name in (slot.settings.public_model, *slot.settings.aliases):
                names.setdefault(name, slot)
        return {"models": [self._card(name, slot) for name, slot in names.items()]}

    def running(self) -> dict[str, Any]:
        ready = [slot for slot in self._registry.slots() if slot.state == "ready"]
        return {
            "models": [
                self._card(slot.settings.public_model, slot)
                | {"expires_at": _FOREVER, "size_vram": 0, "context_length": slot.context_window}
                for slot in ready
            ]
        }

    def show(self, model: str) -> dict[str, Any]:
        """Raises NotFound where no engine goes by this name."""
        slot = self._registry.find(model or DEFAULT_MODEL)
        family = _family(slot)
        known = {"tools": "tools", "vision": "vision", "reasoning": "thinking"}
        capabilities = ["completion", *(word for name, word in known.items() if name in slot.capabilities)]
        return {
            "modelfile": f"FROM {slot.settings.public_model}",
            "parameters": f"num_ctx {slot.context_window}",
            "template": "",
            "details": _details(slot),
            "model_info": {
                "general.architecture": family,
                "general.basename": slot.settings.public_model,
                f"{family}.context_length": slot.context_window,
            },
            "capabilities": capabilities,
            "modified_at": self._changed_at,
        }

    @staticmethod
    def version() -> dict[str, str]:
        return {"version": VERSION}

    def _card(self, name: str, slot: Slot) -> dict[str, Any]:
        return {
            "name": name,
            "model": name,
            "modified_at": self._changed_at,
            "size": 0,
            "digest": hashlib.sha256(f"{slot.settings.id}/{slot.settings.public_model}".encode()).hexdigest(),
            "details": _details(slot),
        }


def _details(slot: Slot) -> dict[str, Any]:
    family = _family(slot)
    return {
        "parent_model": "",
        "format": slot.settings.kind,
        "family": family,
        "families": [family],
        "parameter_size": slot.settings.size_class,
        "quantization_level": slot.quantization,
    }


def _family(slot: Slot) -> str:
    name = slot.settings.public_model.lower()
    return next((family for family in _FAMILIES if family in name), slot.settings.kind)
