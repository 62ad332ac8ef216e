"""Who may call which path: the one table behind the guard, and behind the test that walks every path."""

import re
from dataclasses import dataclass
from typing import Literal

from chassis.errors import Forbidden
from chassis.guard import is_open

from .identity import User

Audience = Literal["open", "user", "service", "scrape"]

GENERATE, SEARCH, PATCH, CHAT, ADMIN = "generate", "search", "patch", "chat", "admin"
ANY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table. `scopes`: a limited key needs one of them; `limited_keys`: whether one may call at all.

    `roles`: empty for all of them.
    """

    path: re.Pattern[str]
    audience: Audience = "user"
    methods: frozenset[str] = ANY
    scopes: frozenset[str] = ANY
    roles: frozenset[str] = ANY
    limited_keys: bool = True

    def covers(self, method: str, path: str) -> bool:
        return (not self.methods or method in self.methods) and self.path.fullmatch(path) is not None


def _rule(
    path: str,
    audience: Audience = "user",
    *scopes: str,
    methods: str = "",
    roles: str = "",
    limited_keys: bool = True,
) -> Rule:
    return Rule(
        re.compile(path),
        audience,
        frozenset(methods.split()),
        frozenset(scopes),
        frozenset(roles.split()),
        limited_keys,
    )


RULES: tuple[Rule, ...] = (
    _rule("/metrics", "scrape"),
    _rule("/internal/.*", "service"),
    _rule("/api/auth/(login|logout|refresh|register)", "open", methods="POST"),
    _rule("/api/auth/registration", "open", methods="GET"),
    _rule("/api/auth/(me|session)", methods="GET"),
    _rule("/api/auth/history", "user", CHAT, methods="GET"),
    _rule("/api/auth/usage", methods="GET"),
    _rule("/api/auth/(me|password)", methods="PUT PATCH POST DELETE", limited_keys=False),
    _rule("/(console(/.*)?)?", "open", methods="GET HEAD"),
    _rule("/api/admin/.*", "user", ADMIN),
    _rule("/(api/sessions|ws/chat|api/llm)(/.*)?", "user", CHAT),
    _rule("/api/(chat|generate|tags|show|embed|embeddings|ps|version)", "user", CHAT, GENERATE, PATCH),
    _rule("/v1/.*", "user", CHAT, GENERATE),
    _rule("/(plan|patch_smart)", "user", PATCH),
    _rule("/api/v1/(plans|patches)(/.*)?", "user", PATCH),
    _rule("/api/v1/repositories/[^/]+", "user", SEARCH, methods="DELETE", roles="admin operator"),
    _rule("/api/v1/(search|repositories)(/.*)?", "user", SEARCH),
    _rule("/api/v1/(generations|batches|webhooks)(/.*)?", "user", GENERATE),
    _rule("/api/v1/audit", "user", ADMIN, methods="GET", roles="admin operator"),
    _rule("/api/v1/packs/.*", "user", ADMIN, roles="admin operator"),
    _rule("/api/v1/training/.*", "user", ADMIN, methods="GET", roles="admin operator"),
    _rule("/mcp", "user", GENERATE, SEARCH, PATCH),
    _rule("/health"),
)
"""The first line that covers a path holds."""
TOOLS = {
    "generate": _rule("/mcp", "user", GENERATE),
    "search": _rule("/mcp", "user", SEARCH),
    "validate": _rule("/mcp", "user", GENERATE, PATCH),
    "patch": _rule("/mcp", "user", PATCH),
}
"""What a limited key needs for each tool of the MCP server, which has one path for all."""
_OPEN = _rule(".*", "open")
_OTHERWISE = _rule(".*", limited_keys=False)
"""A path that nobody thought of is for people and for keys without limits."""


def written_rule(method: str, path: str) -> Rule | None:
    """The rule that the table has for a path, or None."""
    if is_open(path):
        return _OPEN
    return next((rule for rule in RULES if rule.covers(method, path)), None)


def rule_of(method: str, path: str) -> Rule:
    return written_rule(method, path) or _OTHERWISE


def check(rule: Rule, user: User) -> None:
    """Raises Forbidden where the user's role, or the key's scopes, don't reach."""
    if rule.roles and user.role not in rule.roles:
        raise Forbidden(f"This needs the role {' or '.join(sorted(rule.roles))}.", code="role_forbidden")
    if not user.scopes or (rule.limited_keys and (not rule.scopes or user.scopes & rule.scopes)):
        return
    needed = ", ".join(sorted(rule.scopes)) or "none: it takes a key without limits"
    raise Forbidden(f"The API key's scopes don't reach here (needed: {needed}).", code="scope_missing")
