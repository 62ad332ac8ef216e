"""Keys, tokens and passwords, beside the token formats that detect-secrets knows."""

import base64
import binascii
import re
from collections.abc import Callable

from .passwords import (
    NAME,
    NAME_HINTS,
    WORD,
    assigned,
    given,
    inline,
    is_secret,
    mixed,
    quoted,
    spoken,
)
from .patterns import Pattern


def basic_credentials(match: re.Match[str]) -> bool:
    """Base64 of `user:password`, or too mixed to be a word."""
    value = match["value"]
    try:
        decoded = base64.b64decode(value, validate=True)
    except binascii.Error:
        decoded = b""
    spelt = decoded.isascii() and decoded.decode("latin-1").isprintable() and b":" in decoded
    return spelt or (len(value) >= _LONG and is_secret(value, words=False, code=True))


def url_password(match: re.Match[str]) -> bool:
    """No template, and no port before a path with an `@` in it: `host:8080/@scope/a@1`."""
    value = match["value"]
    return re.match(r"\d{1,5}/", value) is None and re.fullmatch(r"[$#]?\{.*\}|<.*>|%\w+%|\*+|\[.*\]", value) is None


_LONG = 16
_QUOTE = r"""["'`]"""
_QUOTED = r"""(?P<q>["'`])(?P<value>[^\s"'`]{4,200})[ ]?(?P=q)"""
_ARGUMENT = r"""(?P<value>[^\s"'-][^\s"']{3,200})"""
_ATTRIBUTES = r"""(?:[\w:.-]{1,40}=["'][^"'<>\n]{0,100}["']\s{1,20}){0,5}"""
_CALLED = rf"""(?:name|key|id|property|type)\s{{0,3}}=\s{{0,3}}["'][\w.:/-]{{0,60}}?{WORD}["']"""
_PASSWORD_HINTS = ("pass", "pw", "비밀", "비번", "암호", "패스워드")

PRIVATE_KEY = Pattern(
    "private_key",
    re.compile(
        r"-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----"
        r"(?:[\s\"',]*+[\w-]{1,30}: [^\n]{0,200}\n)*+"
        r"(?:[\s\"',]*+(?:\+\s)?+[\s\"',]*+[A-Za-z0-9+/=]{16,}+)++"
        r"(?:[\s\"',]*+(?:\+\s)?+[\s\"',]*+[A-Za-z0-9+/=]{1,80}+(?=[\s\"',+]*+(?:-----END|=[\w+/]{4}|\Z))){0,2}+"
        r"(?:[\s\"',+]*+-----END (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----)?",
        re.ASCII,
    ),
)

