"""Which values that are written beside a password's or a token's name are secrets, and which are code or labels."""

import re

WORD = (
    r"(?:passw(?:or)?d|passphrase|passcode|pswd|pwd|(?<![a-z])(?:pass|pw)(?![a-z])"
    r"|(?-i:(?<=[a-z0-9])P(?:ass|w)(?![a-z]))|비밀\s?번호|비번|암호|패스워드)"
)
"""For patterns that ignore case."""
NAME = (
    rf"(?P<name>{WORD}|secret|token|credentials?|(?:api|access|private|auth|client|encryption|signing)[_-]?key)"
    r"(?P<rest>[\w.-]{0,40})"
)
NAME_HINTS = ("pass", "pw", "secret", "token", "credential", "key", "비밀", "비번", "암호", "패스워드")

_NAMED = re.compile(rf"(?ai){NAME}\Z")
_OWN = re.compile(r"(?i)pass.*|p[sw]+d|pw|비밀\s?번호|비번|암호|패스워드")
_LONGEST_NAME = 80
_SIGNS = frozenset("!@#$%^&*+?")
_SHORTEST, _SHORTEST_MIXED = 4, 6
_TEMPLATE = re.compile(r"[$#]?\{\{?[^{}]*\}?\}|<[^<>]*>|%\w+%|\[[A-Z_]+\]")
_DEFAULT = re.compile(r"\$\{[\w.-]+:-?(?P<value>[^{}]+)\}")
_ABOUT = re.compile(
    r"(?:label|name|field|hint|place_?holder|policy|pattern|regexp?|length|len|type|rules?|format|columns?|id|ur[il]|path"
    r"|file|icon|msg|message|error|title|class|style|encoder|expir\w*|ttl|age|min|max|count|size|limit|required|visible"
    r"|enabled?|second|json|izer)s?\Z",
    re.IGNORECASE,
)
"""Ends of names that say something of a password: `passwordLabel`, `token_url`."""
_NO_SECRET = re.compile(
    r"x+|0+|1234|\*+|\.{2,}|(?-i:\$[A-Z][A-Z0-9_]+|\$[a-z_]+)"
    r"|pass(?:word|wd|code|phrase)?s?|pwd?|secrets?|tokens?|keys?|credentials?|bearer|basic|oauth2?|change_?me|example|sample"
    r"|dummy|test|your[-_ ].*|my[-_ ]?(?:password|secret|token|key)"
    r"|str(?:ing)?|text|varchar2?|char|number|num|int(?:eger)?|long|float|double|bool(?:ean)?|date|object|array|any|unknown"
    r"|null|nil|none|undefined|void|true|false|yes|no|on|off|optional|required|nullable|hidden|masked|sensitive|redacted"
    r"|input|output|field|label|value|values|data|name|users?|user_?name|email|login|hashed|encrypted|plain|raw|confirm"
    r"|invalid|valid|missing|mismatch|empty|weak|strong|short|lock|unlock|eye|icon|form|item|row|self|this|props|state|env"
    r"|config|default|auto|primary|option|flag|argument|reset|change|check|type|column|result|response|request|param\w*"
    r"|(?:u?int|float|utf|base|char|n?varchar2?|string|binary|decimal|number|sha|md|aes|rsa|des|ripemd|hmac|pbkdf|scrypt"
    r"|bcrypt|argon|blake|http|oauth|ed|es|rs|hs)[-_]?\d+\w*(?:-\w+)*"
    r"|(?:edt|edit|input|field|label|text|txt|btn|button|ds|col|column|grid|step|page|ver|version|type|table|tbl|cell|row"
    r"|item|line|len|size|max|min)[-_]?\d{1,2}"
    r"|(?:required|nullable|confirmed|min|max)[:|].*"
    r"|\d{4}-\d{2}-\d{2}.*",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)+"  # request.password
    r"|\$[A-Za-z_]+\d?"  # $password
    r"|[a-z]+(?:_[a-z]+)+_?\d?|[A-Z]+(?:_[A-Z]+)+_?\d?"  # user_pw_1
    r"|[a-z]+(?:[A-Z][a-z]+)+\d?"  # newPassword1
)
"""What an unquoted value may be, but for a secret."""


