"""A popup in which a row is chosen that fills a field: its datasets, its search, and the button beside the field."""

from dataclasses import dataclass

from screenspec.data_model import Entity
from screenspec.spec import Action, Column, Dataset, Popup, Receive, Region, Send, Transaction

from .patterns import Body, Subject
from .wishes import Wish

_ENDINGS = ("_code", "_cd", "_id", "_no", "_name", "_nm")
_LABEL_ENDINGS = ("코드", "번호", "명", "이름", " code", " id", " no", " number", " name")
_NAMES = ("_name", "_nm")
_MOST = 3
_MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class _Target:
    """The field that a popup fills, the field with the name that belongs to it, and what both are about."""

    region: Region
    column: Column
    partner: Column | None
    stem: str
    label: str


def add_pickers(body: Body, subject: Subject, wishes: tuple[Wish, ...]) -> None:
    """A popup for each field that is named beside the wish for one."""
    taken: set[str] = set()
    for wish in wishes:
        target = _target(body, wish, taken)
        if target is not None and len(taken) < _MOST:
            taken.add(target.stem)
            _add(body, subject, target)


def _target(body: Body, wish: Wish, taken: set[str]) -> _Target | None:
    """Of the fields named nearest to the wish the last one before it; a form's that is saved before a condition."""
    saved = {send.dataset for item in body.transactions for send in item.sends if send.rows == "changed"}
    for region in sorted(body.regions, key=lambda item: item.kind != "form"):
        typed = region.kind == "conditions" or (region.kind == "form" and region.dataset in saved)
        if not typed or region.popup is not None:
            continue
        columns = next(item.columns for item in body.datasets if item.id == region.dataset and item.popup is None)
        able = [item for item in columns if item.name in region.fields and item.type == "string" and not item.key]
        named = sorted(
            ((at, len(item.label), item) for item in able if (at := _place(item, wish)) >= 0),
            key=lambda found: found[:2],
        )
        if named:
            target = _about(named[-1][2], columns, region)
            return target if target.stem not in taken else None
    return None


def _place(column: Column, wish: Wish) -> int:
    """Where a column is named, by its label or what it begins with (`부서` of 부서코드); -1: nowhere."""
    text = f"{wish.before} {wish.after}".lower()
    names = (column.label.lower(), _stem(column.label.lower(), _LABEL_ENDINGS), _stem(column.name, _ENDINGS))
    return max(text.rfind(name.replace("_", " ")) for name in names if len(name) > 1) if any(map(_long, names)) else -1


def _long(name: str) -> bool:
    return len(name) > 1


def _about(column: Column, columns: list[Column], region: Region) -> _Target:
    """A code with the name beside it, whichever of the two is named."""
    stem = _stem(column.name, _ENDINGS)
    label = _stem(column.label, _LABEL_ENDINGS)
    others = [
        item
        for item in columns
        if item.name != column.name
        and item.name in region.fields
        and _stem(item.name, _ENDINGS) == stem
        and not item.key
    ]
    partner = next((item for item in others if item.type == "string"), None)
    if partner is not None and column.name.endswith(_NAMES):
        column, partner = partner, column
    return _Target(region, column, partner, stem, label)


def stem_of(name: str) -> str:
    """What a column's name is about: `dept` of `dept_code`."""
    return _stem(name, _ENDINGS)


def _stem(name: str, endings: tuple[str, ...]) -> str:
    found = next((ending for ending in endings if name.endswith(ending) and len(name) > len(ending) + 1), "")
    return name.removesuffix(found).strip()


def _add(body: Body, subject: Subject, target: _Target) -> None:
    words, popup = subject.words, f"{target.stem[:50]}_picker"
    entity = next((item for item in subject.model.entities[1:] if item.name == target.stem), None)
    columns = _columns_of(entity) if entity else _code_and_name(target)
    title = words.find.format(target.label)
    name = columns[-1] if len(columns) == 1 else columns[1]
    search, rows = f"{popup}_search", f"{popup}_list"
    body.datasets += [
        Dataset(id=search, role="search", label=words.conditions, popup=popup,
                columns=[name.model_copy(update={"key": False, "required": False})]),
        Dataset(id=rows, role="list", label=words.list_of.format(target.label), entity=target.stem, popup=popup,
                columns=columns),
    ]  # fmt: skip
    find = f"{popup}_find"
    body.transactions.append(
        Transaction(id=find, path=f"{target.stem}/select.do", label=words.search, popup=popup,
                    sends=[Send(dataset=search)], receives=[Receive(dataset=rows)])
    )  # fmt: skip
    grid = f"{popup}_grid"
    body.regions += [
        Region(id=f"{popup}_words", kind="conditions", dataset=search, fields=[name.name], popup=popup),
        Region(id=grid, kind="grid", dataset=rows, columns=[item.name for item in columns], popup=popup),
    ]
    source = name if target.column.name.endswith(_NAMES) else columns[0]
    fills = [(target.column.name, source.name)]
    if target.partner is not None and len(columns) > 1:
        fills.append((target.partner.name, name.name))
    at = sum(1 for action in body.actions if action.popup is None)
    body.actions.insert(
        at,
        Action(id=f"open_{popup}", label=title, on=["button"], do="open_popup", opens=popup,
               region=target.region.id, field=target.column.name, fills=fills),
    )  # fmt: skip
    body.actions += [
        Action(id=find, label=words.search, on=["button", "enter", "load"], do="submit", transaction=find, popup=popup),
        Action(id=f"{popup}_choose", label=words.choose, on=["button", "row_double_click"], do="choose_row",
               region=grid, popup=popup),
        Action(id=f"{popup}_close", label=words.close, on=["button"], do="close_popup", popup=popup),
    ]  # fmt: skip
    screen = "".join(part[:1].upper() + part[1:] for part in popup.split("_") if part)
    body.popups.append(Popup(id=popup, screen_id=screen, title=title))


def _columns_of(entity: Entity) -> list[Column]:
    """The first fields of an entity that the request knows, its key first."""
    ordered = sorted((item for item in entity.fields if item.shown), key=lambda item: not item.key)[:_MOST_SHOWN]
    return [
        Column(name=item.name, label=item.label, type=item.type if item.type != "code" else "string",
               length=item.length, scale=item.scale, key=index == 0)
        for index, item in enumerate(ordered)
    ]  # fmt: skip


def _code_and_name(target: _Target) -> list[Column]:
    """What a popup of codes shows where nothing is known of them: the code and its name, labelled as in the form."""
    code, name = target.column, target.partner
    korean = any("가" <= letter <= "힣" for letter in code.label)
    own = Column(name=code.name, label=code.label, length=code.length, key=True)
    if name is not None:
        return [own, Column(name=name.name, label=name.label, length=name.length)]
    named = f"{target.label}명" if korean else f"{target.label} name"
    other = f"{target.stem[:50]}_name"
    if code.name == other:
        coded = f"{target.label}코드" if korean else f"{target.label} code"
        return [
            Column(name=f"{target.stem[:50]}_code", label=coded, length=20, key=True),
            Column(name=code.name, label=code.label, length=code.length),
        ]
    return [own, Column(name=other, label=named, length=100)]
