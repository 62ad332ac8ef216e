"""Writes a tree of elements as the pack's templates write it, so that what was not mended stays as it was."""

import re

from lxml import etree

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#x0A;", "\r": "&#x0D;", "\t": "&#x09;"}
)
_NOT_PLAIN = re.compile('[&<>"\\n\\r\\t]')
_TEXT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def write_markup(root: etree._Element, indent: str) -> str:
    """The document, one element a line, ending in a newline."""
    lines: list[str] = []
    _write(root, "", indent, lines)
    return _DECLARATION + "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    return value.translate(_ESCAPES) if _NOT_PLAIN.search(value) else value


def _tag(node: etree._Element) -> str:
    return node.tag if isinstance(node.tag, str) else ""


def _text(node: etree._Element) -> str:
    return str(node.text) if node.text else ""


def _write(node: etree._Element, margin: str, indent: str, lines: list[str]) -> None:
    if isinstance(node, etree._Comment):  # noqa: SLF001 - lxml names the class of its nodes so
        lines.append(f"{margin}<!--{_text(node)}-->")
        return
    attributes = "".join([f' {name!s}="{_escaped(str(value))}"' for name, value in node.items()])
    text = node.text.strip().translate(_TEXT_ESCAPES) if node.text else ""
    tag = _tag(node)
    opening = f"{margin}<{tag}{attributes}"
    if len(node) == 0:
        lines.append(f"{opening}>{text}</{tag}>" if text else f"{opening}/>")
        return
    lines.append(f"{opening}>{text}")
    for child in node:
        _write(child, margin + indent, indent, lines)
    lines.append(f"{margin}</{tag}>")
