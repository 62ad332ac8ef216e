"""The compose file keeps its promises: one door, closed networks, limits, health, secrets as files."""

import re
from pathlib import Path
from typing import Any

import pytest
from compose_file import ENGINES, OBSERVABILITY, ONE_SHOT, WORKERS, Stack, load_stack
from dockerfile import Dockerfile

URLS = {
    "GATEWAY_URL": "gateway",
    "RAG_URL": "rag-service",
    "EMBEDDING_URL": "embedding-service",
    "LLM_PROXY_URL": "llm-proxy",
    "INTENT_URL": "intent-service",
    "POSTPROCESS_URL": "postprocess-service",
    "ADMIN_URL": "admin-service",
}
MEMORY = re.compile(r"^\d+[mg]$")


def networks_of(service: dict[str, Any]) -> set[str]:
    return set(service["networks"])


def test_every_service_is_there(stack: Stack, images: dict[str, Dockerfile]) -> None:
    assert set(stack.services) == {*images, "edge", "postgres", "qdrant"} | ONE_SHOT | ENGINES | WORKERS | OBSERVABILITY


def test_only_the_edge_publishes_a_port(stack: Stack) -> None:
    published = {name: service["ports"] for name, service in stack.services.items() if "ports" in service}
    assert set(published) == {"edge", "grafana"}
    assert [port.rpartition(":")[2] for port in published["edge"]] == ["8080", "8443"]
    # What is not said otherwise listens on this machine alone.
    assert all(
        re.match(r"\$\{FRAMEWRIGHT_(PLAIN_)?BIND:-127\.0\.0\.1\}:", p) for ports in published.values() for p in ports
    )


def test_the_mesh_is_closed_to_the_outside(stack: Stack) -> None:
    open_networks = {name for name, network in stack.networks.items() if not network.get("internal")}
    assert open_networks == {"public", "engines", "webhooks", "alerts"}
    with_a_way_out = {name for name, service in stack.services.items() if networks_of(service) & open_networks}
    assert with_a_way_out == {"edge", "llm-proxy", "grafana", "alertmanager"} | ENGINES | WORKERS


def test_the_edge_reaches_the_gateway_and_nothing_else(stack: Stack) -> None:
    assert networks_of(stack.services["edge"]) == {"public", "edge"}
    on_it = {name for name, service in stack.services.items() if "edge" in networks_of(service)}
    assert on_it == {"edge", "gateway", "prometheus"}


def test_a_store_is_reached_by_its_owners_alone(stack: Stack) -> None:
    def on(network: str) -> set[str]:
        return {name for name, service in stack.services.items() if network in networks_of(service)}

    assert on("database") == {"postgres", "gateway", "admin-service", *ONE_SHOT, *WORKERS}
    assert on("vectors") == {"qdrant", "rag-service"}
    assert networks_of(stack.services["postgres"]) == {"database"}
    assert networks_of(stack.services["qdrant"]) == {"vectors"}
    with_edge = networks_of(stack.services["edge"])
    for name in {"postgres", "qdrant"} | ENGINES:
        assert not networks_of(stack.services[name]) & with_edge, name


def test_each_service_is_hardened_and_limited(stack: Stack) -> None:
    for name, service in stack.services.items():
        if name in ENGINES:
            continue
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["restart"] == ("no" if name in ONE_SHOT else "unless-stopped"), name
        assert MEMORY.match(service["deploy"]["resources"]["limits"]["memory"]), name
        assert service["deploy"]["resources"]["limits"]["pids"] == 512, name
        assert service["logging"]["options"]["max-size"], name


def test_each_service_has_a_health_check(stack: Stack, images: dict[str, Dockerfile]) -> None:  # R5.8
    for name, service in stack.long_running().items():
        if name == "loki":  # its image holds no program that could ask
            continue
        assert "healthcheck" in service or images[name].arguments("HEALTHCHECK"), name


def test_the_services_find_one_another_at_the_ports_of_their_images(
    stack: Stack, images: dict[str, Dockerfile]
) -> None:
    for service in stack.ours().values():
        for variable, name in URLS.items():
            assert service["environment"][variable] == f"http://{name}:{images[name].port()}"


def test_migrations_come_before_any_replica(stack: Stack) -> None:
    finished = {"condition": "service_completed_successfully"}
    for owner, job in (
        ("gateway", "migrate-gateway"),
        ("admin-service", "migrate-admin"),
    ):
        assert stack.services[owner]["depends_on"][job] == finished
        assert stack.services[job]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
        assert stack.services[job]["command"] == ["python", "-m", "app.db.migrate", "up"]
        assert stack.services[job]["image"] == stack.services[owner]["image"]


def test_the_start_goes_by_health(stack: Stack) -> None:
    """Whoever waits for a server waits for its health, and for a job until it has done its work."""
    for name, service in stack.services.items():
        waits = service.get("depends_on", {})
        for other in waits if isinstance(waits, dict) else {}:
            wanted = "service_completed_successfully" if other in ONE_SHOT else "service_healthy"
            assert waits[other]["condition"] == wanted, (name, other)


def test_no_service_waits_for_its_peers(stack: Stack) -> None:
    waits = {name: set(service.get("depends_on", {})) for name, service in stack.ours().items()}
    assert set().union(*waits.values()) <= {"postgres", "qdrant", *ONE_SHOT}


