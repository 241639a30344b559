"""What typing a slogan costs: keystroke to counter in a browser on a slow line, and events asked of the server.

Run as `python -m tests.bench.slogan_typing`. A phone's browser types a slogan of 20 words at a human pace while every
byte takes 300 ms more each way; the time from a key's event to the frame drawn with the new count is taken in the
page itself.
"""

import asyncio
import json
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page, expect, sync_playwright

from cchc_app import frontend, routes
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.settings import Settings
from tests.browser import ARGUMENTS, find
from tests.e2e.conftest import PHONE
from tests.live_site import LiveSite, free_port
from tests.writers import add_to_unit

UNIT = "10507"
LATENCY_MS = 300
KEY_MS = 70
SLOGAN = "Cải cách từ việc nhỏ, phục vụ bằng tấm lòng, Hải Phòng vươn ra biển lớn vì dân đổi mới"  # 20
# From the event of a key to two frames later, when what it changed is on the screen.
WATCH = """() => {
  window.keyTimes = [];
  document.querySelector("[data-slogan-field=text]").addEventListener("input", (event) => {
    const since = event.timeStamp;
    requestAnimationFrame(() => requestAnimationFrame((now) => window.keyTimes.push(now - since)));
  }, true);
  const editor = document.querySelector("[data-slogan-editor]");
  new MutationObserver(() => {
    if (editor.dataset.saved === "saving") window.saveSent ??= performance.now();
    else if (window.saveSent) window.saveTook ??= performance.now() - window.saveSent;
  }).observe(editor, { attributes: true, attributeFilter: ["data-saved"] });
}"""


def measure(page: Page) -> dict[str, float]:
    """Type the slogan and wait until its draft is saved."""
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    page.goto(routes.SLOGAN)
    expect(page.locator("[data-slogan=count]")).to_have_text("0", timeout=30_000)
    page.evaluate(WATCH)
    sent.clear()
    field = page.locator("[data-slogan-field=text]")
    field.press_sequentially(SLOGAN, delay=KEY_MS)
    counted = page.locator("[data-slogan=count]").inner_text()
    expect(page.locator("[data-slogan-editor]")).to_have_attribute("data-saved", "clean", timeout=15_000)
    times = page.evaluate("window.keyTimes")
    quantiles = statistics.quantiles(times, n=100)
    return {
        "keys": len(times),
        "words": int(counted),
        "p50_ms": round(quantiles[49], 1),
        "p95_ms": round(quantiles[94], 1),
        "max_ms": round(max(times), 1),
        "save_ms": round(page.evaluate("window.saveTook")),
        "events": sum(frame.startswith("42/_event") for frame in sent),
        "bytes_sent": sum(len(frame.encode()) for frame in sent if frame.startswith("42/_event")),
    }


@contextmanager
def slow_line(port: int, to: int) -> Iterator[None]:
    """A port that passes bytes on to another, late in both directions.

    The browser's own emulation delays requests, but not the messages of a socket, which are what counts here.
    """
    loop = asyncio.new_event_loop()
    tasks: set[asyncio.Task[None]] = set()

    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(65_536):
                loop.call_later(LATENCY_MS / 1000, writer.write, chunk)
        loop.call_later(LATENCY_MS / 1000, writer.close)

    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", to)
        for one, other in ((reader, back), (there, writer)):
            task = asyncio.create_task(pour(one, other))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    def finish() -> None:
        server.close()
        for task in tasks:
            task.cancel()
        loop.call_later(2 * LATENCY_MS / 1000, loop.stop)

    server = loop.run_until_complete(asyncio.start_server(join, "127.0.0.1", port))
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(finish)
        thread.join()
        loop.close()


def main() -> None:
    """Print the figures."""
    frontend.main()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        url = f"http://localhost:{port}"
        site = LiveSite(Path(folder), environment={"CCHC_PUBLIC_URL": url})
        site.run("init", "--preset", "demo")
        use_keyring(load_keyring(Settings(data_dir=Path(folder))))
        db = Database(site.environment["CCHC_DATABASE_URL"])
        [writer] = add_to_unit(db, 1, unit=UNIT, now=datetime.now(UTC), writing=True)
        db.dispose()
        site.start()
        try:
            with slow_line(port, site.port), sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
                context = browser.new_context(**playwright.devices[PHONE], base_url=url)
                context.add_cookies([{"name": "cchc", "value": writer.token, "url": url}])
                print(json.dumps(measure(context.new_page())))
                browser.close()
        finally:
            site.stop()


if __name__ == "__main__":
    main()
