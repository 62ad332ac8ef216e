"""`python -m framewright_operations`: what an operator does beside starting and stopping, one command each."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from framewright_local.messages import MeshError, language_of

from . import audit, bundle, downgrade, sbom, stack
from .backup import command as backup
from .messages import OperationError, Say
from .preflight import command as preflight

Work = Callable[[argparse.Namespace, Path, Mapping[str, str], Say], int]
_THIS_CHECKOUT = Path(__file__).resolve().parents[3]
_WORK: dict[str, Work] = {
    "backup": backup.back_up,
    "restore": backup.restore,
    "stack": stack.render,
    "preflight": preflight.check,
    "bundle": bundle.make,
    "sbom": sbom.write,
    "audit": audit.audit,
    "downgrade": downgrade.go_down,
}


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    asked = _parser().parse_args(arguments)
    say = Say(lambda line: print(line, flush=True), language_of(environment))
    try:
        return _WORK[asked.command](asked, asked.root, environment, say)
    except (OperationError, MeshError) as error:
        print(error.text(say.language), file=sys.stderr, flush=True)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="framewright_operations", description=__doc__)
    parser.add_argument("--root", type=Path, default=_THIS_CHECKOUT, help="the checkout that is meant")
    commands = parser.add_subparsers(dest="command", required=True)
    backup.add_arguments(commands.add_parser("backup", help="back a running mesh up"), restores=False)
    backup.add_arguments(commands.add_parser("restore", help="restore a backup into an empty mesh"), restores=True)
    stack.add_arguments(commands.add_parser("stack", help="the Swarm form of the compose file"))
    preflight.add_arguments(commands.add_parser("preflight", help="whether this machine can run Framewright"))
    bundle.add_arguments(commands.add_parser("bundle", help="everything that a machine without a network needs"))
    downgrade.add_arguments(commands.add_parser("downgrade", help="take the schemas of the local mesh down"))
    sbom.add_arguments(commands.add_parser("sbom", help="what the product is made of"))
    audit.add_arguments(commands.add_parser("audit", help="secrets in what git follows, advisories against packages"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
