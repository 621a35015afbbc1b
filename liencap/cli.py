"""`liencap read | start | demo | serve | …` (see docs/reference/commands.md): errors are one line, exit not 0."""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liencap.core.reading.model import Plan
    from liencap.lan import Certificate

Command = Callable[[argparse.Namespace], int]


class Refusal(SystemExit):
    """Stop with one clear line on stderr and exit code 1."""

    def __init__(self, message: str) -> None:
        sys.stderr.write(f"liencap: {message}\n")
        super().__init__(1)


def read(args: argparse.Namespace) -> int:
    """Read one document and print what it sets: no database and no Django are loaded."""
    from liencap.core.reading import read_document
    from liencap.core.reading.formats import UnreadableFile

    try:
        data = Path(args.file).read_bytes()
    except OSError as error:
        raise Refusal(f"{args.file} cannot be opened: {error.strerror}.") from None
    try:
        plan = read_document(_openable(data), Path(args.file).name)
    except UnreadableFile as refusal:
        raise Refusal(f"{args.file}: {refusal.message}") from None
    if args.json:
        json.dump(plan.as_dict(), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    elif args.case:
        from liencap.core.reading.exports import to_case

        json.dump(to_case(plan, Path(args.file).stem), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    elif args.html or args.ics or args.csv or args.xlsx:
        _export(plan, args)
    else:
        _print_plan(plan)
    return 0


def _openable(data: bytes) -> bytes:
    """Return the file, or what LibreOffice makes of one that only it opens; without it the file stays as it is."""
    from liencap.core.reading.formats import sniff
    from liencap.work import office

    return (office.to_docx(data) or data) if sniff(data) in ("doc", "odt", "rtf") else data


def _export(plan: "Plan", args: argparse.Namespace) -> None:
    """Write a reading for another tool: text to the terminal or a pipe, a workbook into a file."""
    from liencap.core.reading import exports

    if args.xlsx:
        try:
            Path(args.xlsx).write_bytes(exports.to_xlsx(plan))
        except OSError as error:
            raise Refusal(f"{args.xlsx} cannot be written: {error.strerror}.") from None
        return
    write = exports.to_html if args.html else exports.to_ics if args.ics else exports.to_csv
    sys.stdout.buffer.write(write(plan).encode("utf-8", "replace"))


def _print_plan(plan: "Plan") -> None:
    """Print a reading for people, in colour where a terminal shows it and nobody asked for none."""
    from liencap.core.reading.exports import to_outline

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    outline = to_outline(plan, width=shutil.get_terminal_size((100, 24)).columns, colour=colour)
    sys.stdout.buffer.write(outline.encode("utf-8", "replace"))


def _django() -> None:
    """Load the settings and the rooms."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liencap.config.settings")
    try:
        import django
    except ImportError:
        raise Refusal(
            "the server's parts are missing; install them: pipx install 'liencap[server]'"
        ) from None

    django.setup()


def migrate(_args: argparse.Namespace) -> int:
    """Bring the database up to date."""
    _django()
    from django.core.management import call_command

    from liencap.work.actions import refresh_statistics

    call_command("migrate", interactive=False, verbosity=1)
    refresh_statistics()
    return 0


def work(_args: argparse.Namespace) -> int:
    """Run background jobs until stopped."""
    import signal
    import threading

    _django()
    from liencap.work.actions import run_worker

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    run_worker(stop)
    return 0


def start(args: argparse.Namespace) -> int:
    """Bring this machine from nothing to a running site, and open the browser on it."""
    from liencap import starting

    os.environ.setdefault("LIENCAP_HOME", str(starting.usual_home()))
    os.umask(0o077)
    made = _doors(args)
    _django()
    from django.conf import settings
    from django.core.management import call_command

    from liencap.core.warm import warm
    from liencap.founding.code import setup_code
    from liencap.founding.queries import is_empty
    from liencap.serving import run_servers

    print(f"Liencap keeps its data in {settings.HOME}", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    warm()
    port = args.port or settings.PORT
    address = f"{'https' if made else 'http'}://localhost:{port}/"
    if is_empty():
        code = setup_code()
        address += f"founding/begin/?code={code}"
        print(f"Set up your organisation here: {address}\nThe code of the setting up: {code}", flush=True)
    for line in starting.network_lines(made, port) if made else []:
        print(line, flush=True)
    if not args.no_browser:
        starting.open_when_it_answers(address, port)
    return run_servers(args.host, port, tls=made)


def serve(args: argparse.Namespace) -> int:
    """Serve the site and watch a job worker; a demo database never listens beyond loopback."""
    made = _doors(args)
    _django()
    from django.conf import settings

    from liencap.serving import run_servers
    from liencap.starting import network_lines

    port = args.port or settings.PORT
    for line in network_lines(made, port) if made else []:
        print(line, flush=True)
    return run_servers(args.host, port, tls=made)


def _doors(args: argparse.Namespace) -> "Certificate | None":
    """Decide who is let in before the settings load: this machine alone, unless somebody said otherwise by name."""
    home = Path(os.environ.get("LIENCAP_HOME", "var")).resolve()
    is_demo = os.environ.get("LIENCAP_DEMO") == "1" or (home / "demo-mark").exists()
    beyond = args.lan or args.host not in ("127.0.0.1", "::1", "localhost")
    if is_demo and beyond:
        raise Refusal("this is a demo database: it is served on this machine only (127.0.0.1).")
    if args.lan and args.behind_proxy:
        raise Refusal("--lan makes its own certificate, --behind-proxy leaves that to the proxy; choose one.")
    if args.behind_proxy:
        os.environ["LIENCAP_TLS"] = "proxy"
    elif args.lan:
        from liencap.starting import let_network_in

        args.host = "0.0.0.0" if args.host == "127.0.0.1" else args.host  # noqa: S104  # asked for by name
        return let_network_in(home)
    elif beyond:
        raise Refusal(
            f"{args.host} lets others in: say --lan (own certificate) or --behind-proxy (a proxy speaks TLS)."
        )
    return None


def _door_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int)
    command.add_argument(
        "--lan", action="store_true", help="let the office's network in, over TLS with an own certificate"
    )
    command.add_argument(
        "--behind-proxy", action="store_true", help="a proxy before it speaks TLS and sets X-Forwarded-Proto"
    )


def import_units(args: argparse.Namespace) -> int:
    """Import tiers, units and seats from an XLSX or CSV sheet."""
    _django()
    from liencap.errors import DomainError
    from liencap.units.setup import found_roles, found_tiers, import_file

    try:
        found_tiers(args.tier)
        found_roles()
        for line in import_file(Path(args.file), confirmed=args.yes):
            print(line)
    except OSError as error:
        raise Refusal(f"{args.file}: {error.strerror}") from None
    except DomainError as refusal:
        raise Refusal(str(refusal)) from None
    return 0


def audit(_args: argparse.Namespace) -> int:
    """Verify the chain of the audit log."""
    _django()
    from liencap.audit.queries import verify

    verdict = verify()
    print(f"sealed entries: {verdict.sealed}; not sealed yet: {verdict.unsealed}")
    for problem in verdict.problems:
        print(f"PROBLEM: {problem}", file=sys.stderr)
    return 1 if verdict.problems else 0


def check_totals(_args: argparse.Namespace) -> int:
    """Compute the totals of all opened periods anew and compare bit for bit; exit 1 when one differs."""
    _django()
    from liencap.reports.actions import prove_totals
    from liencap.reports.queries import periods_with_totals

    wrong = 0
    for period in periods_with_totals():
        differing = prove_totals(period)
        wrong += len(differing)
        print(f"period {period.pk}: {len(differing)} totals differ")
        for unit, kind in differing[:50]:
            print(f"PROBLEM: unit {unit}, {kind}", file=sys.stderr)
    return 1 if wrong else 0


def reindex(_args: argparse.Namespace) -> int:
    """Index all texts for the search anew; run it again when it was stopped."""
    _django()
    from liencap.search.actions import rebuild

    for kind, done in rebuild():
        print(f"{kind}: {done}", flush=True)
    return 0


def doctor(_args: argparse.Namespace) -> int:
    """Check folders, rights, database and keys; one line a finding, and exit 1 when there is one."""
    _django()
    from liencap.doctor import findings

    bad = findings()
    print("\n".join(bad) if bad else "All is well.", file=sys.stderr if bad else sys.stdout)
    return 1 if bad else 0


def _read_arguments(reading: argparse.ArgumentParser) -> None:
    """Name the file and, at most, one of the shapes in which its reading is written."""
    reading.add_argument("file")
    shape = reading.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the whole reading as one JSON object")
    shape.add_argument(
        "--case", action="store_true", help="print what was found as a case that tests a reader"
    )
    shape.add_argument("--html", action="store_true", help="print one page with every found place marked")
    shape.add_argument("--ics", action="store_true", help="print the deadlines as a calendar")
    shape.add_argument("--csv", action="store_true", help="print the task table")
    shape.add_argument("--xlsx", metavar="OUT", help="write the task table into this workbook")


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    top = argparse.ArgumentParser(prog="liencap", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Command) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=(run.__doc__ or "").splitlines()[0])
        made.set_defaults(run=run)
        return made

    _read_arguments(add("read", read))
    add("migrate", migrate)
    starting = add("start", start)
    _door_arguments(starting)
    starting.add_argument("--no-browser", action="store_true", help="only print the address")
    _door_arguments(add("serve", serve))
    add("work", work)
    importing = add("import", import_units)
    importing.add_argument("file")
    importing.add_argument(
        "--tier",
        action="append",
        default=[],
        metavar="CODE=NAME[=ENGLISH]",
        help="found this tier, from the top down",
    )
    importing.add_argument("--yes", action="store_true", help="import; without it only say what would change")
    auditing = add("audit", audit)
    auditing.add_argument("deed", choices=["verify"])
    add("check-totals", check_totals)
    add("reindex", reindex)
    add("doctor", doctor)
    demoing = add("demo", demo)
    demoing.add_argument("--plan", help="run the line on this document instead of the sample plan")
    demoing.add_argument(
        "--out",
        help="write plan.json, programme.xlsx, totals.json, consolidated.docx and consolidated.pdf into this folder",
    )
    demoing.add_argument("--no-serve", action="store_true", help="build only")
    return top


def demo(args: argparse.Namespace) -> int:
    """Build the sample organisation on SQLite and serve it on this machine."""
    os.environ["LIENCAP_DEMO"] = "1"
    os.environ["LIENCAP_HOME"] = os.environ.get("LIENCAP_HOME", "var/demo")
    os.environ.pop("DATABASE_URL", None)
    from liencap.demo import prepare

    prepare()
    _django()
    from django.conf import settings

    from liencap.demo.build import build
    from liencap.demo.files import NotThere

    try:
        build(args.plan, args.out)
    except NotThere as refusal:
        raise Refusal(str(refusal)) from None
    if args.no_serve:
        return 0
    from liencap.serving import run_servers

    return run_servers("127.0.0.1", settings.PORT)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
