"""Every image holds its own service, the libraries and, where it reads packs, the packs. Nothing else."""

import re
from pathlib import Path

from dockerfile import Dockerfile

READS_PACKS = re.compile(r"FRAMEWRIGHT_PACKS|packs_dir")


def test_copies_nothing_but_libraries_constraints_own_folder_and_packs(image: Dockerfile) -> None:
    allowed = ("libs/", "frameworks/", f"{image.service}/")
    strangers = [source for source in image.copied() if source != "constraints.txt" and not source.startswith(allowed)]
    assert strangers == []


def test_packs_are_copied_exactly_where_they_are_read(image: Dockerfile, root: Path) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (root / image.service / "app").rglob("*.py"))
    assert ("frameworks/" in image.copied()) == bool(READS_PACKS.search(code))


def test_needs_no_registry_but_for_its_base(image: Dockerfile) -> None:
    assert image.arguments("FROM") == ["python:3.11-slim"]
    earlier = [arguments.split()[0] for name, arguments in image.earlier if name == "FROM"]
    assert set(earlier) <= {"python:3.11-slim"}
    assert not image.text.lstrip().lower().startswith("# syntax=")
    assert "# escape=" not in image.text
    assert image.arguments("ADD") == []


def test_runs_without_root_and_in_its_own_folder(image: Dockerfile) -> None:  # R2.4
    assert image.arguments("USER") == ["10001:10001"]
    assert image.arguments("WORKDIR")[-1] == f"/srv/{image.service}"


def test_starts_by_the_chassis_and_asks_its_own_readiness(image: Dockerfile) -> None:  # R5.8
    command = image.command()
    assert command[:4] == ["python", "-m", "chassis.server", "app.main:create_app"]
    assert command[4:7] == ["--host", "0.0.0.0", "--port"]  # noqa: S104 - inside a container
    (health,) = image.arguments("HEALTHCHECK")
    assert "/readyz" in health
    assert health.endswith(f'"{image.port()}"]')
    assert image.arguments("EXPOSE") == [str(image.port())]


def test_dependencies_are_a_layer_before_the_code(image: Dockerfile) -> None:
    installed = image.place("RUN", f"-r {image.service}/requirements.txt")
    assert installed < image.place("COPY", "libs/ libs/")
    assert installed < image.place("COPY", f"{image.service}/ {image.service}/")
    assert "-c constraints.txt" in image.steps[installed][1]


def test_the_first_layers_are_the_same_in_every_image(images: dict[str, Dockerfile]) -> None:
    beginnings = {image.steps[: image.place("RUN", "libs.txt") + 1] for image in images.values()}
    assert len(beginnings) == 1


def test_a_model_library_is_in_the_embedding_image_alone(images: dict[str, Dockerfile], root: Path) -> None:  # R2.4
    with_torch = {name for name, image in images.items() if "torch" in image.text}
    assert with_torch == {"embedding-service"}
    heavy = re.compile(r"^(torch|transformers|sentence-transformers|kiwipiepy|onnxruntime)\b", re.MULTILINE)
    asking = {name for name in images if heavy.search((root / name / "requirements.txt").read_text(encoding="utf-8"))}
    assert asking <= {"embedding-service"}


def test_the_torch_build_is_for_the_cpu_unless_asked_otherwise(images: dict[str, Dockerfile]) -> None:
    arguments = images["embedding-service"].arguments("ARG")
    assert "TORCH_VARIANT=+cpu" in arguments
    assert any(argument.endswith("/whl/cpu") for argument in arguments)


def test_the_build_context_holds_no_state_of_a_developer(root: Path) -> None:
    lines = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    for unwanted in ("**/.venv", "**/node_modules", "**/.env", "**/__pycache__"):
        assert unwanted in lines
    assert "!deploy" not in lines
    assert "!.git" not in lines


def test_the_console_is_built_apart_and_only_its_files_are_in_the_image(images: dict[str, Dockerfile]) -> None:
    image = images["admin-service"]
    assert [other.service for other in images.values() if other.earlier] == ["admin-service"]
    taken = [arguments for name, arguments in image.steps if name == "COPY" and "--from=" in arguments]
    assert [arguments.split()[1:] for arguments in taken] == [
        ["/build/admin-service/console/dist/", "admin-service/console/dist/"]
    ]
    assert "nodejs" not in " ".join(arguments for _, arguments in image.steps)
