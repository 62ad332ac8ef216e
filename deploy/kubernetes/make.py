"""Writes the Kubernetes base: `python deploy/kubernetes/make.py`. What differs between services is said here once."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "base"
VERSION = "0.1.0"
_PART_OF = {"app.kubernetes.io/part-of": "framewright"}
_URLS = {
    "GATEWAY_URL": "http://gateway:8080",
    "RAG_URL": "http://rag-service:8000",
    "EMBEDDING_URL": "http://embedding-service:8001",
    "LLM_PROXY_URL": "http://llm-proxy:8002",
    "INTENT_URL": "http://intent-service:8003",
    "POSTPROCESS_URL": "http://postprocess-service:8004",
    "ADMIN_URL": "http://admin-service:8005",
    "QDRANT_URL": "http://qdrant:6333",
    "FRAMEWRIGHT_MODE": "production",
    "FRAMEWRIGHT_LOG_FORMAT": "json",
}


@dataclass(frozen=True, slots=True)
class Service:
    """`scale_on`: a metric of the pods and its target for each; without one, the processor decides."""

    name: str
    port: int
    memory: str
    cpu: str = "250m"
    image: str = ""
    command: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ("service_secret", "metrics_token")
    environment: dict[str, str] = field(default_factory=dict)
    most: int = 6
    scale_on: tuple[str, str] | None = None
    migrates: bool = False
    drain_s: int = 60
    state: bool = False


PRIVATE_NETWORKS = "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7"
"""Only the ingress reaches the gateway from outside: its word on the client's address is taken."""
SERVICES = (
    Service(
        "gateway", 8080, "512Mi", cpu="500m",
        secrets=("service_secret", "metrics_token", "gateway_database_url"),
        environment={
            "DATABASE_URL_FILE": "/run/secrets/framewright/gateway_database_url",
            "GATEWAY_TRUSTED_PROXIES": PRIVATE_NETWORKS,
        },
        most=8, scale_on=("framewright_gateway_event_streams", "200"), migrates=True,
    ),
    Service(
        "gateway-worker", 8006, "512Mi", image="gateway",
        command=("python", "-m", "chassis.server", "app.worker:create_app", "--port", "8006"),
        secrets=("service_secret", "metrics_token", "gateway_database_url"),
        environment={"DATABASE_URL_FILE": "/run/secrets/framewright/gateway_database_url"},
        # Each worker says its share of the queues.
        most=12, scale_on=("framewright_gateway_worker_jobs_waiting", "10"), drain_s=120,
    ),
    Service("intent-service", 8003, "384Mi"),
    Service("rag-service", 8000, "768Mi"),
    Service("embedding-service", 8001, "2560Mi", cpu="1", environment={"OMP_WAIT_POLICY": "PASSIVE"}, most=4),
    Service(
        "llm-proxy", 8002, "384Mi",
        environment={"FRAMEWRIGHT_STATE_DIR": "/var/lib/framewright"},
        scale_on=("framewright_llm_proxy_http_requests_in_flight", "100"), drain_s=300, state=True,
    ),
    Service("postprocess-service", 8004, "512Mi"),
    Service(
        "admin-service", 8005, "384Mi",
        secrets=("service_secret", "metrics_token", "encryption_key", "admin_database_url"),
        environment={
            "DATABASE_URL_FILE": "/run/secrets/framewright/admin_database_url",
            "FRAMEWRIGHT_ENCRYPTION_KEY_FILE": "/run/secrets/framewright/encryption_key",
        },
        most=3, migrates=True,
    ),
)  # fmt: skip


def labels(name: str) -> dict[str, str]:
    return {"app.kubernetes.io/name": name, **_PART_OF}


def image(service: Service) -> str:
    return f"framewright/{service.image or service.name}:{VERSION}"


def deployment(service: Service) -> dict[str, Any]:
    pod = labels(service.name)
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": service.name, "labels": pod},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": {"app.kubernetes.io/name": service.name}},
            "strategy": {"rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}},
            "template": {"metadata": {"labels": pod}, "spec": _pod(service)},
        },
    }


def _pod(service: Service) -> dict[str, Any]:
    return {
        "automountServiceAccountToken": False,
        "terminationGracePeriodSeconds": service.drain_s,
        "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
        "topologySpreadConstraints": [
            {
                "maxSkew": 1,
                "topologyKey": "kubernetes.io/hostname",
                "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": {"matchLabels": {"app.kubernetes.io/name": service.name}},
            }
        ],
        "containers": [_container(service)],
        "volumes": [*_secret_volume(service), {"name": "tmp", "emptyDir": {}}, *_state_volume(service)],
    }


