"""Starts the site: checks what could be wrong, one sentence each, then serves pages, events and routes on one port."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

from granian.constants import Interfaces
from granian.server import Server
from reflex_base.environment import environment
from sqlalchemy.exc import SQLAlchemyError

from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.data.migrations import SchemaState, schema_state
from cchc_app.settings import FRONTEND, Settings, get_settings
from cchc_app.texts import message
from cchc_app.texts import server as texts

TARGET = "cchc_app.cchc_app:app"
BACKLOG = 4096
# Open connections one worker takes; the default would turn away all but a thousand.
CONNECTIONS = 20_000
STOP_SECONDS = 5


def serve() -> None:
    """Serve until interrupted.

    Raises:
        SystemExit: with one sentence, when the port is taken, the front end is not built, or the database is missing,
            behind or newer than the code.
    """
    settings = get_settings()
    _check_frontend()
    _check_port(settings)
    _check_database()
    # The exported pages are served as they are: nothing is compiled, Node is not needed.
    environment.REFLEX_SKIP_COMPILE.set(True)
    print(texts.SERVING.format(url=settings.resolved_public_url), flush=True)  # noqa: T201
    Server(
        target=TARGET,
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        log_level="warning",
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


def _check_frontend() -> None:
    if not (FRONTEND / "index.html").is_file():
        raise SystemExit(texts.NOT_BUILT)


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            raise SystemExit(texts.PORT_TAKEN.format(port=settings.port)) from None


@contextmanager
def _database_answers() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError:
        raise SystemExit(message(ErrorCode.DATABASE_UNREACHABLE)) from None


def _check_database() -> None:
    with _database_answers():
        match schema_state(get_database()):
            case SchemaState.NEWER:
                raise SystemExit(message(ErrorCode.DATABASE_NEWER))
            case SchemaState.BEHIND:
                raise SystemExit(texts.DATABASE_BEHIND)
    get_database().dispose()
