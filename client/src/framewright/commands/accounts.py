"""`framewright login`, `logout` and `whoami`: a sign-in with a password or an API key, kept for this user."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from framewright.client import Client
from framewright.credentials import DEFAULT_URL, find_credentials
from framewright.errors import ClientError, KeyRefused, Refused, Unreachable
from framewright.exits import Exit
from framewright.kept_sign_ins import Kept, KeptSignIns
from framewright.messages import Messages
from framewright.sign_in import SignIn, SignInAuth
from framewright.types import Account

from .terminal import AsJson, Lang, complain, connected, errors_told, print_json, speech

Url = Annotated[str, typer.Option("--url", help="Where the mesh is; FRAMEWRIGHT_URL unless given.")]


def add_to(app: typer.Typer) -> None:
    app.command()(login)
    app.command()(logout)
    app.command()(whoami)


def login(
    *,
    url: Url = "",
    email: Annotated[str, typer.Option(help="The account; asked for where it is missing.")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from there.")] = False,
    api_key: Annotated[str, typer.Option(envvar="FRAMEWRIGHT_API_KEY", help="A key, in place of a password.")] = "",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Sign in at a mesh. What is kept is readable by you alone, and renews itself."""
    say, display = speech(lang, as_json=as_json)
    base_url = (url or os.environ.get("FRAMEWRIGHT_URL") or DEFAULT_URL).rstrip("/")
    if email or password_stdin:
        api_key = ""  # what is said goes before what the environment says
    if not api_key:
        email, password = _asked_for(say, email, from_stdin=password_stdin)
    with errors_told(say, display):
        if api_key:
            kept, account = Kept(base_url, api_key), _account(base_url, api_key)
        else:
            sign_in = _signed_in(say, base_url, email, password)
            kept, account = Kept(base_url, sign_in=sign_in), _account(base_url, sign_in.access_token)
        store = KeptSignIns.of(os.environ)
        store.keep(kept)
    if as_json:
        print_json({"base_url": base_url, "user": account})
        return
    display.line(say("logged_in", url=base_url, name=_name(account), role=account["role"]))
    display.line(say("kept_at", place=store.file))
    used = find_credentials(os.environ, Path.cwd())
    if used.base_url != base_url:
        display.line(say("local_first", url=used.base_url, wanted=base_url))
    elif used.kept is None and used.api_key != api_key:
        display.line(say("key_first"))


def logout(*, url: Url = "", lang: Lang = None) -> None:
    """End the sign-in, at the mesh and here."""
    say, display = speech(lang)
    with errors_told(say, display):
        store = KeptSignIns.of(os.environ)
        kept = store.find(url or os.environ.get("FRAMEWRIGHT_URL", ""))
        if kept is None:
            display.line(say("not_logged_in"))
            return
        ended, code = _ended(store, kept, say)
        store.forget(kept.base_url)
    display.line(ended)
    raise typer.Exit(code)


def whoami(*, as_json: AsJson = False, lang: Lang = None) -> None:
    """Say which mesh the command talks to, and as whom."""
    say, display = speech(lang, as_json=as_json)
    with connected(say, display) as client:
        account = client.me()
        if as_json:
            print_json({"base_url": client.base_url, "user": account})
        display.line(say("logged_in", url=client.base_url, name=_name(account), role=account["role"]))


def _asked_for(say: Messages, email: str, *, from_stdin: bool) -> tuple[str, str]:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        try:
            email = email or typer.prompt(say("email"))
            password = typer.prompt(say("password"), hide_input=True)
        except typer.Abort:
            raise typer.Exit(Exit.INTERRUPTED) from None
    else:
        raise typer.BadParameter(say("login_needs_terminal"))
    if not email:
        raise typer.BadParameter("--email")
    return email, password


def _ended(store: KeptSignIns, kept: Kept, say: Messages) -> tuple[str, Exit]:
    """Ends it at the mesh, as far as that can be; what there is to say, and the exit code."""
    url = kept.base_url
    if kept.sign_in is None:
        return say("key_forgotten", url=url), Exit.DONE
    auth = SignInAuth(kept.sign_in, store)
    try:
        with Client(url, auth=auth) as client:
            with suppress(Refused):
                client.me()  # renews the tokens, if that is due
            client.log_out(auth.sign_in.refresh_token)
    except KeyRefused:
        return say("had_ended", url=url), Exit.DONE
    except Unreachable as error:
        return say("logged_out_here", url=url, reason=error), Exit.UNREACHABLE
    except ClientError as error:
        return say("logged_out_here", url=url, reason=error), Exit.FAILED
    return say("logged_out", url=url), Exit.DONE


def _signed_in(say: Messages, base_url: str, email: str, password: str) -> SignIn:
    try:
        with Client(base_url) as client:
            answer = client.log_in(email, password)
    except KeyRefused as error:
        complain(say("login_refused", reason=error))
        raise typer.Exit(Exit.KEY_REFUSED) from None
    return SignIn.of(base_url, email, answer, time.time())


def _account(base_url: str, token: str) -> Account:
    with Client(base_url, token) as client:
        return client.me()


def _name(account: Account) -> str:
    return str(account.get("email") or account.get("name") or account["id"])
