"""What the command says: key → (Korean, English), a module for each part of the command."""

from . import command, evaluations, generation, packs, patching

TEXTS: dict[str, tuple[str, str]] = {
    **command.TEXTS,
    **evaluations.TEXTS,
    **generation.TEXTS,
    **packs.TEXTS,
    **patching.TEXTS,
}
