"""Checks a script against the markup of its screen: handlers both ways, names, methods by the object's type."""

from collections.abc import Iterator

from ..packs.model import Pack, ScriptChecks
from .model import Diagnostic, finding
from .script_facts import Call, ScriptFacts
from .xml_facts import XmlFacts


def check_script(facts: ScriptFacts, xml: XmlFacts | None, pack: Pack, language: str) -> list[Diagnostic]:
    """What is wrong with the script; `xml` is None where its markup is not at hand or can't be read."""
    found = [finding("script_syntax", language, line=line) for line in dict.fromkeys(facts.errors)]
    rules = pack.checks.script
    if rules is None or xml is None or found:
        return found
    return list(_ScriptChecker(facts, xml, pack, rules, language).run())


def missing_handlers(script: ScriptFacts, xml: XmlFacts, language: str) -> list[Diagnostic]:
    """Handlers that the markup names and the script lacks; lines are the markup's."""
    return [
        finding("missing_handler", language, line=handler.line, name=handler.function)
        for handler in xml.handlers
        if handler.function not in script.functions
    ]


def _place(item: Diagnostic) -> tuple[int, str]:
    """Sorts findings as the text has them: tree-sitter gives what it captured in no order."""
    return item.line or 0, item.message


class _ScriptChecker:
    def __init__(self, facts: ScriptFacts, xml: XmlFacts, pack: Pack, rules: ScriptChecks, language: str) -> None:
        self._facts = facts
        self._xml = xml
        self._pack = pack
        self._rules = rules
        self._language = language
        elements = pack.components.elements
        controls = {name: kind for name, tag in xml.controls.items() if (kind := elements[tag].object)}
        self._types = {**dict.fromkeys(xml.datasets, "dataset"), **controls, **rules.objects}
        self._methods = {
            name: pack.api.methods_of(name) for name in {*self._types.values(), *rules.globals.values()} if name
        }

    def run(self) -> Iterator[Diagnostic]:
        yield from sorted(self._names(), key=_place)
        yield from sorted(self._calls(), key=_place)
        yield from self._unlinked()
        yield from self._unused()

    def _names(self) -> Iterator[Diagnostic]:
        known = {*self._types, *self._facts.functions, *self._facts.members}
        for name, line in self._facts.used:
            if name not in known:
                yield finding("unknown_name", self._language, line=line, name=name)

    def _calls(self) -> Iterator[Diagnostic]:
        """What is wrong with calls of objects' methods."""
        for call in self._facts.calls:
            kind = self._type_of(call.path)
            if kind is None:
                continue
            if call.method not in self._methods.get(kind, frozenset()):
                yield finding("unknown_method", self._language, line=call.line, type=kind, name=call.method)
                continue
            for rule in self._rules.arguments_of.get((kind, call.method), ()):
                if rule.position < len(call.arguments):
                    yield from self._argument(rule.refers, call, call.arguments[rule.position])

    def _type_of(self, path: tuple[str, ...]) -> str | None:
        if len(path) == 2 and path[0] == self._rules.self:
            return self._types.get(path[1])
        return self._rules.globals.get(path[0]) if len(path) == 1 else None

    def _argument(self, refers: str, call: Call, value: str | None) -> Iterator[Diagnostic]:
        if value is None:
            return
        if refers == "transaction" and value not in self._xml.transactions:
            yield finding("unknown_transaction", self._language, line=call.line, name=value)
        columns = self._xml.datasets.get(call.path[-1], set())
        if refers == "column" and value not in columns:
            yield finding("unknown_column", self._language, line=call.line, dataset=call.path[-1], name=value)

    def _unlinked(self) -> Iterator[Diagnostic]:
        named = {handler.function for handler in self._xml.handlers}
        called = {name for name, _ in self._facts.used} | {call.method for call in self._facts.calls}
        endings = self._pack.components.handler_endings
        for name, line in self._facts.functions.items():
            if name.endswith(endings) and name not in named and name not in called:
                yield finding("unlinked_handler", self._language, line=line, severity="warning", name=name)

    def _unused(self) -> Iterator[Diagnostic]:
        called = {value for call in self._facts.calls for value in call.arguments}
        for name in sorted(self._xml.transactions - called):
            yield finding("unused_transaction", self._language, severity="warning", name=name)
