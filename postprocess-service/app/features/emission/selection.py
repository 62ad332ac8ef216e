"""Which files are asked for: kinds or groups of kinds, and the kinds that they bring along."""

from chassis.errors import FieldError, Unprocessable

from ...packs.model import ArtifactRule, Pack


def select_artifacts(pack: Pack, asked: list[str] | None) -> list[ArtifactRule]:
    """The rules of the files to make, in the pack's order. Raises `Unprocessable` naming the entry."""
    if not asked:
        return [rule for rule in pack.artifacts if rule.group == "default"]
    kinds = {rule.kind for rule in pack.artifacts}
    groups = {rule.group for rule in pack.artifacts}
    for index, name in enumerate(asked):
        if name not in kinds | groups:
            message = f"There is no artifact '{name[:100]}'; there are: {', '.join(sorted(kinds | groups))}."
            field = f"artifacts.{index}"
            raise Unprocessable(
                message, code="unknown_artifact", errors=[FieldError(field, message, "unknown_artifact")]
            )
    return [
        rule for rule in pack.artifacts if rule.kind in asked or rule.group in asked or (rule.brought_by or "") in asked
    ]
