"""Mends the files of an answer together: each screen's markup, then its script by it, then what links the two."""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..checks.files import SourceFile, stem_of
from ..checks.model import Diagnostic
from ..checks.script_facts import function_names
from ..packs.model import FileFormat, Pack
from ..packs.repairs import Repairs
from ..specs.fixes import Fix
from .callbacks import mend_callbacks
from .handlers import mend_handlers
from .markup import Markup, line_of
from .markup_rules import read_markup
from .markup_writing import write_markup
from .notes import Notes
from .script_calls import mend_calls
from .script_names import mend_names
from .script_properties import mend_properties
from .script_shape import as_popup, mend_top_level
from .script_source import Source
from .script_syntax import mend_syntax, too_deep
from .script_view import Surroundings, View

MAX_REPAIRED_CHARACTERS = 200_000
MAX_REPAIRED_SCRIPT = 60_000
BYTE_ORDER_MARK = "\ufeff"
_ROUNDS = 6
_OPENED = re.compile(r"(/(?<=[\"']/)[\w./-]{1,200})[\"']")


@dataclass(slots=True)
class RepairedFile:
    path: str
    language: str
    content: str
    fixes: list[Fix] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True)
class _Work:
    """One file on its way: its text without the file format."""

    file: SourceFile
    notes: Notes
    text: str
    markup: Markup | None = None


def repair_files(
    files: list[SourceFile], pack: Pack, repairs: Repairs, language: str, *, strict: bool
) -> list[RepairedFile]:
    """All files, mended as far as the rules reach; a file that is right is given back as it came."""
    return _Repairer(files, pack, repairs, language, strict=strict).run()


class _Repairer:
    def __init__(self, files: list[SourceFile], pack: Pack, repairs: Repairs, language: str, *, strict: bool) -> None:
        self._pack = pack
        self._repairs = repairs
        self._works = [_Work(file, Notes(language, strict), _plain(file.content)) for file in files]
        self._formatted = {rule.language for rule in pack.artifacts if not rule.plain}

    def run(self) -> list[RepairedFile]:
        markups: dict[str, _Work] = {}
        for work in self._works:
            if len(work.file.content) > MAX_REPAIRED_CHARACTERS:
                work.notes.flagged("too_large_to_repair")
            elif work.file.language == "xml":
                self._read(work)
                markups[stem_of(work.file.path)] = work
        scripts = [
            item
            for item in self._works
            if item.file.language == "javascript" and len(item.file.content) <= MAX_REPAIRED_CHARACTERS
        ]
        for work in scripts:
            partner = markups.get(stem_of(work.file.path))
            if partner is None and len(scripts) == 1 and len(markups) == 1:
                partner = next(iter(markups.values()))
            self._script(work, partner)
        return [self._finished(work) for work in self._works]

    def _read(self, work: _Work) -> None:
        if self._pack.checks.xml is None:
            return
        stem = PurePosixPath(work.file.path).stem
        work.markup = read_markup(
            work.text, stem, self._pack, rules=self._pack.checks.xml, repairs=self._repairs.markup, notes=work.notes
        )
        if work.markup is None:
            work.notes.fixes.clear()

    def _script(self, work: _Work, partner: _Work | None) -> None:
        rules = self._pack.checks.script
        if rules is None:
            return
        if len(work.text) > MAX_REPAIRED_SCRIPT or too_deep(work.text):
            work.notes.flagged("too_large_to_repair")
            return
        source = mend_syntax(work.text, work.notes)
        markup = partner.markup if partner is not None else None
        work.text = source.code.decode(errors="replace")
        if source.tree.root_node.has_error:
            return
        around = self._surroundings(markup, work.text)
        view = self._rounds(View(source, around, work.notes))
        wrapped = as_popup(view)
        if wrapped is not None:
            view = self._rounds(View(Source(wrapped.encode()), around, work.notes))
        else:
            mend_top_level(view)
            view = self._rounds(view.edited()) if view.edits.taken else view
        if markup is not None:
            for mend in (mend_handlers, mend_callbacks):
                mend(markup, view)
                view = view.edited()
            _function_list(markup, view.source)
        work.text = view.source.code.decode(errors="replace")

    def _rounds(self, view: View) -> View:
        """Names, calls and members, until nothing is left to mend."""
        for _ in range(_ROUNDS):
            mend_names(view)
            mend_calls(view)
            mend_properties(view)
            if not view.edits.taken:
                break
            view = view.edited()
        return view

    def _surroundings(self, markup: Markup | None, text: str) -> Surroundings:
        rules = self._pack.checks.script
        assert rules is not None  # noqa: S101 - asked before
        around = Surroundings(self._pack, rules, self._repairs.script)
        around.types.update(rules.objects)
        around.popup_urls = self._popup_urls()
        if markup is None:
            return around
        elements = self._pack.components.elements
        around.columns = {name: list(columns) for name, columns in markup.columns.items()}
        around.types.update(dict.fromkeys(markup.columns, "dataset"))
        for element in markup.components():
            kind = elements[str(element.tag)].object
            if kind and element.get("name"):
                around.types[element.get("name", "")] = kind
        _read_transactions(markup, around)
        head = markup.head()
        around.screen_id = (head.get("screenid") if head is not None else None) or markup.screen_id
        self._place(markup, around, text)
        return around

    def _place(self, markup: Markup, around: Surroundings, text: str) -> None:
        """Whether the screen is a popup, and its directory: its own, or told by who opens it."""
        head = markup.head()
        opened = [url for url in self._opened_urls() if url.rsplit("/", maxsplit=1)[-1] == around.screen_id]
        around.is_popup = bool(opened)
        around.closes = bool(opened) or self._repairs.script.popup.closes in text.lower()
        around.directory = head.get("directory", "") if head is not None else ""
        if not around.directory and opened and head is not None:
            around.directory = opened[0].rsplit("/", maxsplit=1)[0] + "/"
            head.set("directory", around.directory)
            markup.notes.mended("attribute_filled", line_of(head), name="directory", new=around.directory)

    def _opened_urls(self) -> list[str]:
        texts = [work.text for work in self._works if work.file.language == "javascript"]
        return [match[1] for text in texts for match in _OPENED.finditer(text)]

    def _popup_urls(self) -> dict[str, str]:
        urls: dict[str, str] = {}
        for work in self._works:
            head = work.markup.head() if work.markup is not None else None
            if head is not None and head.get("directory") and head.get("screenid"):
                urls[head.get("screenid", "")] = head.get("directory", "").rstrip("/") + "/" + head.get("screenid", "")
        return urls

    def _finished(self, work: _Work) -> RepairedFile:
        file, notes = work.file, work.notes
        content = file.content
        if notes.fixes:
            if work.markup is not None:
                indent = "\t" if self._pack.manifest.files.indent == "tab" else "    "
                work.text = write_markup(work.markup.root, indent)
            content = _written(work.text, self._pack.manifest.files) if file.language in self._formatted else work.text
        elif file.language in self._formatted and len(content) <= MAX_REPAIRED_CHARACTERS:
            content = _written(_plain(content), self._pack.manifest.files)
            if content != file.content:
                notes.mended("file_format")
        return RepairedFile(file.path, file.language, content, notes.fixes, notes.findings)