TOKENS: tuple[Pattern, ...] = (
    Pattern(
        "jwt", re.compile(r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?", re.ASCII), hints=("eyj",)
    ),
    Pattern(
        "url_password",
        re.compile(
            r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}://[^\s:/'\"<>`]{0,100}:(?P<value>[^\s'\"<>`]{1,200})@(?=[\w.\[-])",
            re.IGNORECASE | re.ASCII,
        ),
        url_password,
        hints=("://",),
    ),
    Pattern(
        "url_password",
        re.compile(
            r"(?i)(?:jdbc:oracle:\w{1,10}:|\bsqlplus\s{1,3})[\w$#]{1,60}/(?P<value>[^\s'\"<>`]{1,200})@", re.ASCII
        ),
        url_password,
        hints=("oracle", "sqlplus"),
    ),
    Pattern(
        "api_key",
        re.compile(
            r"\b(?:sk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{20,}|github_pat_\w{40,}|AIza[\w-]{35}|hf_[A-Za-z0-9]{30,}"
            r"|fwk_[\w-]+_[\w-]{16,}|ya29\.[\w-]{20,}|gsk_[A-Za-z0-9]{30,}|xai-[A-Za-z0-9]{30,})",
            re.ASCII,
        ),
        hints=("sk-", "github_pat_", "aiza", "hf_", "fwk_", "ya29.", "gsk_", "xai-"),
    ),
    Pattern(
        "api_key",
        re.compile(r"_authToken=\s{0,5}(?P<value>npm_\w{20,200}|[A-Fa-f0-9-]{36})", re.ASCII),
        hints=("_authtoken=",),
    ),
    Pattern(
        "api_key", re.compile(r"(?i)\bbearer\s{1,3}(?P<value>[A-Za-z0-9+/_.=~-]{16,4000})", re.ASCII), mixed,
        hints=("bearer",),
    ),
    Pattern(
        "api_key", re.compile(r"(?i)\bbasic\s{1,3}(?P<value>[A-Za-z0-9+/]{8,4000}={0,2})", re.ASCII), basic_credentials,
        hints=("basic",),
    ),
    Pattern(
        "api_key",
        re.compile(
            rf"(?i)\bauthorization{_QUOTE}?\s{{0,3}}[:=,]\s{{0,3}}{_QUOTE}?(?:bearer|token|apikey)\s{{1,3}}"
            rf"(?P<value>[^\s\"'`,;<>{{}}$]{{6,4000}})",
            re.ASCII,
        ),
        mixed,
        hints=("authorization",),
    ),
    Pattern(
        "api_key",
        re.compile(
            r"(?i)[?&](?:key|sig|signature|auth|code)=(?P<value>[\w%.~+/=-]{16,400})", re.ASCII
        ),
        mixed,
        hints=("?key=", "&key=", "sig", "?auth", "&auth", "code="),
    ),
    Pattern(
        "api_key",
        re.compile(
            r"(?i)\b(?:x-)?[\w-]{0,20}?(?:api-?key|auth-?token|access-?token)\s{0,3}:\s{0,3}(?P<value>[\w.~+/=-]{8,400})",
            re.ASCII,
        ),
        mixed,
        hints=("key", "token"),
    ),
)  # fmt: skip


def _password(holds: Callable[[re.Match[str]], bool], *form: str, hints: tuple[str, ...] = _PASSWORD_HINTS) -> Pattern:
    return Pattern("password", re.compile("".join(form), re.ASCII | re.IGNORECASE | re.MULTILINE), holds, hints)


