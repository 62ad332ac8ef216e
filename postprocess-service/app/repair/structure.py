"""Rules on the shape of the document: its root, one body, an empty head beside the components, real elements."""

from lxml import etree

from .markup import Markup, drop, line_of
from .nearest import nearest

_WITH_NAMESPACE = etree.XPath("descendant-or-self::*[namespace-uri() or @*[namespace-uri()]]")


def mend_structure(markup: Markup) -> None:
    """Elements get their real names; what has to stand side by side does."""
    _namespaces(markup)
    _frame(markup)
    _names(markup)
    _unwrap(markup)
    _one_body(markup)
    _head(markup)
    _misplaced(markup)


def _namespaces(markup: Markup) -> None:
    found = _WITH_NAMESPACE(markup.root)
    elements = found if isinstance(found, list) else []
    for element in [item for item in elements if isinstance(item, etree._Element)]:  # noqa: SLF001 - its nodes' class
        if str(element.tag).startswith("{"):
            element.tag = str(element.tag).rsplit("}", maxsplit=1)[-1]
            markup.notes.mended("namespace", line_of(element))
        for name in [str(item) for item in element.attrib if str(item).startswith("{")]:
            element.attrib.pop(name)
    etree.cleanup_namespaces(markup.root)


def _frame(markup: Markup) -> None:
    """Root and body stand around everything, whatever the document's root was."""
    form = markup.repairs.document
    root = markup.root
    if str(root.tag).lower() == form.root:
        root.tag = form.root
    else:
        markup.notes.mended("root_element", line_of(root), name=form.root)
        outer = etree.Element(form.root)
        outer.append(root)
        markup.root = outer
    if any(str(child.tag).lower() == form.body for child in markup.root):
        return
    inner = next((item for item in markup.elements() if str(item.tag).lower() == form.body), None)
    if inner is None:
        markup.notes.mended("root_element", line_of(root), name=form.body)
        inner = etree.Element(form.body)
        for child in list(markup.root):
            inner.append(child)
    else:  # an unknown element stands around the body
        top = [child for child in markup.root if inner in child.iter()]
        markup.notes.mended("container_unwrapped", line_of(top[0]), name=str(top[0].tag))
        markup.root.replace(top[0], inner)
    if inner.getparent() is None:
        markup.root.append(inner)


def _names(markup: Markup) -> None:
    for element in markup.elements():
        tag, parent = str(element.tag), element.getparent()
        above = str(parent.tag) if parent is not None else ""
        if markup.known(tag) and f"{above}>{tag.lower()}" not in markup.repairs.elements:
            continue
        if above == markup.rules.dataset.element or _in_dataset(markup, element):
            continue
        new = _real_name(markup, tag, above)
        if new is None or new == tag:
            continue
        exact = (
            tag.lower() == new
            or tag.lower() in markup.repairs.elements
            or f"{above}>{tag.lower()}" in markup.repairs.elements
        )
        if exact:
            markup.notes.mended("element_renamed", line_of(element), old=tag, new=new)
        elif not markup.notes.may("element_renamed", line_of(element), old=tag, new=new):
            continue
        role = markup.repairs.member_roles.get(tag.lower())
        operation = markup.repairs.transaction.operations.get(role or "")
        if new == markup.rules.member.element and role and operation and not element.get(operation):
            forms = markup.repairs.transaction
            element.set(operation, forms.in_operation if role == "in" else forms.out_operation)
        element.tag = new


def _in_dataset(markup: Markup, element: etree._Element) -> bool:
    return any(str(item.tag) == markup.rules.dataset.element for item in element.iterancestors())


def _real_name(markup: Markup, tag: str, above: str) -> str | None:
    lower = tag.lower()
    elements = markup.repairs.elements
    if f"{above}>{lower}" in elements:
        return elements[f"{above}>{lower}"]
    if markup.known(tag):
        return tag
    if markup.known(lower):
        return lower
    if lower in elements:
        return elements[lower]
    if lower in markup.repairs.unwrap or lower in markup.repairs.picklist.choice_elements:
        return None
    return nearest(lower, markup.pack.components.elements)


def _unwrap(markup: Markup) -> None:
    """Containers of other frameworks go; their children stay where they stood."""
    for element in markup.elements():
        parent = element.getparent()
        if str(element.tag).lower() not in markup.repairs.unwrap or parent is None or _in_dataset(markup, element):
            continue
        if markup.known(str(element.tag)):
            continue
        if str(parent.tag) == markup.repairs.grid_column.element or len(element):
            markup.notes.mended("container_unwrapped", line_of(element), name=str(element.tag))
            _lift(element)
    grid = markup.repairs.grid_column
    for element in list(markup.root.iter(grid.element)):
        for child in [item for item in element if str(item.tag).lower() in grid.containers and len(item)]:
            markup.notes.mended("container_unwrapped", line_of(child), name=str(child.tag))
            _lift(child)


def _lift(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    index = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(index + offset, child)
    parent.remove(element)


def _one_body(markup: Markup) -> None:
    bodies = [item for item in markup.elements() if item.tag == markup.repairs.document.body]
    for extra in bodies[1:]:
        markup.notes.mended("one_body", line_of(extra), name=str(extra.tag))
        for child in list(extra):
            bodies[0].append(child)
        drop(extra)
    for stray in [item for item in markup.root if item is not bodies[0] and isinstance(item.tag, str)]:
        markup.notes.mended("children_moved", line_of(stray), name=str(markup.root.tag))
        bodies[0].append(stray)


def _head(markup: Markup) -> None:
    """One head, without children, first in the body."""
    body = markup.body()
    if body is None:
        return
    name = markup.repairs.document.head
    heads = [item for item in markup.elements() if item.tag == name]
    for head in heads:
        children = list(head)
        if children:
            markup.notes.mended("children_moved", line_of(head), name=name)
        parent = head.getparent()
        if parent is None:
            continue
        index = parent.index(head) + 1
        for offset, child in enumerate(children):
            parent.insert(index + offset, child)
    for extra in heads[1:]:
        markup.notes.mended("one_body", line_of(extra), name=name)
        drop(extra)
    if not heads:
        markup.notes.mended("head_added", 1, name=name)
        body.insert(0, etree.Element(name))
    elif heads[0].getparent() is not body:
        body.insert(0, heads[0])


def _misplaced(markup: Markup) -> None:
    """Components inside one that holds none, as where its end tag was forgotten, come after it."""
    for element in markup.components():
        parent = element.getparent()
        if parent is None or not markup.is_component(parent) or str(parent.tag) in markup.repairs.holders:
            continue
        children = [item for item in parent if isinstance(item.tag, str) and markup.is_component(item)]
        markup.notes.mended("children_moved", line_of(parent), name=str(parent.tag))
        for child in reversed(children):
            parent.addnext(child)
