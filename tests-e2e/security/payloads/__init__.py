"""Payloads, a file for each kind, one a line; lines that begin with `#` say what the ones below are for."""

from pathlib import Path

_ESCAPES = {
    "\\n": "\n", "\\r": "\r", "\\x1b": "\x1b", "\\x07": "\x07", "\\x00": "\x00",
    "\\u2028": "\u2028", "\\u0085": "\u0085", "\\u202e": "\u202e",
}  # fmt: skip


def payloads(name: str, *, escaped: bool = False) -> list[str]:
    """`escaped`: the written escapes stand for the signs themselves."""
    text = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("# ")]
    return [_unescaped(line) for line in lines] if escaped else lines


def _unescaped(line: str) -> str:
    for written, meant in _ESCAPES.items():
        line = line.replace(written, meant)
    return line
