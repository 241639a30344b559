"""How long a start takes: `cchc serve` in production with the pages built, until it says alive and until it says ready.

Run as `python -m tests.bench.start`.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from cchc_app import frontend, routes
from cchc_app.data.crypto import new_environment
from tests.bench.run import cpu_seconds
from tests.faults.kill import DIALECTS, database_url
from tests.live_site import ROOT, LiveSite

TICK_SECONDS = 0.02
PATIENCE_SECONDS = 120.0


def measure(site: LiveSite) -> tuple[float, float, float]:
    """Seconds from the command to alive, and to ready; processor seconds until then."""
    began = time.monotonic()
    with site.log.open("ab") as log:
        site.process = subprocess.Popen(
            site.command, cwd=ROOT, env=site.environment, stdout=log, stderr=log, start_new_session=True
        )
    alive = _answered(site, routes.ALIVE, began)
    ready = _answered(site, routes.READY, began)
    used = cpu_seconds(site.process.pid)
    site.stop()
    return alive, ready, used


def _answered(site: LiveSite, path: str, began: float) -> float:
    while time.monotonic() - began < PATIENCE_SECONDS:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{site.port}{path}", timeout=2):
            return time.monotonic() - began
        time.sleep(TICK_SECONDS)
    raise RuntimeError(site.log.read_text()[-2000:])


def main() -> None:
    """Start a few times on each database and print the medians."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--times", type=int, default=5)
    times = arguments.parse_args().times
    frontend.main()
    for dialect in DIALECTS:
        with tempfile.TemporaryDirectory() as name, database_url(dialect, Path(name)) as url:
            production = {"CCHC_ENV": "production", "CCHC_PUBLIC_URL": "https://hoithi.example.vn", **new_environment()}
            site = LiveSite(Path(name), database_url=url, environment=production)
            site.run("init", "--preset", "hai-phong-2025")
            alive, ready, used = zip(*(measure(site) for _ in range(times)), strict=True)
        print(
            f"{dialect}: alive after {statistics.median(alive):.1f} s, ready after {statistics.median(ready):.1f} s; "
            f"slowest of {times}: {max(ready):.1f} s; {statistics.median(used):.1f} s of a processor",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
