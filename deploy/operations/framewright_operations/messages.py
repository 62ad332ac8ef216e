"""What the operator's commands say, in Korean and English, and the errors that they end with."""

from collections.abc import Callable

from framewright_local.messages import Language

_TEXTS: dict[str, tuple[str, str]] = {
    "no_mesh": (
        "실행 중인 메시가 없습니다. `make serve`(로컬) 또는 `make up`(Compose)으로 시작한 뒤 다시 하세요.",
        "No mesh runs here: start it with `make serve` (local) or `make up` (Compose), then try again.",
    ),
    "two_meshes": (
        "로컬 메시와 Compose가 모두 실행 중입니다. MESH=local 또는 MESH=compose 로 고르세요.",
        "Both the local mesh and Compose run here: say which, MESH=local or MESH=compose.",
    ),
    "command_failed": ("{command} 실행이 실패했습니다:\n{tail}", "{command} failed:\n{tail}"),
    "indexing": (
        "색인이 진행 중입니다. 끝날 때까지 기다립니다 …",
        "The index is being written: waiting until it rests …",
    ),
    "never_still": (
        "{count}번 시도했지만 그때마다 색인이 바뀌었습니다. 색인 작업이 없을 때 다시 하세요.",
        "The index changed during each of {count} attempts: try again when nothing is being indexed.",
    ),
    "backed_up": (
        "백업했습니다: {folder} ({megabytes:.1f} MB, {seconds:.1f}초)",
        "Backed up: {folder} ({megabytes:.1f} MB, {seconds:.1f} s)",
    ),
    "new_passphrase": (
        "백업 암호를 새로 만들었습니다: {path}\n이 파일이 없으면 백업을 열 수 없습니다. 다른 곳에도 보관하세요.",
        "A passphrase for backups was made: {path}\nNo backup opens without it: keep a copy somewhere else.",
    ),
    "removed_old": ("오래된 백업을 지웠습니다: {name}", "Removed the old backup {name}"),
    "no_backup": ("{folder}에 백업이 없습니다.", "There is no backup in {folder}."),
    "not_a_backup": ("{folder}는 백업이 아닙니다: {reason}", "{folder} is no backup: {reason}."),
    "damaged": ("백업이 손상되었습니다: {reason}", "The backup is damaged: {reason}. Nothing was changed."),
    "wrong_key": (
        "이 암호나 키로는 백업이 열리지 않습니다. 바뀐 것은 없습니다.",
        "The backup does not open with this passphrase or key. Nothing was changed.",
    ),
    "no_key": (
        "백업을 열 암호나 키가 없습니다: PASSPHRASE_FILE=파일 또는 IDENTITY=파일",
        "Nothing to open the backup with: PASSPHRASE_FILE=file, or IDENTITY=file.",
    ),
    "runs": (
        "메시가 실행 중입니다. 먼저 멈추세요: {how}",
        "The mesh runs: stop it first, {how}.",
    ),
    "not_empty": (
        "여기에는 이미 데이터가 있습니다({what}). 지우고 복원하려면 REPLACE=1 을 붙이세요.",
        "There is data here already ({what}): REPLACE=1 deletes it and restores.",
    ),
    "other_key": (
        "{name}이(가) .env에 다른 값으로 설정되어 있습니다. .env에서 빼거나 백업의 값으로 맞추세요.",
        "{name} is set to another value in .env: remove it there, or set the backup's.",
    ),
    "restoring": (
        "복원합니다: {name} ({made_at}, 버전 {version})",
        "Restoring {name} (of {made_at}, version {version})",
    ),
    "step": ("  {name:<12} {seconds:5.1f}초", "  {name:<12} {seconds:5.1f} s"),
    "restored": ("복원했습니다({seconds:.1f}초). 주소: {url}", "Restored in {seconds:.1f} s: {url}"),
    "stack_written": (
        "Swarm용 파일을 썼습니다: {path}\n배포: docker stack deploy -c {path} framewright",
        "The Swarm form was written: {path}\nTo deploy it: docker stack deploy -c {path} framewright",
    ),
    "bundle_exists": (
        "{folder}에 이미 파일이 있습니다. 다른 폴더를 쓰거나 지우세요.",
        "There are files in {folder} already: name another folder, or remove it.",
    ),
    "bundled": (
        "묶음을 만들었습니다: {folder} (파일 {files}개, {megabytes:.0f} MB)\n대상 기계에서: ./install.sh 폴더",
        "Bundled: {folder} ({files} files, {megabytes:.0f} MB)\nOn the other machine: ./install.sh FOLDER",
    ),
    "sbom_written": ("{path}: 구성 요소 {count}개", "{path}: {count} components"),
    "sbom_no_licence": (
        "      라이선스를 밝히지 않은 것: {names}",
        "      without a licence in their metadata: {names}",
    ),
    "secrets_none": (
        "ok    파일 {count}개에 비밀값이 없습니다 (사람이 확인한 것이 있는 파일 {known}개).",
        "ok    No secret in {count} files ({known} of them hold what looks like one; a person has looked).",
    ),
    "secrets_found": (
        ("FAIL  비밀값처럼 보이는 것이 있습니다. 비밀값이면 폐기하고 지우세요. 아니면: "
        ".venv/bin/detect-secrets scan --baseline {baseline}; .venv/bin/detect-secrets audit {baseline}"),
        ("FAIL  This looks like a secret. If it is one, revoke it and take it out. If not: "
        ".venv/bin/detect-secrets scan --baseline {baseline}; .venv/bin/detect-secrets audit {baseline}"),
    ),
    "secrets_unseen": (
        "FAIL  {baseline}에 사람이 확인하지 않은 것이 있습니다: .venv/bin/detect-secrets audit {baseline}",
        "FAIL  Nobody has looked at these of {baseline} yet: .venv/bin/detect-secrets audit {baseline}",
    ),
    "secrets_no_git": (
        "????  비밀값을 찾지 못했습니다: git 저장소가 아닙니다.",
        "????  NOT LOOKED AT for secrets: this is no clone of git.",
    ),
    "advisories_none": (
        "ok    {what} 패키지 {count}개에 알려진 취약점이 없습니다 (데이터베이스가 모르는 것: {missed}).",
        "ok    No known advisory against {count} {what} packages (unknown to the database: {missed}).",
    ),
    "advisories_bad": (
        ("FAIL  {what} 패키지에 알려진 취약점이 있습니다. 올리거나, 영향이 없으면 이유와 기한을 "
        "deploy/operations/accepted_advisories.toml에 적으세요."),
        ("FAIL  Known advisories against {what} packages. Upgrade; or, where one does not touch us, write why and "
        "until when into deploy/operations/accepted_advisories.toml."),
    ),
    "advisories_away": (
        ("????  {what} 패키지 {count}개를 확인하지 못했습니다: 취약점 데이터베이스가 응답하지 않습니다. "
        "네트워크가 있는 곳에서 다시 하세요 (STRICT=1 이면 실패로 끝납니다)."),
        ("????  NOT AUDITED: {count} {what} packages; no database of advisories answers from here. Run it where "
        "there is a network (STRICT=1 makes this a failure)."),
    ),
    "not_a_revision": (
        "{word}: 서비스=리비전 형식이어야 합니다 ({owners})",
        "{word}: say it as service=revision, of {owners}",
    ),
    "went_down": (
        "스키마를 내렸고 메시는 멈춰 있습니다: {revisions}. 이제 이전 버전을 시작하세요.",
        "The schemas went down, and the mesh is stopped: {revisions}. Start the earlier version now.",
    ),
    "not_a_scale": ("{word}: 서비스=개수 형식이어야 합니다", "{word}: say it as service=number"),
}  # fmt: skip


def render(key: str, language: Language, **values: object) -> str:
    ko, en = _TEXTS[key]
    return (ko if language == "ko" else en).format(**values)


class OperationError(Exception):
    """What was asked can't be done; `key` is its text, which says what helps."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(render(key, "en", **values))

    def text(self, language: Language) -> str:
        return render(self.key, language, **self.values)


class Say:
    """Writes messages in one language."""

    def __init__(self, write: Callable[[str], None], language: Language) -> None:
        self.write, self.language = write, language

    def __call__(self, key: str, **values: object) -> None:
        self.write(render(key, self.language, **values))
