"""Texts of `framewright login`, `logout` and `whoami`."""

TEXTS: dict[str, tuple[str, str]] = {
    "email": ("이메일", "Email"),
    "password": ("비밀번호", "Password"),
    "logged_in": ("{name}({role})로 {url}에 로그인했습니다.", "Signed in at {url} as {name} ({role})."),
    "kept_at": ("로그인 정보: {place} (본인만 읽을 수 있음)", "Kept in {place}, readable by you alone."),
    "local_first": (
        "이 폴더에서는 로컬 메시({url})가 우선합니다. 로그인한 서버를 쓰려면 FRAMEWRIGHT_URL={wanted} 을 설정하세요.",
        "In this folder the local mesh ({url}) goes first. To use the one signed in to: FRAMEWRIGHT_URL={wanted}",
    ),
    "key_first": (
        "지금은 FRAMEWRIGHT_API_KEY나 이 폴더의 .framewright에 있는 키가 이 로그인보다 우선합니다.",
        "At present the key of FRAMEWRIGHT_API_KEY, or of this folder's .framewright, goes before this sign-in.",
    ),
    "login_refused": ("로그인하지 못했습니다: {reason}", "Not signed in: {reason}"),
    "logged_out": ("로그아웃했습니다: {url}", "Signed out: {url}"),
    "had_ended": (
        "서버는 이 로그인을 더 이상 받지 않습니다. 여기서도 지웠습니다: {url}",
        "The mesh no longer takes this sign-in; it is forgotten here, too: {url}",
    ),
    "logged_out_here": (
        (
            "로그인 정보를 여기서만 지웠습니다: {url}\n"
            "서버에는 알리지 못했습니다({reason}). 그곳의 로그인은 기한이 될 때까지 남습니다."
        ),
        (
            "The sign-in is forgotten here only: {url}\n"
            "The mesh could not be told ({reason}): there it lasts until its time is over."
        ),
    ),
    "key_forgotten": (
        "키를 여기서 지웠습니다. 서버에서는 계속 유효합니다: {url}",
        "The key is forgotten here; at the mesh it stays valid: {url}",
    ),
    "not_logged_in": ("로그인한 서버가 없습니다.", "There is no sign-in."),
    "login_needs_terminal": (
        "터미널이 아니면 --api-key 또는 --password-stdin 이 필요합니다.",
        "Without a terminal it needs --api-key or --password-stdin.",
    ),
}
