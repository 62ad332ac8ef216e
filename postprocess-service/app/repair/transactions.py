"""Rules on transactions: members, their operations and their three-part lists of columns."""

from lxml import etree

from ..checks.xml_facts import split_list
from .datasets import add_column
from .markup import Markup, drop, line_of
from .nearest import nearest

_TRUE = frozenset({"1", "true", "y", "yes", "o", "in", "out"})


def mend_transactions(markup: Markup) -> None:
    for transaction in markup.transactions():
        _members_from_attributes(markup, transaction)
        for member in list(transaction.iter(markup.rules.member.element)):
            _dataset(markup, member)
        _duplicates(markup, transaction)
        _saves(markup, transaction)
        for member in list(transaction.iter(markup.rules.member.element)):
            _operations(markup, member)
            _columns(markup, member)


def _members_from_attributes(markup: Markup, transaction: etree._Element) -> None:
    forms, member = markup.repairs.transaction, markup.rules.member
    for names, role in ((forms.inputs, "in"), (forms.outputs, "out")):
        for attribute in [str(name) for name in transaction.attrib if str(name).lower() in names]:
            value = transaction.attrib.pop(attribute)
            markup.notes.mended("members_from_attributes", line_of(transaction), name=transaction.get("id", ""))
            for part in str(value).replace(",", " ").split():
                child = etree.SubElement(transaction, member.element)
                dataset, _, operation = part.partition(":")
                child.set(member.dataset, dataset.rsplit("=", maxsplit=1)[-1])
                default = forms.in_operation if role == "in" else forms.out_operation
                values = markup.repairs.values.get(f"{member.element}.{forms.operations[role]}", {})
                child.set(forms.operations[role], values.get(operation.lower(), default) if operation else default)


def _dataset(markup: Markup, member: etree._Element) -> None:
    grammar = markup.rules.member
    name = member.get(grammar.dataset, "")
    if name in markup.columns:
        return
    found = nearest(name, markup.columns)
    if found is None:
        if not name or markup.notes.may("member_dropped", line_of(member), name=name):
            markup.notes.flagged("link_lost", line_of(member), name=grammar.element, old=name)
            drop(member)
    elif markup.notes.may("link_form", line_of(member), old=name, new=found):
        member.set(grammar.dataset, found)


def _duplicates(markup: Markup, transaction: etree._Element) -> None:
    """The engine gives a dataset's rows to its first member alone, so that there must be one."""
    grammar, operations = markup.rules.member, markup.repairs.transaction.operations
    first: dict[str, etree._Element] = {}
    for member in list(transaction.iter(grammar.element)):
        name = member.get(grammar.dataset, "")
        if name not in first:
            first[name] = member
            continue
        kept = first[name]
        markup.notes.mended("duplicate_member", line_of(member), name=name)
        for operation in operations.values():
            if member.get(operation) and not kept.get(operation):
                kept.set(operation, member.get(operation, ""))
        kept.set(grammar.columns, _joined(markup, kept, member))
        drop(member)


def _joined(markup: Markup, kept: etree._Element, other: etree._Element) -> str:
    grammar = markup.rules.member
    flags: dict[str, list[str]] = {}
    for element in (kept, other):
        for item in split_list(element.get(grammar.columns, ""), grammar.separator):
            name, *rest = split_list(item, grammar.part_separator) or [""]
            old = flags.setdefault(name, ["", ""])
            flags[name] = [old[index] or (rest[index] if index < len(rest) else "") for index in range(2)]
    return grammar.separator.join(grammar.part_separator.join([name, *rest]) for name, rest in flags.items() if name)


def _saves(markup: Markup, transaction: etree._Element) -> None:
    """A save sends changed rows, and no rows that the screen itself came with."""
    forms, grammar = markup.repairs.transaction, markup.rules.member
    told = " ".join(str(value) for value in transaction.attrib.values()).lower()
    inward = forms.operations["in"]
    members = list(transaction.iter(grammar.element))
    sends = [item for item in members if item.get(inward)]
    is_save = any(word in told for word in forms.saves.words) or any(
        item.get(inward) == forms.saves.operation for item in sends
    )
    if not is_save:
        return
    for member in sends:
        name = member.get(grammar.dataset, "")
        if (
            name in markup.seeded
            and len(sends) > 1
            and markup.notes.may("code_dataset_in_save", line_of(member), name=name)
        ):
            drop(member)
            sends = [item for item in sends if item is not member]
    outputs = {item.get(grammar.dataset) for item in members if item.get(forms.operations["out"])}
    if any(item.get(inward) == forms.saves.operation for item in sends) or len(sends) != 1:
        return
    member = sends[0]
    known = member.get(grammar.dataset, "")
    whole = member.get(inward) in forms.saves.instead_of and known not in outputs and known not in markup.seeded
    if (
        whole
        and _is_filled(markup, known)
        and _is_listed(markup, known)
        and markup.notes.may("save_operation", line_of(member), name=known)
    ):
        member.set(inward, forms.saves.operation)


def _is_filled(markup: Markup, dataset: str) -> bool:
    """Whether another transaction brings rows into the dataset: then it is a list or record, no condition."""
    grammar, outward = markup.rules.member, markup.repairs.transaction.operations["out"]
    return any(item.get(grammar.dataset) == dataset and item.get(outward) for item in markup.root.iter(grammar.element))


def _is_listed(markup: Markup, dataset: str) -> bool:
    """Whether many rows of it can be changed: of one record all rows are the changed ones."""
    return any(item.get(markup.repairs.picklist.link) == dataset for item in markup.components())


def _operations(markup: Markup, member: etree._Element) -> None:
    for operation in markup.repairs.transaction.operations.values():
        value = member.get(operation)
        if value is None:
            member.set(operation, "")
            markup.notes.mended("attribute_filled", line_of(member), name=operation, new="")
        elif value.upper() != value:
            markup.notes.mended("value_form", line_of(member), name=operation, old=value, new=value.upper())
            member.set(operation, value.upper())


def _columns(markup: Markup, member: etree._Element) -> None:
    grammar, forms = markup.rules.member, markup.repairs.transaction
    text, dataset = member.get(grammar.columns, ""), member.get(grammar.dataset, "")
    known, line = markup.columns.get(dataset, []), line_of(member)
    inward = "1" if member.get(forms.operations["in"]) else ""
    outward = "1" if member.get(forms.operations["out"]) else ""
    items = [item.strip() for item in split_list(text, grammar.separator) if item.strip()]
    if len(items) == 1 and "," in text:
        items = [item.strip() for item in text.split(",") if item.strip()]
    mended: list[str] = []
    for item in items if items and items != ["*"] else known:
        name, *flags = split_list(item, grammar.part_separator)
        if name not in known:
            found = nearest(name, known)
            if found is None:
                add_column(markup, dataset, name, line)
            name = found or name
        if len(flags) == 2:
            flags = ["1" if flag.strip().lower() in _TRUE else "" for flag in flags]
        else:
            flags = [inward, outward]
        mended.append(grammar.part_separator.join([name, *flags]))
    new = grammar.separator.join(dict.fromkeys(mended))
    if new != text and mended:
        member.set(grammar.columns, new)
        markup.notes.mended("info_form", line, name=dataset)
