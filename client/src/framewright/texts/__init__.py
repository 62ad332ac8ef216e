"""What the command says: key → (Korean, English), a module for each part of the command."""

from . import accounts, chat, command, evaluations, generation, learning, packs, patching, records, repositories

TEXTS: dict[str, tuple[str, str]] = {
    **accounts.TEXTS,
    **chat.TEXTS,
    **command.TEXTS,
    **evaluations.TEXTS,
    **generation.TEXTS,
    **learning.TEXTS,
    **packs.TEXTS,
    **patching.TEXTS,
    **records.TEXTS,
    **repositories.TEXTS,
}
