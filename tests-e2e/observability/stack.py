"""Prometheus and Alertmanager as processes beside a local mesh, and the operators' webhook."""

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import yaml

from observability.scaled import scaled_routes, scaled_rules
from support.mesh import Mesh, until

PROGRAMS = {"prometheus": "prometheus", "alertmanager": "prometheus-alertmanager"}
"""Debian's names: `apt-get install prometheus prometheus-alertmanager`."""


@dataclass
class Pager:
    """What the operators were told, in the order of its coming: alert, status, job."""

    told: list[tuple[str, str, str]] = field(default_factory=list)

    def heard(self, alert: str, status: str) -> bool:
        return any(item[:2] == (alert, status) for item in list(self.told))


@dataclass
class Stack:
    url: str
    targets: Path
    jobs: dict[str, str]
    pager: Pager

    def set_targets(self, jobs: dict[str, str]) -> None:
        """Who is scraped: address by job."""
        listed = [{"targets": [address], "labels": {"job": job}} for job, address in jobs.items()]
        partial = self.targets.with_suffix(".new")
        partial.write_text(json.dumps(listed), encoding="utf-8")
        partial.replace(self.targets)

    def query(self, path: str, **parameters: str) -> Any:
        answer = httpx.get(f"{self.url}/api/v1/{path}", params=parameters, trust_env=False, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def firing(self) -> set[str]:
        return {
            item["labels"]["alertname"] for item in self.query("alerts")["alerts"] if item["state"] == "firing"
        }  # fmt: skip

    def up(self) -> set[str]:
        return {item["metric"]["job"] for item in self.query("query", query="up == 1")["result"]}

    def metadata(self) -> dict[str, str]:
        """Type by name of all that the mesh exports."""
        families = self.query("metadata")
        return {name: entries[0]["type"] for name, entries in families.items()}


@contextmanager
def stack_beside(mesh: Mesh, folder: Path, port: int) -> Iterator[Stack]:
    """Both, scraping every service of the mesh with its token each second; `port` and the next two are theirs."""
    with ExitStack() as running:
        pager = running.enter_context(_pager(port + 2))
        token = mesh.state / "secrets" / "metrics_token"
        jobs = {name: f"127.0.0.1:{number}" for name, number in mesh.record()["ports"].items()}
        stack = Stack(f"http://127.0.0.1:{port}", folder / "targets.json", jobs, pager)
        stack.set_targets(jobs)
        hook = folder / "webhook"
        hook.write_text(f"http://127.0.0.1:{port + 2}/", encoding="utf-8")
        (folder / "alertmanager.yml").write_text(yaml.safe_dump(scaled_routes(hook)), encoding="utf-8")
        for name in ("alerts.yml", "recorded.yml"):
            (folder / name).write_text(yaml.safe_dump(scaled_rules(name)), encoding="utf-8")
        config = {
            "global": {"scrape_interval": "2s", "scrape_timeout": "2s", "evaluation_interval": "1s"},
            "rule_files": [str(folder / "alerts.yml"), str(folder / "recorded.yml")],
            "alerting": {"alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{port + 1}"]}]}]},
            "scrape_configs": [{
                "job_name": "mesh", "authorization": {"credentials_file": str(token)},
                "file_sd_configs": [{"files": [str(stack.targets)], "refresh_interval": "1s"}],
            }],
        }  # fmt: skip
        (folder / "prometheus.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        running.enter_context(_program(folder, "alertmanager", [
            f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/alertmanager",
            "--cluster.listen-address=",             f"--web.listen-address=127.0.0.1:{port + 1}",
        ]))  # fmt: skip
        running.enter_context(_program(folder, "prometheus", [
            f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/tsdb",
            f"--web.listen-address=127.0.0.1:{port}", "--log.level=warn",
        ]))  # fmt: skip
        until(lambda: _is_up(stack.url) and _is_up(f"http://127.0.0.1:{port + 1}"), limit_s=60)
        yield stack


def missing_programs() -> list[str]:
    return [name for name in PROGRAMS.values() if shutil.which(name) is None]


@contextmanager
def _program(folder: Path, name: str, arguments: list[str]) -> Iterator[None]:
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen([PROGRAMS[name], *arguments], stdout=log, stderr=log, cwd=folder)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def _is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/-/ready", trust_env=False, timeout=5).status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def _pager(port: int) -> Iterator[Pager]:
    pager = Pager()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            for alert in document["alerts"]:
                labels = alert["labels"]
                pager.told.append((labels["alertname"], alert["status"], labels.get("job", "")))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    try:
        yield pager
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def seen_for(stack: Stack, seconds: float) -> set[str]:
    """All alerts that fire within this time."""
    fired: set[str] = set()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        fired |= stack.firing()
        time.sleep(0.5)
    return fired