PASSWORDS: tuple[Pattern, ...] = (
    # In quotes beside a name: password = "…", "password": "…", password: string = "…".
    _password(
        quoted, NAME, rf"{_QUOTE}?\]?\s{{0,5}}(?::\s{{0,3}}[\w<>|]{{1,30}}\s{{0,3}}=|:=?|={{1,3}}>?)\s{{0,5}}", _QUOTED,
        hints=NAME_HINTS,
    ),
    # As the second argument: put("password", "…").
    _password(
        quoted, rf"\(\s{{0,3}}{_QUOTE}[\w.-]{{0,60}}?", NAME, rf"{_QUOTE}\s{{0,3}},\s{{0,3}}", _QUOTED, hints=NAME_HINTS
    ),
    # As the only argument: setPassword("…").
    _password(quoted, r"(?<!get)(?<!find)(?<!by)", NAME, r"\(\s{0,3}", _QUOTED, r"\s{0,3}\)", hints=NAME_HINTS),
    # The third argument of JDBC's getConnection.
    _password(
        given, r"""getConnection\([^()\n]{1,200}?,\s{0,3}["'][^"'\n]{0,60}["']\s{0,3},\s{0,3}""", _QUOTED,
        hints=("getconnection",),
    ),
    # XML: name="password" value="…", the other way round, and elements.
    _password(given, _CALLED, r"\s{1,20}", _ATTRIBUTES, r"value\s{0,3}=\s{0,3}", _QUOTED),
    _password(given, r"\bvalue\s{0,3}=\s{0,3}", _QUOTED, r"\s{1,20}", _ATTRIBUTES, _CALLED),
    _password(
        given, rf"(?:<[\w:.-]{{0,60}}?{WORD}|{_CALLED})\s{{0,3}}>\s{{0,20}}(?:<!\[CDATA\[)?",
        r"(?P<value>[^\s<>\]]{4,200})(?=\s{0,20}(?:\]\]>\s{0,5})?</)",
    ),
    # YAML: a name, and its value on the line after.
    _password(
        given, rf"\bname:\s{{0,3}}{_QUOTE}?[\w.-]{{0,60}}?{WORD}{_QUOTE}?\s{{0,5}}\n\s{{0,80}}",
        rf"value:\s{{0,3}}{_QUOTE}?(?P<value>[^\s\"'`]{{4,200}})",
    ),
    # SQL, and not "identified by" in a sentence.
    _password(
        given, r"""(?:\b(?:user|role)\s{1,5}[\w.@'"`%$#]{1,80}\s{1,5}identified|(?-i:\bIDENTIFIED)""",
        r"""|\bidentified(?=\s{1,5}by\s{1,5}["']))\s{1,5}(?:with\s{1,5}\w{1,40}\s{1,5})?by\s{1,5}""",
        r"""(?:password\s{1,5})?["']?(?P<value>[^\s"';]{4,200})""",
        hints=("identified",),
    ),
    # Options of commands: --password …, sshpass -p …, mysql -p…, redis-cli -a …, curl -u user:….
    _password(given, rf"--[\w-]{{0,30}}?{WORD}=[\"']?", _ARGUMENT),
    _password(spoken, rf"--[\w-]{{0,30}}?{WORD}\s{{1,3}}[\"']?", _ARGUMENT),
    _password(
        given,
        r"\b(?:sshpass\s{1,3}-p\s?|mysql(?:dump|admin)?\b[^\n]{0,200}?\s-p"
        r"|(?:mongo\w{0,10}|redis-cli|sqlcmd)\b[^\n]{0,200}?\s-[pPa]\s{1,3})[\"']?",
        _ARGUMENT,
        hints=("sshpass", "mysql", "mongo", "redis-cli", "sqlcmd"),
    ),
    _password(
        mixed, r"(?<![\w-])(?:-u|--user)[ =][\"']?[\w.@-]{1,60}:(?P<value>[^\s\"':]{4,200})", hints=("-u ", "--user")
    ),
    # On a line of its own: DB_PASSWORD=…, password: ….
    _password(
        assigned, rf"^[^\S\n]{{0,80}}(?:(?:export|set|env|arg|-)\s{{1,5}})?{_QUOTE}?[\w.-]{{0,60}}?", NAME,
        rf"{_QUOTE}?(?P<joint>\s{{0,5}}[:=]\s{{0,5}})(?P<value>[^\s\"'`;,(){{}}\[\]]{{4,200}})",
        r"(?=[^\S\n]{0,80}(?:$|\s(?:[#;]|//)))",
        hints=NAME_HINTS,
    ),
    # Within a line: a query, a connection string, an environment.
    _password(
        inline, r"(?<![\w.-])[\w.-]{0,60}?", NAME, rf"{_QUOTE}?(?P<joint>\s{{0,3}}[:=]\s{{0,3}})",
        r"(?P<value>[^\s\"'`;,&<>(){}\[\]|]{4,200})(?=[\s\"'`;,&<>)|}\]]|\Z)",
        hints=NAME_HINTS,
    ),
    # In a Korean sentence; not before what is counted.
    _password(
        spoken, r"(?:비밀\s?번호|비번|암호|패스워드)(?:는|은|가|이|를|을)?\s{0,2}[:=(]?\s{0,2}[\"']?",
        r"(?P<value>[A-Za-z0-9!@#$%^&*][!#-&(*-_a-~]{3,40}+)(?![자회일개번차건분초년월명단])",
        hints=("비밀", "비번", "암호", "패스워드"),
    ),
    # An account in a Korean sentence: its name, a stroke, and what has a password's signs.
    _password(
        spoken, r"(?:계정|(?:로그인|접속)\s?정보|id\s?/\s?(?:pw|비밀번호|비번))\s?:?\s?[\w.@-]{2,40}\s?/\s?",
        r"(?P<value>(?=[^\s]{0,30}[!@#$%^&*])[A-Za-z0-9!@#$%^&*][!#-&(*-_a-~]{3,40}+)",
        hints=("계정", "정보", "id"),
    ),
)  # fmt: skip
"""In this order: what is told apart more surely comes first."""