def test_secrets_come_as_files_and_only_where_they_are_needed(stack: Stack) -> None:
    for name, service in stack.services.items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"SECRET|PASSWORD|ENCRYPTION|METRICS_TOKEN|DATABASE_URL|API_KEY|_TOKEN(_FILE)?$", variable):
                assert variable.endswith("_FILE"), f"{name}: {variable}"
                assert value.removeprefix("/run/secrets/") in service["secrets"], f"{name}: {variable}"
    holders = {
        secret: {n for n, s in stack.services.items() if secret in s.get("secrets", [])} for secret in stack.secrets
    }
    assert holders["encryption_key"] == {"admin-service", "migrate-admin"}
    assert holders["postgres_password"] == {"postgres"}
    assert holders["gateway_database_url"] == {"gateway", "migrate-gateway", *WORKERS}
    assert holders["admin_database_url"] == {"admin-service", "migrate-admin"}
    assert holders["engine_api_key"] == holders["openai_api_key"] == {"llm-proxy"}
    assert holders["edge_key"] == {"edge"}
    assert all(secret["file"] == f"./deploy/secrets/{name}" for name, secret in stack.secrets.items())


def test_images_are_pinned(stack: Stack) -> None:
    for name, service in stack.services.items():
        image = service["image"]
        assert ":" in image, name
        assert not image.endswith(":latest"), name
        assert "pull_policy" not in service, name


def test_every_volume_and_network_is_declared_and_used(stack: Stack) -> None:
    used = {str(v).split(":")[0] for service in stack.services.values() for v in service.get("volumes", [])}
    assert set(stack.volumes) == {name for name in used if re.fullmatch(r"[a-z-]+", name)}
    assert set(stack.networks) == set().union(*(networks_of(service) for service in stack.services.values()))


def test_mounted_files_exist(stack: Stack, root: Path) -> None:
    for service in stack.services.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./"):
                assert (root / source).exists(), source


def test_each_engine_is_a_profile_of_its_own(stack: Stack) -> None:  # R1.14
    for name in ENGINES:
        assert stack.services[name]["profiles"] == [name]
        assert networks_of(stack.services[name]) == {"engines"}
    devices = {name for name, service in stack.services.items() if "reservations" in str(service.get("deploy"))}
    assert devices == ENGINES  # R2.4: nothing but an engine sees a GPU
    assert "awq_marlin" in str(stack.services["vllm"]["environment"])  # R1.18


@pytest.mark.parametrize(
    ("engine", "parts"),
    [
        ("vllm", {"--quantization", "--max-model-len", "--enable-lora", "--lora-modules"}),
        ("ollama", {"OLLAMA_CONTEXT_LENGTH", "OLLAMA_KEEP_ALIVE"}),
        ("llamacpp", {"N_GPU_LAYERS", "LLAMA_ARG_THREADS", "LOAD_MODE", "N_PARALLEL", "CTX_SIZE"}),
    ],
)
def test_an_engine_shows_its_settings(engine: str, parts: set[str], stack: Stack) -> None:  # R1.14, R1.18
    text = str(stack.services[engine])
    assert {part for part in parts if part not in text} == set()


def test_observability_is_a_profile(stack: Stack) -> None:  # R5.8
    assert {name for name, s in stack.services.items() if s.get("profiles") == ["observability"]} == OBSERVABILITY


@pytest.mark.parametrize("layer", ["compose.no-qdrant.yml", "compose.hub.yml", "compose.dev.yml"])
def test_a_layer_changes_what_exists(layer: str, stack: Stack, root: Path) -> None:
    changed = load_stack(root / "deploy" / layer)
    assert set(changed.services) <= set(stack.services)


def test_the_layer_without_qdrant_keeps_the_vectors_on_a_volume(root: Path) -> None:
    layer = load_stack(root / "deploy" / "compose.no-qdrant.yml")
    rag = layer.services["rag-service"]
    assert layer.services["qdrant"]["profiles"] == ["qdrant-server"]
    assert rag["depends_on"] == {}
    assert rag["environment"] == {"QDRANT_URL": "", "QDRANT_PATH": "/var/lib/framewright/qdrant"}
    assert rag["volumes"] == ["rag-data:/var/lib/framewright"]
    assert "/var/lib/framewright" in (root / "rag-service" / "Dockerfile").read_text(encoding="utf-8")


def test_the_worker_is_the_gateways_image_with_another_command(stack: Stack) -> None:  # R2.2
    worker, gateway = stack.services["gateway-worker"], stack.services["gateway"]
    assert worker["image"] == gateway["image"]
    assert "app.worker:create_app" in worker["command"]
    assert "ports" not in worker
    assert "container_name" not in worker, "it scales"
    assert worker["depends_on"]["migrate-gateway"] == {"condition": "service_completed_successfully"}


def test_development_has_the_sources_mounted_and_reloads(root: Path) -> None:  # R5.6
    layer = load_stack(root / "deploy" / "compose.dev.yml")
    for name, service in layer.services.items():
        folder = {"gateway-worker": "gateway", "migrate-gateway": "gateway", "migrate-admin": "admin-service"}.get(
            name, name
        )
        assert f"./{folder}/app:/srv/{folder}/app:ro" in service["volumes"], name
        assert "./libs:/srv/libs:ro" in service["volumes"], name
        if name not in ONE_SHOT:
            assert service["command"][-1] == "--reload", name
