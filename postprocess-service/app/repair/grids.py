"""Rules on grid columns: each has a header and data, whatever the short form was."""

from lxml import etree

from .datasets import add_column
from .markup import IDENTIFIER, Markup, line_of
from .nearest import nearest


def mend_grids(markup: Markup) -> None:
    form = markup.repairs.grid_column
    for grid in markup.root.iter(form.element):
        _loose_cells(markup, grid)
        for column in list(grid.iter(form.column)):
            _column(markup, grid, column)
        for name, attributes in form.required.items():
            if grid.find(name) is None and grid.find(form.column) is not None:
                etree.SubElement(grid, name, attributes)
                markup.notes.mended("element_added", line_of(grid), name=name)


def _loose_cells(markup: Markup, grid: etree._Element) -> None:
    """Headers and data that stand in the grid itself get columns around them."""
    form = markup.repairs.grid_column
    for child in [item for item in grid if item.tag == form.data]:
        column = etree.Element(form.column)
        before = child.getprevious()
        grid.replace(child, column)
        if before is not None and before.tag == form.header:
            column.append(before)
        column.append(child)
        markup.notes.mended("grid_column_form", line_of(child), name=child.get("name", ""))


def _column(markup: Markup, grid: etree._Element, column: etree._Element) -> None:
    form = markup.repairs.grid_column
    line = line_of(column)
    header, data = column.find(form.header), column.find(form.data)
    taken = {str(name): str(value) for name, value in column.attrib.items()}
    if header is not None and data is not None and not taken:
        _name(markup, grid, data)
        return
    if header is None:
        header = etree.Element(form.header)
        column.insert(0, header)
    if data is None:
        data = etree.SubElement(column, form.data)
    for name, value in taken.items():
        new = form.header_attributes.get(name.lower())
        if new and not header.get(new):
            header.set(new, value)
        elif new is None and name.lower() not in form.name_attributes and not data.get(name):
            data.set(name, value)
    names = [taken[name] for name in taken if name.lower() in form.name_attributes]
    if names and not data.get("name"):
        data.set("name", names[0].rsplit(":", maxsplit=1)[-1].rsplit(".", maxsplit=1)[-1])
    column.attrib.clear()
    text = (column.text or "").strip()
    if text and not header.get("title"):
        header.set("title", text)
        column.text = None
    markup.notes.mended("grid_column_form", line, name=data.get("name", ""))
    _name(markup, grid, data)
    if not data.get("width"):
        data.set("width", form.default_width)


def _name(markup: Markup, grid: etree._Element, data: etree._Element) -> None:
    """Data is bound to a column of the grid's dataset: told by its link, else by its name."""
    link, separator = markup.repairs.picklist.link, markup.rules.links[markup.repairs.picklist.link]
    dataset = grid.get(link, "").split(separator)[0].split(".")[0]
    columns, line = markup.columns.get(dataset, []), line_of(data)
    name, linked = data.get("name", ""), data.get(link)
    if not linked and dataset in markup.columns:
        found = nearest(name, columns) if name else None
        if found is None and not (IDENTIFIER.match(name) and add_column(markup, dataset, name, line)):
            return
        data.set(link, f"{dataset}{separator}{found or name}")
        markup.notes.mended("attribute_filled", line, name=link, new=data.get(link, ""))
    if not name and linked:
        data.set("name", linked.rsplit(separator, maxsplit=1)[-1])
        markup.notes.mended("name_given", line, new=data.get("name", ""))
