"""Inputs made to take long: deep, huge, unclosed, repeated, and those that regular expressions fear."""

from collections.abc import Iterator

MEGA = 1_000_000


def answers() -> Iterator[tuple[str, str]]:
    """Engine answers as long as the service takes them, by name."""
    for name, piece in {
        "open braces": "{",
        "open brackets": "[",
        "nested objects": '{"a":',
        "nested arrays": "[[",
        "quotes": '"',
        "backslashes": "\\",
        "escaped quotes": '"\\"',
        "fences": "```\n",
        "long fences": "`" * 50 + "\n",
        "tildes": "~~~\n",
        "fences with names": "```xml TaskList.xml\n<map>\n",
        "reasoning": "<think>",
        "closed reasoning": "</think>",
        "both": "<think></think>",
        "blanks": " ",
        "line ends": "\n",
        "blank lines": " \n",
        "tabs and marks": "\t#",
        "headings": "### TaskList.js\nx\n",
        "dashes": "--- ",
        "letters": "a",
        "words": "file name ",
        "commas": "{,",
        "colons": "::",
        "comments": "/* ",
        "line comments": "// {\n",
        "keys": '"screen_id": ',
        "specs": '{"screen_id":"A","pattern":"list",',
        "small objects": "{}",
        "objects with lists": '{"datasets":[',
        "numbers": "1e",
        "minus": "-",
        "korean": "가",
        "nulls": "\0",
        "angles": "<",
        "tags": "<a>",
        "closing tags": "</a>",
        "attributes": " a=1",
        "functions": "function f(){",
        "brackets": "(",
    }.items():
        yield name, (piece * (MEGA // len(piece) + 1))[:MEGA]
    yield "one fence never closed", "```json\n" + '{"a": "' + "x" * (MEGA - 50)
    yield "trailing text", '{"screen_id": "A"}' + " and so on" * (MEGA // 12)


def markup() -> Iterator[tuple[str, str]]:
    """Markup files of a megabyte, by name."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<map_list><map><screen screenid="A" width="10" height="10"/>'
    tail = "</map></map_list>"
    depth = 90_000
    yield "deep panels", (head + "<panel>" * depth + "</panel>" * depth)[:MEGA]
    yield "deep and closed", head + "<panel>" * 20_000 + "</panel>" * 20_000 + tail
    yield "many fields", head + '<hangul_field control_id="1" name="a" link_data="X:Y"/>' * 15_000 + tail
    yield "many wrong tags", head + "<textbox/>" * 60_000 + tail
    yield "many datasets", head + '<xlinkdataset id="A" columns="A:B:C:D"/>' * 20_000 + tail
    yield "one long column list", head + f'<xlinkdataset id="A" columns="{"A:B;" * 200_000}"/>' + tail
    yield "long attribute", head + f'<text text="{"x" * 900_000}"/>' + tail
    yield "many attributes", head + "<text " + " ".join(f'a{index}="1"' for index in range(60_000)) + "/>" + tail
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    yield "entity bomb", f'<!DOCTYPE a [<!ENTITY a0 "ha">{entities}]><a>&a9;</a>'
    yield "outside entity", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    yield "unclosed quote", head + '<text text="' + "x " * 400_000
    yield "no end of tags", head + "<text " * 150_000
    yield "angles", head + "<" * 900_000
    yield "ampersands", head + "&" * 900_000
    yield "comments", head + "<!-- " * 150_000
    yield "sections", head + "<![CDATA[" * 100_000
    yield "events", head + '<pushbutton onclick="f(" on_click="x"/>' * 20_000 + tail


def scripts() -> Iterator[tuple[str, str]]:
    """Scripts of a megabyte, by name."""
    for name, piece in {
        "open calls": "f(",
        "open functions": "function f(){",
        "members": "a.b.",
        "strings": '"',
        "templates": "`${",
        "regular expressions": "/(a+)+/.test(x);",
        "comments": "/*",
        "operators": "a+",
        "brackets": "[",
        "commas": "f(a,",
        "arrows": "x=>",
        "statements": "this.DS_A.getRowCount();\n",
        "wrong calls": "this.grd.foo(bar.baz());\n",
        "functions": "function f() { fetchAll(); }\n",
        "assignments": "this.a = function () {\n};\n",
        "elses": "else if (a) {",
    }.items():
        yield name, (piece * (MEGA // len(piece) + 1))[:MEGA]


def tables() -> Iterator[tuple[str, str]]:
    """SQL of a megabyte, by name."""
    for name, piece in {
        "open brackets": "(",
        "columns": "a INT, ",
        "quotes": "'",
        "selects": "SELECT * FROM (",
        "comments": "/* ",
        "cases": "CASE WHEN a THEN ",
        "table comments": "COMMENT ON TABLE a IS 'b';\n",
        "ands": "a AND ",
        "minus": "- ",
    }.items():
        yield name, ("CREATE TABLE t (\n" + piece * (MEGA // len(piece) + 1))[:MEGA]
