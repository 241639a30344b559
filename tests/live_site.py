"""A real site for tests: a production build served in a process group of its own, on a loopback port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_SECONDS = 60
STOP_SECONDS = 10


def free_port() -> int:
    """A port nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LiveSite:
    """One installation of the site.

    Args:
        data_dir: Where keys, the database (unless `database_url` names another) and the log are kept.
        database_url: A SQLAlchemy URL, empty for SQLite under `data_dir`.
        environment: Further settings.
    """

    def __init__(self, data_dir: Path, *, database_url: str = "", environment: dict[str, str] | None = None) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.command = [sys.executable, "-m", "cchc_app.cli", "serve"]
        self.log = data_dir / "server.log"
        self.environment = {
            **os.environ,
            "CCHC_DATA_DIR": str(data_dir),
            "CCHC_PORT": str(self.port),
            "CCHC_DATABASE_URL": database_url or f"sqlite:///{data_dir / 'cchc.sqlite3'}",
            "PYTHONUNBUFFERED": "1",
            **(environment or {}),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str) -> None:
        """Run one `cchc` command to its end."""
        command = [sys.executable, "-m", "cchc_app.cli", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start serving and wait until the site is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        give_up = time.monotonic() + START_SECONDS
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.kill()
                raise RuntimeError(f"the site did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """Stop as Ctrl-C does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGINT)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """Kill the whole group at once, as a power cut would."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def traceback(self) -> str:
        """The end of the log from its last traceback on; empty when there is none."""
        log = self.log.read_text(errors="replace") if self.log.exists() else ""
        start = log.rfind("Traceback (most recent call last)")
        return log[start:] if start >= 0 else ""
