"""Files in an answer that has no fences: under headings, or bare; and the names of those that have none."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from .extraction import FILE_NAME, LANGUAGES, MAX_FILES, FencedFile

_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|-{2,}[ \t]*|={2,}[ \t]*|\*\*|//[ \t]*|<!--[ \t]*|\[)?[ \t]*(?:\d+[.)][ \t]*)?"
    r"(?:file(?:name)?[ \t]*:[ \t]*|파일(?:명)?[ \t]*:[ \t]*)?"
    r"`?(?P<name>[\w./-]{1,100}\.(?:xml|js|sql|java|ts|tsx)|xml|js|javascript|sql)`?"
    r"[ \t]*(?:-{2,}|={2,}|\*\*|-->|:|\])*[ \t]*$",
    re.IGNORECASE,
)
_MARKED = re.compile(r"^[ \t]*(?:#|-{2,}|={2,}|\*\*|//|<!--|\[|file|파일)|\.\w{2,4}`?:?[ \t]*$", re.IGNORECASE)
_SCREEN_ID = re.compile(r"(?:\bscreen_?id|<screen\s(?:[^>]{0,500}\s)?id)\s*=\s*[\"'](\w{1,64})[\"']", re.IGNORECASE)
_MARKUP = re.compile(r"<\?xml\b|^[ \t]*<[A-Za-z_]\w*[\s>/]", re.MULTILINE)
_FUNCTION = re.compile(r"^(?:function\s+\w+\s*\(|this\.\w+\s*=\s*function|(?:var|let|const)\s+\w+\s*=)", re.MULTILINE)
_LONGEST_LINE = 200
_PART = re.compile(r"^part\d+\.")


def headed_files(text: str) -> list[FencedFile]:
    """Files that stand under a heading each, such as `--- XML ---` or `### TaskList.js`."""
    files: list[FencedFile] = []
    name, body = "", list[str]()
    for line in [*text.split("\n"), "--- end"]:
        match = _HEADING.match(line) if len(line) < _LONGEST_LINE and _MARKED.search(line) else None
        if match is None and line != "--- end":
            body.append(line)
            continue
        if name and "\n".join(body).strip() and len(files) < MAX_FILES:
            files.append(_file(name, body, len(files)))
        name, body = match["name"] if match else "", []
    return files


def bare_files(text: str) -> list[FencedFile]:
    """Markup, and a script after it, that stand in the text without any sign of where they begin."""
    files: list[FencedFile] = []
    start = _MARKUP.search(text)
    rest = text
    if start is not None:
        end = text.rfind(">") + 1
        function = _FUNCTION.search(text, start.end())
        if function is not None:
            end = text.rfind(">", start.start(), function.start()) + 1
        files.append(_file("xml", [text[start.start() : end]], 0))
        rest = text[end:]
    function = _FUNCTION.search(rest)
    if function is not None:
        files.append(_file("js", [rest[function.start() :]], len(files)))
    return files


def named(files: list[FencedFile]) -> list[FencedFile]:
    """The files with names: markup by the screen in it, a script by the markup beside it."""
    known: list[FencedFile] = []
    for file in files:
        match = _SCREEN_ID.search(file.content) if file.language == "xml" and _PART.match(file.path) else None
        known.append(replace(file, path=f"{match[1]}.xml") if match else file)
    stems = [PurePosixPath(file.path).stem for file in known if file.language == "xml" and not _PART.match(file.path)]
    scripts = {PurePosixPath(file.path).stem for file in known if file.language == "javascript"}
    free = [stem for stem in stems if stem not in scripts]
    result = []
    for file in known:
        if file.language == "javascript" and _PART.match(file.path) and free:
            result.append(replace(file, path=f"{free.pop(0)}.js"))
        else:
            result.append(file)
    return _once(result)


def _once(files: list[FencedFile]) -> list[FencedFile]:
    """Of several files of one name the last: models write a file again when they correct it."""
    last = {file.path: file for file in files}
    return list(last.values())


def is_whole(file: FencedFile) -> bool:
    """Whether a file that was not closed is at its end all the same."""
    text = file.content.strip()
    if file.language == "xml":
        root = re.search(r"<([A-Za-z_][\w.-]*)[\s>]", re.sub(r"<\?.*?\?>|<!--.*?-->", "", text[:5000], flags=re.DOTALL))
        return root is not None and text.endswith(f"</{root[1]}>")
    if file.language == "javascript":
        return text.endswith(("}", "};", ");")) and text.count("{") <= text.count("}")
    return file.closed


def _file(name: str, body: list[str], index: int) -> FencedFile:
    suffix = name.rsplit(".", maxsplit=1)[-1].lower()
    language = LANGUAGES.get(suffix, suffix)
    safe = "." in name and ".." not in name and not name.startswith("/") and FILE_NAME.fullmatch(name)
    short = {"javascript": "js"}.get(suffix, suffix)
    path = name.removeprefix("./") if safe else f"part{index + 1}.{short}"
    return FencedFile(path, language, "\n".join(body).strip("\n") + "\n", closed=False)
