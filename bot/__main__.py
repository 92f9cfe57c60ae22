"""The commands: demo, run, doctor, chat, check, draw, seed, slack-manifest, invite, desk."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

# Each command imports what it needs when it runs: a chat in the terminal starts without the web server.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="solardesk", description="A support desk for solar installers.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(run=run)
        return added

    command("demo", _demo, "start the web chat with sample data and print where to look")
    command("run", _run, "start every channel that is configured")
    command("doctor", _doctor, "say what is configured, what answers and what is missing")
    chat = command("chat", _chat, "talk in this terminal, on sample data of its own")
    chat.add_argument("--lang", choices=("nl", "fr", "en"), default="en", help="the language to begin in")
    chat.add_argument("--name", default="you", help="a name for this conversation, to go on with it later")
    command("check", _check, "check the flows, the translations and the drawings")
    command("draw", _draw, "write a drawing of each flow into docs/flows")
    seed = command("seed", _seed, "fill the database with sample data")
    seed.add_argument("--json", action="store_true", help="print what a tester needs")
    manifest = command("slack-manifest", _slack_manifest, "print the manifest of the Slack app")
    manifest.add_argument(
        "--lang", choices=("nl", "fr", "en"), default="en", help="the language of its words"
    )
    manifest.add_argument("--url", default="", help="the public https address; without it: Socket Mode")
    manifest.add_argument("--many", action="store_true", help="any workspace may install it (with --url)")
    invite = command("invite", _invite, "print a one-time link and code for linking a chat")
    invite.add_argument("email", help="the address on file")
    desk = command("desk", _desk, "the work of the support desk: list, show, ask, note, message, status")
    if "desk" in (arguments if arguments is not None else sys.argv[1:]):
        from bot.desk_work import add_commands

        add_commands(desk)
    parsed = parser.parse_args(arguments)
    return int(parsed.run(parsed))


def _demo(_arguments: argparse.Namespace) -> int:
    from bot.serve import demo

    return demo()


def _run(_arguments: argparse.Namespace) -> int:
    from bot.serve import run

    return run()


def _doctor(_arguments: argparse.Namespace) -> int:
    from bot.doctor import doctor

    return doctor()


def _chat(arguments: argparse.Namespace) -> int:
    from bot.terminal import chat

    return chat(arguments.name, arguments.lang)


def _check(_arguments: argparse.Namespace) -> int:
    from bot.drawings import outdated
    from flows.catalog import ALL
    from flows.engine.check import problems
    from locales import check

    found = problems(ALL)
    found += check.problems({flow.name: flow for flow in ALL})
    found += outdated(ALL, Path("docs/flows"))
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"{len(ALL)} flows, {len(found)} problems")
    return 1 if found else 0


def _draw(_arguments: argparse.Namespace) -> int:
    from bot.drawings import write
    from flows.catalog import ALL

    write(ALL, Path("docs/flows"))
    return 0


def _seed(arguments: argparse.Namespace) -> int:
    from bot.desk_commands import seed

    return seed(as_json=arguments.json)


def _slack_manifest(arguments: argparse.Namespace) -> int:
    import json

    from bot.channels.slack.manifest import manifest

    made = manifest(arguments.lang, arguments.url, many=arguments.many)
    print(json.dumps(made, ensure_ascii=False, indent=2))
    return 0


def _invite(arguments: argparse.Namespace) -> int:
    from bot.desk_commands import invite

    return invite(arguments.email)


def _desk(arguments: argparse.Namespace) -> int:
    from bot.desk_work import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
