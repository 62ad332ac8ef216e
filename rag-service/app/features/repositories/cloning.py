"""A git URL, cloned by git itself: from allowed hosts alone, without credentials, hooks, redirects or submodules."""

import asyncio
import os
import re
import signal
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

_BRANCH = re.compile(r"^(?!-)(?!.*(?:\.\.|@\{|//))[A-Za-z0-9_][\w./+-]{0,199}$")
_LOCAL = "file://"


class RefusedUrl(Exception):
    """The URL is not one to clone from; the message says why."""


class CloneFailed(Exception):
    """Git said no, or took too long."""


def checked_url(url: str, allowed: Sequence[str]) -> str:
    """The URL where its host (or, of a file URL, its folder) is allowed.

    Raises:
        RefusedUrl: it is not.
    """
    parts = urlsplit(url)
    if any(ord(character) <= 32 or character == "\\" for character in url) or parts.query or parts.fragment:
        raise RefusedUrl("is not a plain URL")
    if parts.scheme == "file":
        return _checked_folder(url, unquote(parts.path), parts.netloc, allowed)
    if parts.scheme != "https":
        raise RefusedUrl("must begin with https://")
    try:
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise RefusedUrl("has no valid port") from None
    if parts.username is not None or parts.password is not None:
        raise RefusedUrl("must have no credentials in it")
    name = host if port in {None, 443} else f"{host}:{port}"
    if not host or name not in {item.lower() for item in allowed if not item.startswith(_LOCAL)}:
        raise RefusedUrl(f"names a host that is not allowed: {name or 'none'}")
    return url


def checked_branch(branch: str) -> str:
    """The branch where git could know it by that name; empty: the repository's own default.

    Raises:
        RefusedUrl: it could not.
    """
    if branch and not _BRANCH.match(branch):
        raise RefusedUrl("is not a branch's name")
    return branch


def _checked_folder(url: str, path: str, netloc: str, allowed: Sequence[str]) -> str:
    folders = [Path(item.removeprefix(_LOCAL)).resolve() for item in allowed if item.startswith(_LOCAL)]
    asked = Path(path).resolve()
    if netloc or not any(asked.is_relative_to(folder) for folder in folders):
        raise RefusedUrl("names a folder that is not allowed")
    return url


async def clone(url: str, branch: str, folder: Path, *, limit_s: float) -> None:
    """The newest commit of the branch, in the empty folder.

    Raises:
        CloneFailed: it could not be had within the limit.
    """
    settings = (
        "http.followRedirects=false", "protocol.allow=never", f"protocol.{urlsplit(url).scheme}.allow=always",
        "core.hooksPath=/dev/null", "core.symlinks=false", "credential.helper=", "core.fsmonitor=false",
        "transfer.fsckObjects=false", "filter.lfs.smudge=", "filter.lfs.required=false",
    )  # fmt: skip
    options = [word for setting in settings for word in ("-c", setting)]
    named = ["--branch", branch] if branch else []
    try:
        process = await asyncio.create_subprocess_exec(
            "git", *options, "clone", "--quiet", "--depth", "1", "--single-branch", "--no-tags",
            "--no-recurse-submodules", *named, "--", url, str(folder),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
            env=_environment(folder), start_new_session=True,
        )  # fmt: skip
    except FileNotFoundError:
        raise CloneFailed("git is not installed where this service runs") from None
    try:
        async with asyncio.timeout(limit_s):
            _, said = await process.communicate()
    except TimeoutError:
        raise CloneFailed(f"git took longer than {limit_s:.0f} s") from None
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if process.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        raise CloneFailed((lines[-1] if lines else f"git ended with {process.returncode}")[:300])


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder.parent),
        "LC_ALL": "C.UTF-8",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "/bin/false",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
