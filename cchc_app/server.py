"""Starts the site: checks what could be wrong, one sentence each, then serves pages, events and routes on one port."""

import socket
from contextlib import closing

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from reflex_base.constants import Env
from reflex_base.environment import environment

from cchc_app.settings import FRONTEND, Settings, get_settings
from cchc_app.texts import server as texts

TARGET = "cchc_app.cchc_app:app"
BACKLOG = 4096
# Open connections one worker takes; the default would turn away all but a thousand.
CONNECTIONS = 20_000
STOP_SECONDS = 5


def serve() -> None:
    """Serve until interrupted.

    Raises:
        SystemExit: with one sentence, when the front end is not built or the port is taken.
    """
    settings = get_settings()
    _check_frontend()
    _check_port(settings)
    # The exported pages are served as they are: nothing is compiled, Node is not needed.
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_ENV_MODE.set(Env.PROD)
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
        log_level=LogLevels.warning,
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
