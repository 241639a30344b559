"""What a first visit costs: compressed bytes of HTML, scripts, styles and fonts, and Lighthouse's mobile scores.

Run as `python -m tests.bench.first_visit`; needs npm (which the build group brings) to fetch lighthouse.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from cchc_app import frontend, routes
from tests.bench.run import app_site
from tests.browser import ARGUMENTS, find
from tests.e2e.conftest import PHONE

LIGHTHOUSE = "lighthouse@12"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
COUNTED = ("Document", "Script", "Stylesheet", "Font")
SETTLED_MS = 2_000


def transferred(url: str, path: str, cookie: str) -> Counter[str]:
    """Bytes on the wire by kind of a first visit with an empty cache."""
    sizes: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        context = browser.new_context(**playwright.devices[PHONE], base_url=url)
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": url}])
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
        wire.on(
            "Network.loadingFinished",
            lambda event: sizes.update({kinds.get(event["requestId"], "Other"): int(event["encodedDataLength"])}),
        )
        page.goto(path)
        page.wait_for_timeout(SETTLED_MS)
        browser.close()
    return Counter({kind: size for kind, size in sizes.items() if kind in COUNTED})


def lighthouse(address: str, cookie: str) -> dict[str, Any]:
    """Lighthouse's report of one page on a slow phone."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        npx = str(Path(sys.executable).parent / "npx")
        flags = " ".join(["--headless=new", *ARGUMENTS])
        command = [npx, "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--chrome-flags={flags}", f"--extra-headers={json.dumps({'Cookie': cookie})}"]
        environment = {**os.environ, "CHROME_PATH": find() or "", "PATH": f"{Path(npx).parent}:{os.environ['PATH']}"}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        return json.loads(report.read_text())


def main() -> None:
    """Measure the home page and the quiz of a signed-in person."""
    frontend.main()
    with app_site(1) as (site, [cookie]):
        for path in (routes.HOME, routes.QUIZ):
            sizes = transferred(site.url, path, cookie)
            shown = ", ".join(f"{kind} {size / 1000:.0f}" for kind, size in sizes.most_common())
            print(f"{path}: {sum(sizes.values()) / 1000:.0f} KB ({shown})")
            report = lighthouse(f"{site.url}{path}", cookie)
            scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
            print(f"{path}: {scores}, shown at {report['finalDisplayedUrl'].removeprefix(site.url)}")


if __name__ == "__main__":
    main()
