"""What known families of models want to see before a text."""

_QUERY_PASSAGE = ("query: ", "passage: ")
_BY_NAME = (("e5", _QUERY_PASSAGE),)


def prefixes_for(model: str) -> tuple[str, str]:
    """Prefixes of queries and documents by the model's name; empty for models trained without."""
    name = model.rsplit("/", 1)[-1].lower()
    words = name.replace("_", "-").split("-")
    return next((prefixes for mark, prefixes in _BY_NAME if mark in words), ("", ""))
