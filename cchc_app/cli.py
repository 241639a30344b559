"""The `cchc` command: small commands over services; what goes wrong is one sentence and exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from cryptography.fernet import InvalidToken
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from cchc_app import routes, server
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.audit import LogEnd
from cchc_app.data.crypto import new_environment
from cchc_app.data.engine import Database, get_database
from cchc_app.data.migrations import SchemaState, schema_state, upgrade
from cchc_app.data.trouble import trouble
from cchc_app.deployment import problems
from cchc_app.services import demo as demonstration
from cchc_app.services import import_roster as rosters
from cchc_app.services import representatives, staff_accounts
from cchc_app.services.audit_log import verify_log
from cchc_app.services.preset_files import PresetError, preset_names
from cchc_app.services.retention import retire
from cchc_app.services.roster_files import RosterError
from cchc_app.services.rotate_keys import rotate
from cchc_app.services.set_up_contest import set_up
from cchc_app.settings import get_settings
from cchc_app.texts import cli as texts
from cchc_app.texts import message
from cchc_app.texts import roster as roster_texts
from cchc_app.texts import server as server_texts

LOG_NUMBER_DIGITS = 18
NAMES = ", ".join(preset_names())

app = typer.Typer(help=texts.APP_HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
demo = typer.Typer(help=texts.DEMO_HELP, no_args_is_help=True)
app.add_typer(demo, name="demo")
roster = typer.Typer(help=roster_texts.HELP, no_args_is_help=True)
app.add_typer(roster, name="roster")


@app.command(help=texts.INIT_HELP)
def init(preset: Annotated[str | None, typer.Option(help=texts.PRESET_HELP.format(names=NAMES))] = None) -> None:
    """Migrate, then set up a contest unless one is there."""
    with _database() as db:
        if preset is not None and preset not in preset_names():
            raise _refusal(texts.PRESET_UNKNOWN.format(name=preset, names=NAMES))
        upgrade(db)
        typer.echo(texts.set_up(set_up(db, name=preset, now=datetime.now(UTC))))


@app.command(help=texts.MIGRATE_HELP)
def migrate() -> None:
    """Bring the schema up to date."""
    with _database() as db:
        upgrade(db)
        typer.echo(texts.MIGRATED)


@app.command(name="new-keys", help=texts.NEW_KEYS_HELP)
def new_keys() -> None:
    """Print fresh keys; they are stored nowhere."""
    for name, value in new_environment().items():
        typer.echo(f"{name}={value}")


@app.command(name="rotate-keys", help=texts.ROTATE_HELP)
def rotate_keys() -> None:
    """Put everything encrypted under the first key."""
    with _database() as db:
        _require_current(db)
        try:
            typer.echo(texts.rotated(rotate(db)))
        except InvalidToken:
            raise _refusal(texts.KEY_MISSING) from None


@app.command(help=texts.RETENTION_HELP)
def retention() -> None:
    """Anonymise people whose time is over."""
    with _database() as db:
        _require_current(db)
        days = get_settings().retention_days
        typer.echo(texts.retired(retire(db, days=days, now=datetime.now(UTC)), days))


@app.command(help=texts.SERVE_HELP)
def serve() -> None:
    """Serve the site until interrupted."""
    with _database() as db:
        _require_current(db)
        db.dispose()
    server.serve()


@app.command(name="create-admin", help=texts.CREATE_ADMIN_HELP)
def create_admin() -> None:
    """Invite an administrator: print a single-use link."""
    with _database() as db:
        _require_current(db)
        made = staff_accounts.create_admin(db, now=datetime.now(UTC))
        address = get_settings().resolved_public_url + routes.staff_invitation(made.token)
        typer.echo(texts.invited(address, made.expires_at))


@app.command(name="unit-code", help=texts.UNIT_CODE_HELP)
def unit_code(unit: Annotated[str, typer.Argument(help=texts.UNIT_CODE_UNIT_HELP)]) -> None:
    """Make a new one-time code of a unit: print it, and the page that takes it."""
    with _database() as db:
        _require_current(db)
        code = representatives.make_code_at_console(db, unit=unit, now=datetime.now(UTC))
        address = get_settings().resolved_public_url + routes.unit_code(code)
        typer.echo(texts.unit_code(unit, code, address))


@app.command(name="verify-audit", help=texts.VERIFY_AUDIT_HELP)
def verify_audit(noted: Annotated[str, typer.Option(help=texts.NOTED_HELP)] = "") -> None:
    """Check the audit log from its first entry to its end."""
    with _database() as db:
        _require_current(db)
        verdict = verify_log(db, noted=_noted_end(noted))
        if verdict.problems:
            raise _refusal(texts.audit_problems(verdict))
        typer.echo(texts.audit_sound(verdict))


def _noted_end(raw: str) -> LogEnd | None:
    number, _, hashed = raw.partition(":")
    if raw and not (number.isascii() and number.isdigit() and len(number) <= LOG_NUMBER_DIGITS and hashed):
        raise _refusal(texts.NOTED_WRONG)
    return LogEnd(int(number), hashed) if raw else None


@demo.command(help=texts.CLEAR_HELP)
def clear() -> None:
    """Remove the synthetic participants."""
    with _database() as db:
        _require_current(db)
        typer.echo(texts.cleared(demonstration.clear(db)))


@roster.command("import", help=roster_texts.IMPORT_HELP)
def import_roster(
    file: Annotated[Path, typer.Argument(help=roster_texts.FILE_HELP)],
    unit: Annotated[str, typer.Option(help=roster_texts.UNIT_HELP)],
    restore_zeros: Annotated[bool, typer.Option("--restore-zeros", help=roster_texts.ZEROS_HELP)] = False,
) -> None:
    """Replace a unit's roster."""
    with _database() as db:
        _require_current(db)
        try:
            done = rosters.import_roster(db, unit=unit, path=file, restore_zeros=restore_zeros, now=datetime.now(UTC))
        except RosterError as error:
            raise _refusal(roster_texts.problems(error.problems)) from None
        typer.echo(roster_texts.imported(done, unit))


def _require_current(db: Database) -> None:
    if schema_state(db) is SchemaState.BEHIND:
        raise _refusal(texts.DATABASE_BEHIND)


@contextmanager
def _database() -> Iterator[Database]:
    """The database, not newer than this code; every expected failure of the work with it becomes a sentence."""
    found_problems = problems(get_settings())
    if found_problems:
        raise _refusal(server_texts.settings_problems(found_problems))
    try:
        db = get_database()
        if schema_state(db) is SchemaState.NEWER:
            raise ContestError(ErrorCode.DATABASE_NEWER)
        yield db
    except ContestError as error:
        raise _refusal(message(error.code, error.details)) from None
    except PresetError as error:
        raise _refusal(texts.preset_problems(error.problems)) from None
    except ArgumentError:
        raise _refusal(texts.DATABASE_URL) from None
    except (OperationalError, OSError) as error:
        found = trouble(error)
        if found is None:
            raise
        raise _refusal(texts.TROUBLES[found].format(place=_place())) from None


def _place() -> str:
    """Where the data is, without a password."""
    return make_url(get_settings().resolved_database_url).render_as_string(hide_password=True)


def _refusal(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(1)


if __name__ == "__main__":
    app()
