"""Rules on datasets: columns from child elements and short forms into the attribute's grammar."""

from lxml import etree

from ..checks.xml_facts import split_list
from .markup import IDENTIFIER, Markup, drop, line_of

_LITERAL_NEWLINE = "\\n"


def mend_datasets(markup: Markup) -> None:
    for dataset in markup.datasets():
        _from_children(markup, dataset)
        _form(markup, dataset)
    markup.read_columns()
    _from_use(markup)


def column_text(markup: Markup, name: str, label: str = "", length: str = "", values: str = "") -> str:
    """One column in the grammar of the attribute."""
    separator = markup.rules.dataset.part_separator
    size = length if length.isdigit() else markup.repairs.dataset.default_length
    quoted = f'"{values}"' if values else ""
    label = label.replace('"', "'")
    return separator.join([name, f'"{label or name}"', size, quoted, ""])


def _first(element: etree._Element, names: list[str]) -> str:
    lower = {str(name).lower(): str(value) for name, value in element.attrib.items()}
    return next((lower[name] for name in names if lower.get(name)), "")


def _from_children(markup: Markup, dataset: etree._Element) -> None:
    forms, grammar = markup.repairs.dataset, markup.rules.dataset
    children = [
        item
        for item in dataset.iterdescendants()
        if isinstance(item.tag, str)
        and item.tag.lower() in forms.column_elements
        and not _in_row(item, dataset, forms.row_elements)
    ]
    if not len(dataset):
        return
    rows = [
        item
        for item in dataset.iterdescendants()
        if isinstance(item.tag, str) and item.tag.lower() in forms.row_elements
    ]
    columns = []
    for child in children:
        name = _first(child, forms.names) or (child.text or "").strip()
        if IDENTIFIER.match(name):
            values = _row_values(rows, name) or _first(child, forms.defaults)
            columns.append(column_text(markup, name, _first(child, forms.labels), _first(child, forms.lengths), values))
    written = dataset.get(grammar.columns)
    if columns and not written:
        dataset.set(grammar.columns, grammar.separator.join(columns))
    if columns or written:
        markup.notes.mended("columns_from_children", line_of(dataset), name=dataset.get(grammar.id, ""))
        for child in list(dataset):
            drop(child)


def _in_row(element: etree._Element, dataset: etree._Element, rows: list[str]) -> bool:
    for item in element.iterancestors():
        if item is dataset:
            return False
        if str(item.tag).lower() in rows:
            return True
    return False


def _row_values(rows: list[etree._Element], name: str) -> str:
    values = []
    for row in rows:
        cell = next(
            (
                item
                for item in row
                if isinstance(item.tag, str) and name in (item.get("id"), item.get("name"), item.tag)
            ),
            None,
        )
        values.append((cell.text or cell.get("value") or "").strip() if cell is not None else row.get(name, ""))
    return "".join(f"{value}\n" for value in values) if any(values) else ""


def _form(markup: Markup, dataset: etree._Element) -> None:
    grammar = markup.rules.dataset
    text = dataset.get(grammar.columns)
    if text is None:
        return
    items = [item for item in split_list(text, grammar.separator) if item.strip()]
    if len(items) == 1 and "," in text and '"' not in text:
        items = [item for item in text.split(",") if item.strip()]
    mended = [_column(markup, item) for item in items]
    seen: set[str] = set()
    unique = []
    for item in mended:
        name = item.split(grammar.part_separator, maxsplit=1)[0]
        if name not in seen:
            unique.append(item)
        seen.add(name)
    new = grammar.separator.join(unique)
    if new != text and unique:
        dataset.set(grammar.columns, new)
        markup.notes.mended("columns_form", line_of(dataset), name=dataset.get(grammar.id, ""))


def _column(markup: Markup, item: str) -> str:
    grammar, forms = markup.rules.dataset, markup.repairs.dataset
    parts = split_list(item.strip(), grammar.part_separator)
    if len(parts) >= grammar.parts:
        return item.strip().replace(_LITERAL_NEWLINE, "\n") if _LITERAL_NEWLINE in item else item.strip()
    name, rest = parts[0].strip(), [part.strip() for part in parts[1:]]
    bracket = name.find("(")
    if bracket > 0:
        rest = [name[bracket + 1 :].rstrip(")"), *rest]
        name = name[:bracket]
    length = next((part for part in rest if part.isdigit()), "")
    label = next(
        (
            part.strip('"')
            for part in rest
            if part and not part.isdigit() and part.strip('"').lower() not in forms.type_words
        ),
        "",
    )
    return column_text(markup, name, label, length)


def _from_use(markup: Markup) -> None:
    """A dataset without columns gets those that links and members name."""
    grammar, member = markup.rules.dataset, markup.rules.member
    for dataset in markup.datasets():
        name = dataset.get(grammar.id, "")
        if markup.columns.get(name) or not name:
            continue
        used: dict[str, None] = {}
        for element in markup.elements():
            for attribute, separator in markup.rules.links.items():
                linked, *columns = element.get(attribute, "").split(separator)
                if linked == name:
                    used.update(dict.fromkeys(item for item in columns if IDENTIFIER.match(item)))
            if element.tag == member.element and element.get(member.dataset) == name:
                items = split_list(element.get(member.columns, ""), member.separator)
                names = [item.split(member.part_separator, maxsplit=1)[0].strip() for item in items]
                used.update(dict.fromkeys(item for item in names if IDENTIFIER.match(item)))
        if used and markup.notes.may("columns_from_use", line_of(dataset), name=name):
            dataset.set(grammar.columns, grammar.separator.join(column_text(markup, item) for item in used))
            markup.columns[name] = list(used)


def add_column(markup: Markup, dataset_id: str, column: str, line: int | None) -> bool:
    """Adds a column that something names; False in strict mode."""
    grammar = markup.rules.dataset
    dataset = next((item for item in markup.datasets() if item.get(grammar.id) == dataset_id), None)
    if dataset is None or not IDENTIFIER.match(column):
        return False
    if not markup.notes.may("column_added", line, dataset=dataset_id, name=column):
        return False
    written = [item for item in (dataset.get(grammar.columns, ""), column_text(markup, column)) if item]
    dataset.set(grammar.columns, grammar.separator.join(written))
    markup.columns.setdefault(dataset_id, []).append(column)
    return True
