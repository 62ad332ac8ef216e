"""A framework's names for a spec's names: prefixes and cases by the pack's rules, unique within a screen."""

from ..packs.model import NameRule, NamingRules


class Namer:
    """Gives out names; a name given twice in one screen gets a number."""

    def __init__(self, rules: NamingRules) -> None:
        self._rules = rules
        self._used = {name.lower() for name in rules.reserved}

    def name(self, kind: str, *words: str) -> str:
        """The name of a thing of that kind, the same for the same words; it may be given out again."""
        rule = self._rule(kind)
        return rule.prefix + _cased("_".join(words), rule)

    def unique(self, kind: str, *candidates: str) -> str:
        """The first candidate whose name is free, else the last one with a number."""
        for candidate in candidates:
            name = self.name(kind, candidate)
            if name.lower() not in self._used:
                return self._take(name)
        number = 2
        while f"{name}_{number}".lower() in self._used:
            number += 1
        return self._take(f"{name}_{number}")

    def _take(self, name: str) -> str:
        self._used.add(name.lower())
        return name

    def _rule(self, kind: str) -> NameRule:
        rules = self._rules.rules
        return rules.get(kind) or rules.get(kind.split(".", maxsplit=1)[0]) or NameRule()


def _cased(words: str, rule: NameRule) -> str:
    if rule.case == "pascal":
        return "".join(word[:1].upper() + word[1:] for word in words.split("_"))
    if rule.case == "camel":
        first, *others = words.split("_")
        return first.lower() + "".join(word[:1].upper() + word[1:] for word in others)
    return words.upper() if rule.case == "upper_snake" else words.lower()