def _container(service: Service) -> dict[str, Any]:
    mounts = [
        {"name": "secrets", "mountPath": "/run/secrets/framewright", "readOnly": True},
        {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 - the container's own
    ]
    return {
        "name": "service",
        "image": image(service),
        **({"command": list(service.command)} if service.command else {}),
        "ports": [{"name": "http", "containerPort": service.port}],
        "envFrom": [{"configMapRef": {"name": "framewright"}}],
        "env": _environment(service),
        "startupProbe": _probe("/livez", 1, 60),
        "livenessProbe": _probe("/livez", 10, 3),
        "readinessProbe": _probe("/readyz", 5, 2),
        "resources": {
            "requests": {"cpu": service.cpu, "memory": service.memory},
            "limits": {"memory": service.memory},
        },
        "securityContext": {
            "readOnlyRootFilesystem": True,
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": mounts + ([{"name": "state", "mountPath": "/var/lib/framewright"}] if service.state else []),
    }


def _environment(service: Service) -> list[dict[str, str]]:
    folder = "/run/secrets/framewright"
    own = {
        "FRAMEWRIGHT_SERVICE_SECRET_FILE": f"{folder}/service_secret",
        "FRAMEWRIGHT_METRICS_TOKEN_FILE": f"{folder}/metrics_token",
        **service.environment,
    }
    return [{"name": name, "value": value} for name, value in own.items()]


def _probe(path: str, period_s: int, failures: int) -> dict[str, Any]:
    return {
        "httpGet": {"path": path, "port": "http"},
        "periodSeconds": period_s,
        "timeoutSeconds": 4,
        "failureThreshold": failures,
    }


def _secret_volume(service: Service) -> list[dict[str, Any]]:
    items = [{"key": name, "path": name} for name in service.secrets]
    return [{"name": "secrets", "secret": {"secretName": "framewright", "items": items, "defaultMode": 0o444}}]


def _state_volume(service: Service) -> list[dict[str, Any]]:
    return [{"name": "state", "emptyDir": {}}] if service.state else []


def network_service(service: Service) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": service.name, "labels": labels(service.name)},
        "spec": {
            "selector": {"app.kubernetes.io/name": service.name},
            "ports": [{"name": "http", "port": service.port, "targetPort": "http"}],
        },
    }


def disruption_budget(service: Service) -> dict[str, Any]:
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": {"name": service.name, "labels": labels(service.name)},
        "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app.kubernetes.io/name": service.name}}},
    }


def autoscaler(service: Service) -> dict[str, Any]:
    processor = {
        "type": "Resource",
        "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 75}},
    }
    metrics = [processor]
    if service.scale_on:
        name, target = service.scale_on
        metrics.append(
            {
                "type": "Pods",
                "pods": {"metric": {"name": name}, "target": {"type": "AverageValue", "averageValue": target}},
            }
        )
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": service.name, "labels": labels(service.name)},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": service.name},
            "minReplicas": 2,
            "maxReplicas": service.most,
            "metrics": metrics,
            "behavior": {"scaleDown": {"stabilizationWindowSeconds": 300}},
        },
    }


def migration(service: Service) -> dict[str, Any]:
    """Runs before a new version's pods: apply it, wait for it, then the rest."""
    pod = _pod(service)
    container = _container(service)
    for name in ("ports", "startupProbe", "livenessProbe", "readinessProbe"):
        del container[name]
    container["command"] = ["python", "-m", "app.db.migrate", "up"]
    del pod["topologySpreadConstraints"], pod["terminationGracePeriodSeconds"]
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": f"migrate-{service.name}", "labels": labels(f"migrate-{service.name}")},
        "spec": {
            "backoffLimit": 6,
            "ttlSecondsAfterFinished": 86400,
            "template": {
                "metadata": {"labels": labels(f"migrate-{service.name}")},
                "spec": {**pod, "restartPolicy": "OnFailure", "containers": [container]},
            },
        },
    }


def network_policies() -> list[dict[str, Any]]:
    """Nothing reaches a pod but the mesh; the edge reaches the gateway alone; only llm-proxy goes out."""
    every: dict[str, Any] = {"podSelector": {"matchLabels": _PART_OF}}
    return [
        _policy("mesh", {"matchLabels": _PART_OF}, {"ingress": [{"from": [every]}], "policyTypes": ["Ingress"]}),
        _policy(
            "gateway-from-the-edge",
            {"matchLabels": {"app.kubernetes.io/name": "gateway"}},
            {"ingress": [{"ports": [{"port": 8080}]}], "policyTypes": ["Ingress"]},
        ),
        _policy(
            "no-way-out",
            {
                "matchLabels": _PART_OF,
                "matchExpressions": [
                    {"key": "app.kubernetes.io/name", "operator": "NotIn", "values": ["llm-proxy", "gateway-worker"]}
                ],
            },
            {
                "egress": [{"to": [every]}, {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53}, {"port": 5432}]}],
                "policyTypes": ["Egress"],
            },
        ),
    ]


def _policy(name: str, selector: dict[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": name, "labels": dict(_PART_OF)},
        "spec": {"podSelector": selector, **spec},
    }


def files() -> dict[str, str]:
    """The base by file name."""
    made: dict[str, list[dict[str, Any]]] = {}
    for service in SERVICES:
        made[f"{service.name}.yaml"] = [
            deployment(service),
            network_service(service),
            disruption_budget(service),
            autoscaler(service),
        ]
    made["migrations.yaml"] = [migration(service) for service in SERVICES if service.migrates]
    made["network-policies.yaml"] = network_policies()
    made["config.yaml"] = [
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "framewright", "labels": dict(_PART_OF)},
            "data": _URLS,
        }
    ]
    made["kustomization.yaml"] = [
        {
            "apiVersion": "kustomize.config.k8s.io/v1beta1",
            "kind": "Kustomization",
            "namespace": "framewright",
            "resources": sorted([*made, "namespace.yaml", "ingress.yaml", "qdrant.yaml"]),
        }
    ]
    return {name: _HEAD + yaml.safe_dump_all(items, sort_keys=False, width=110) for name, items in made.items()}


_HEAD = "# Made by make.py: change that, not this.\n"


def main() -> None:
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
