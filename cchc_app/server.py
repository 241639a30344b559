"""Starts the site: checks what could be wrong, one sentence each, then serves pages, events and routes on one port."""

import socket
from contextlib import closing
from datetime import timedelta
from typing import Any, cast

import uvicorn
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from reflex_base.constants import Env
from reflex_base.environment import environment

from cchc_app.line_protocol import LineProtocol
from cchc_app.logs import set_up_logs
from cchc_app.settings import FRONTEND, MAX_MESSAGE, Settings, get_settings
from cchc_app.texts import server as texts

TARGET = "cchc_app.cchc_app:app"
BACKLOG = 4096
STOP_SECONDS = 5
# A worker that says nothing for so long is replaced; while it starts it says nothing.
WORKER_SECONDS = 60
# The first with what the framework's locks are made of.
OLDEST_REDIS = 7
REDIS_SECONDS = 3
# How long a process may keep a state to itself while nobody else asks for it.
HOLD = timedelta(seconds=5)
# How often every open page is asked whether it is still there: below the 60 s after which common proxies cut a silent
# line, and no oftener: every 25 s, 3,000 idle pages take 5.5 % of a core instead of 3.7. An end that is gone without a
# word is missed after the two together, as with the framework's own figures.
ASK_EVERY = timedelta(seconds=50)
ANSWER_WITHIN = timedelta(seconds=95)


def serve() -> None:
    """Serve until interrupted.

    Raises:
        SystemExit: with one sentence, when the front end is not built, the port is taken or Redis is not fit.
    """
    settings = get_settings()
    set_up_logs(settings.env)
    _check_frontend()
    _check_port(settings)
    _check_redis(settings)
    # The exported pages are served as they are: nothing is compiled, Node is not needed.
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_ENV_MODE.set(Env.PROD)
    # Told to browsers as well, so that they never send what the perimeter would refuse.
    environment.REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE.set(MAX_MESSAGE)
    environment.REFLEX_SOCKET_INTERVAL.set(ASK_EVERY)
    environment.REFLEX_SOCKET_TIMEOUT.set(ANSWER_WITHIN)
    environment.REFLEX_OPLOCK_ENABLED.set(bool(settings.redis_url))
    environment.REFLEX_OPLOCK_HOLD_TIME.set(HOLD)
    print(texts.SERVING.format(url=settings.resolved_public_url), flush=True)  # noqa: T201
    uvicorn.run(
        TARGET,
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        backlog=BACKLOG,
        http="httptools",
        ws=LineProtocol,
        ws_max_size=MAX_MESSAGE,
        # Compressing costs every open page a window of memory; Socket.IO asks by itself whether the other end is there.
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        timeout_graceful_shutdown=STOP_SECONDS,
        timeout_worker_healthcheck=WORKER_SECONDS,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        log_level="warning",
    )


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


def _check_redis(settings: Settings) -> None:
    if not settings.redis_url:
        return
    try:
        with Redis.from_url(
            settings.redis_url,
            socket_connect_timeout=REDIS_SECONDS,
            socket_timeout=REDIS_SECONDS,
            retry=Retry(NoBackoff(), 0),
        ) as redis:
            said = cast(dict[str, Any], redis.info("server"))
    except (RedisError, ValueError, OSError):
        # Never the address: it may hold a password.
        raise SystemExit(texts.REDIS_UNREACHABLE) from None
    version = str(said["redis_version"])
    if int(version.split(".")[0]) < OLDEST_REDIS:
        raise SystemExit(texts.REDIS_OLD.format(version=version, oldest=OLDEST_REDIS))