def is_secret(value: str, *, words: bool, code: bool) -> bool:
    """Whether a value reads like a password or a key: signs of two kinds, as `Abc12345` or `tiger!`.

    `words`: the name is a password's own, so that digits alone, or one word in small letters, are one too.
    `code`: it has no quotes, so it may be an expression.
    """
    default = _DEFAULT.fullmatch(value)
    value = default["value"] if default else _TEMPLATE.sub("", value)
    plain = value.rstrip(".,;:!?*)")
    if len(value) < _SHORTEST or not value.isascii() or _NO_SECRET.fullmatch(plain) or "(?" in value:
        return False
    if code and _CODE.fullmatch(plain):
        return False
    letters, digits = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    if letters and (digits or not _SIGNS.isdisjoint(value)):
        return len(value) >= _SHORTEST_MIXED and not value.startswith(("/", "./", "../", "http:", "https:"))
    if digits and not _SIGNS.isdisjoint(value):
        return words and len(value) >= _SHORTEST_MIXED
    return words and (value.isdigit() or (value.isalpha() and value.islower()))


def names_secret(key: str, value: str) -> bool:
    """Whether a member of a document is a secret by its name: `{"password": "tiger"}`, no label and no type."""
    found = _NAMED.search(key[-_LONGEST_NAME:])
    if found is None or _ABOUT.search(found["rest"]) or any(map(str.isspace, value)):
        return False
    return is_secret(value, words=_names_password(found), code=False)


def _names_password(match: re.Match[str]) -> bool:
    """Whether the name ends as a password's does; `pass` alone counts what passed."""
    before = match.string[max(0, match.start("name") - 1) : match.start("name")]
    counts = match["name"].lower() in {"pass", "pw"} and not re.match(r"[\w.]", before)
    return not counts and _OWN.fullmatch(match["name"]) is not None and not match["rest"].strip("_0123456789s")


def quoted(match: re.Match[str]) -> bool:
    """`password = "…"`, `"password": "…"`."""
    return not _ABOUT.search(match["rest"]) and is_secret(match["value"], words=_names_password(match), code=False)


def assigned(match: re.Match[str]) -> bool:
    """`DB_PASSWORD=…` and `password: …` on a line of its own: one word only where no code looks like it."""
    words = _names_password(match)
    if match["joint"].strip() == "=" and len(match["joint"]) > 1 and not match["value"].isdigit():
        words = False
    return not _ABOUT.search(match["rest"]) and is_secret(match["value"], words=words, code=True)


def inline(match: re.Match[str]) -> bool:
    """`password=…` within a line; one word only in the query of an address."""
    if _ABOUT.search(match["rest"]) or _statement(match):
        return False
    before = match.string[match.start() - 1 : match.start()]
    words = _names_password(match) and match["joint"] == "=" and (before in {"?", "&", ";"} or match["value"].isdigit())
    return is_secret(match["value"], words=words, code=True)


def _statement(match: re.Match[str]) -> bool:
    """`password = pw12345;`, `{ password: pw12345, … }`: what has no quotes there is a variable."""
    after = match.string[match.end("value") : match.end("value") + 1]
    spaced = len(match["joint"]) > 1
    return spaced and after in {";", ",", ")"} and re.fullmatch(r"[a-z_$][\w$]*", match["value"]) is not None


def spoken(match: re.Match[str]) -> bool:
    """`비밀번호는 Abc12345`: no single word, for English words stand in Korean sentences."""
    value = match["value"]
    return value.isdigit() or (not value.isalpha() and is_secret(value, words=False, code=True))


def given(match: re.Match[str]) -> bool:
    """A value in a place where nothing but a password stands."""
    return is_secret(match["value"], words=True, code=False)


def mixed(match: re.Match[str]) -> bool:
    """Letters with digits or signs in between: a plain word or a name in code is no secret."""
    return is_secret(match["value"], words=False, code=True)
