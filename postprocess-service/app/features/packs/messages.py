"""What the check of a pack says, in Korean and English."""

_MESSAGES: dict[str, tuple[str, str]] = {
    "no_messages": (
        "pack.yaml의 언어 '{name}'에 대한 메시지가 없습니다.",
        "There are no messages in '{name}', which pack.yaml lists.",
    ),
    "message_missing": (
        "'{language}'에 메시지 '{name}'이(가) 없습니다. 다른 언어에는 있습니다.",
        "'{language}' lacks the message '{name}', which another language has.",
    ),
    "template_unused": (
        "어떤 산출물이나 템플릿도 쓰지 않는 템플릿입니다.",
        "No artifact and no other template uses this template.",
    ),
    "no_readme": (
        "README.md가 없습니다. 이 팩이 무엇을 만드는지 적어 주세요.",
        "There is no README.md: say what the pack makes.",
    ),
    "not_the_same": (
        "만들 때마다 다릅니다. 같은 명세는 같은 바이트가 되어야 합니다.",
        "What comes out differs each time: the same spec must give the same bytes.",
    ),
}


def said(code: str, spoken: str, **names: str) -> str:
    korean, english = _MESSAGES[code]
    return (korean if spoken == "ko" else english).format(**names)
