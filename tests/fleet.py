"""A whole fleet for tests: real PostgreSQL, real Redis, two nodes of the site on two ports."""

import asyncio
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cchc_app import frontend
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.settings import Settings
from tests.crowd import add_people
from tests.faults.kill import database_url
from tests.live_site import LiveSite
from tests.proxy import Proxy
from tests.redis_server import RedisServer


@dataclass
class Fleet:
    """What runs, and people with signed-in browsers.

    Args:
        nodes: Two installations that share keys, database and Redis.
        db: The database, as the tests read it.
        redis: Their Redis.
        tokens: One signed-in browser for each person.
        folder: Where everything lies; the database under `pg`.
    """

    nodes: tuple[LiveSite, LiveSite]
    db: Database
    redis: RedisServer
    tokens: list[str]
    folder: Path

    def proxy(self) -> Proxy:
        """A proxy in front of the nodes."""
        return Proxy([node.port for node in self.nodes])

    async def start(self) -> None:
        """Start every node."""
        await asyncio.gather(*(asyncio.to_thread(node.start) for node in self.nodes))


@contextmanager
def fleet(
    folder: Path, *, people: int, environments: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
) -> Iterator[Fleet]:
    """A running fleet with the demonstration's contest.

    Args:
        folder: An empty one.
        people: Registered and signed in.
        environments: Further settings of each node.
    """
    frontend.main()
    with database_url("postgresql", folder) as url, RedisServer(folder) as redis:
        nodes = tuple(_node(folder, url, redis, name, extra) for name, extra in zip("ab", environments, strict=True))
        nodes[0].run("init", "--preset", "demo")
        use_keyring(load_keyring(Settings(data_dir=folder)))
        db = Database(url)
        tokens = add_people(db, people, now=datetime.now(UTC)) if people else []
        try:
            with ThreadPoolExecutor(len(nodes)) as starters:
                list(starters.map(LiveSite.start, nodes))
            yield Fleet((nodes[0], nodes[1]), db, redis, tokens, folder)
        finally:
            for node in nodes:
                node.kill()
            db.dispose()


def _node(folder: Path, url: str, redis: RedisServer, name: str, extra: Mapping[str, str]) -> LiveSite:
    node = LiveSite(folder, database_url=url, environment={"CCHC_REDIS_URL": redis.url, **extra})
    node.log = folder / f"node-{name}.log"
    return node
