"""What a check of a machine found, said in Korean or English."""

from dataclasses import dataclass, field
from typing import Literal

from framewright_local.messages import Language

Level = Literal["good", "warning", "fault"]
_MARKS: dict[Level, str] = {"good": "ok  ", "warning": "warn", "fault": "FAIL"}

_TEXTS: dict[str, tuple[str, str]] = {
    "python": ("Python {found}", "Python {found}"),
    "python_old": (
        "Python {found}: 3.11 이상이 필요합니다. make PYTHON=python3.11 …",
        "Python {found}: 3.11 or newer is needed, make PYTHON=python3.11 …",
    ),
    "cpus": ("프로세서 {count}개", "{count} processors"),
    "cpus_few": ("프로세서 {count}개: 2개 이상을 권합니다.", "{count} processor: 2 or more serve better."),
    "memory": ("메모리 {found:.1f} GiB", "Memory {found:.1f} GiB"),
    "memory_low": (
        "쓸 수 있는 메모리 {found:.1f} GiB: {needed} GiB가 필요합니다. 다른 프로그램을 멈추거나 메모리를 늘리세요.",
        "{found:.1f} GiB of memory are free, {needed} GiB are needed: stop other programs, or add memory.",
    ),
    "disk": ("디스크 여유 {found:.0f} GB ({path})", "{found:.0f} GB free on the disk of {path}"),
    "disk_low": (
        "디스크 여유 {found:.0f} GB ({path}): {needed} GB가 필요합니다. `docker system prune` 또는 다른 디스크.",
        "{found:.0f} GB free on the disk of {path}, {needed} GB are needed: `docker system prune`, or another disk.",
    ),
    "port": ("포트 {port}번이 비어 있습니다 ({name})", "Port {port} is free ({name})"),
    "port_taken": (
        "포트 {port}번({name})을 다른 프로그램이 쓰고 있습니다: {variable} 값을 바꾸세요.",
        "Port {port} ({name}) is taken by another program: set {variable}.",
    ),
    "port_ours": ("포트 {port}번: 이 메시가 이미 쓰고 있습니다 ({name})", "Port {port} is this mesh's own ({name})"),
    "docker": ("Docker {engine}, Compose {compose}", "Docker {engine}, Compose {compose}"),
    "docker_old": (
        "Docker {engine}, Compose {compose}: 25 이상, 2.24 이상이 필요합니다.",
        "Docker {engine}, Compose {compose}: 25 and 2.24 or newer are needed.",
    ),
    "docker_missing": (
        "Docker가 응답하지 않습니다: 설치했는지, 서비스가 실행 중인지, 사용자가 docker 그룹에 있는지 보세요.",
        "Docker does not answer: is it installed, does its service run, is your account in the group docker?",
    ),
    "gpu": ("GPU {name}, {memory} MiB", "GPU {name}, {memory} MiB"),
    "gpu_missing": (
        "프로필 {profile}에는 NVIDIA GPU가 필요하지만 nvidia-smi가 응답하지 않습니다(docs/operations/engines.md).",
        "The profile {profile} needs an NVIDIA GPU, and nvidia-smi does not answer: see docs/operations/engines.md.",
    ),
    "gpu_runtime": (
        "Docker에 NVIDIA 런타임이 없습니다: nvidia-container-toolkit을 설치하고 Docker를 다시 시작하세요.",
        "Docker has no NVIDIA runtime: install nvidia-container-toolkit and restart Docker.",
    ),
    "no_engine": (
        "엔진이 설정되지 않았습니다: 규칙만 쓰는 `builtin`이 답합니다 (FRAMEWRIGHT_ENGINE_URL).",
        "No engine is set: `builtin`, which works by rules, answers (FRAMEWRIGHT_ENGINE_URL).",
    ),
    "engine": ("엔진 {url}: {model}, 컨텍스트 {window} 토큰", "Engine {url}: {model}, window of {window} tokens"),
    "engine_window_unknown": (
        "엔진 {url}: {model}. 컨텍스트 크기를 알려 주지 않습니다.",
        "Engine {url}: {model}; it does not say its window.",
    ),
    "engine_away": (
        "엔진 {url}이 응답하지 않습니다({reason}). 주소와 방화벽을 보세요(컨테이너에서는 host.docker.internal).",
        "The engine {url} does not answer ({reason}): address, firewall? (From containers: host.docker.internal.)",
    ),
    "engine_model": (
        "엔진 {url}에 모델 {model}이 없습니다. 있는 것: {known}",
        "The engine {url} has no model {model}; it has: {known}.",
    ),
    "engine_window": (
        "엔진 {url}의 컨텍스트가 {window} 토큰입니다: 4096 이상이어야 하고 8192를 권합니다.",
        "The engine {url} has a window of {window} tokens: 4,096 is the least, 8,192 is comfortable.",
    ),
    "unknown_setting": (
        ".env의 {name}은(는) 아무도 읽지 않습니다. 철자를 확인하세요{hint}.",
        "Nobody reads {name} in .env: is it spelt right{hint}?",
    ),
    "settings": (".env: 설정 {count}개", ".env: {count} settings"),
    "summary_good": ("이 기계에서 실행할 수 있습니다.", "Framewright can run here."),
    "summary_fault": (
        "실행할 수 없습니다: 고칠 것 {count}가지.",
        "Framewright can't run here: {count} to mend.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    key: str
    values: dict[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        return f"{_MARKS[self.level]}  {render(self.key, language, self.values)}"


def render(key: str, language: Language, values: dict[str, object]) -> str:
    ko, en = _TEXTS[key]
    return (ko if language == "ko" else en).format(**values)


def good(key: str, **values: object) -> Finding:
    return Finding("good", key, values)


def warning(key: str, **values: object) -> Finding:
    return Finding("warning", key, values)


def fault(key: str, **values: object) -> Finding:
    return Finding("fault", key, values)