def _read_transactions(markup: Markup, around: Surroundings) -> None:
    forms, member = markup.repairs.transaction, markup.rules.member
    for transaction in markup.transactions():
        name = transaction.get(markup.rules.transaction["id"], "")
        around.transactions[name] = " ".join(str(value) for value in transaction.attrib.values()).lower()
        sends = [item.get(forms.operations["in"]) for item in transaction.iter(member.element)]
        if forms.saves.operation in sends:
            around.saving.add(name)
    members = list(markup.root.iter(member.element))
    received = {item.get(member.dataset) for item in members if item.get(forms.operations["out"])}
    sent = {item.get(member.dataset, "") for item in members if item.get(forms.operations["in"]) == forms.in_operation}
    around.conditions = {name for name in sent - received if name in markup.columns} - markup.seeded


def _function_list(markup: Markup, source: Source) -> None:
    attribute, head = markup.rules.functions, markup.head()
    if head is None or attribute is None or (head.get(attribute) is None and not markup.notes.fixes):
        return
    declared = [node for node in source.nodes("function") if node.type == "function_declaration"]
    functions = function_names([*declared, *source.nodes("assignment")])
    written = [item.strip() for item in head.get(attribute, "").split(",") if item.strip()]
    if set(functions) != set(written):
        head.set(attribute, ",".join(functions))
        markup.notes.mended("function_list", line_of(head))


def _plain(text: str) -> str:
    return text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n")


def _written(text: str, form: FileFormat) -> str:
    """The text in the pack's file format."""
    lines = text.replace("\r\n", "\n").replace("\n", "\r\n") if form.newline == "crlf" else text
    return (BYTE_ORDER_MARK if form.byte_order_mark else "") + lines
