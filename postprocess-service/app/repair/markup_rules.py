"""All rules on markup, in the order in which they build on one another."""

from lxml import etree

from ..checks.xml_facts import UnsafeDocumentError, parse_xml
from ..packs.model import Pack, XmlChecks
from ..packs.repairs import MarkupRepairs
from .attributes import mend_attributes
from .datasets import mend_datasets
from .events import mend_events
from .geometry import mend_geometry
from .grids import mend_grids
from .identifiers import mend_identifiers
from .links import mend_links
from .markup import Markup, line_of
from .markup_text import NotMendableError, well_formed
from .notes import Notes
from .structure import mend_structure
from .transactions import mend_transactions


def read_markup(
    text: str, screen_id: str, pack: Pack, *, rules: XmlChecks, repairs: MarkupRepairs, notes: Notes
) -> Markup | None:
    """The mended tree of a screen; None where the text can't be made a tree. The text may be anything."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        root = parse_xml(text)
    except (etree.XMLSyntaxError, UnsafeDocumentError):
        try:
            form = repairs.document
            root = parse_xml(well_formed(text, notes, frozenset({form.root, form.body})))
        except (etree.XMLSyntaxError, UnsafeDocumentError, NotMendableError, ValueError):
            return None
    markup = Markup(root, pack, rules, repairs, notes, screen_id)
    mend_structure(markup)
    markup.kept = list(markup.root.iter())
    mend_attributes(markup)
    _head(markup)
    mend_datasets(markup)
    mend_grids(markup)
    mend_links(markup)
    mend_transactions(markup)
    mend_identifiers(markup)
    mend_geometry(markup)
    mend_events(markup)
    return markup


def _head(markup: Markup) -> None:
    head = markup.head()
    if head is None:
        return
    defaults = {**markup.repairs.screen_defaults, "screenid": markup.screen_id}
    for name, value in defaults.items():
        if head.get(name) is None and value:
            head.set(name, value)
            markup.notes.mended("attribute_filled", line_of(head), name=name, new=value)
