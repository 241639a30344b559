"""Browser tests: a phone, Vietnamese, against a production build with the demonstration contest."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

from cchc_app import frontend
from tests.browser import ARGUMENTS, find
from tests.live_site import LiveSite

PHONE = "Pixel 7"
PATIENCE_MS = 10_000
# What Chromium says of a page that was left while its socket was still opening: the haste is the visitor's.
LEFT_EARLY = "WebSocket is closed before the connection is established."


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The demonstration contest, served."""
    frontend.main()
    live = LiveSite(tmp_path_factory.mktemp("site"))
    live.run("init", "--preset", "demo")
    live.start()
    yield live
    live.stop()
    assert live.traceback() == ""


@pytest.fixture(scope="session")
def base_url(site: LiveSite) -> str:
    """What `page.goto("/")` starts from."""
    return site.url


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's Chromium."""
    return {"executable_path": find(), "args": list(ARGUMENTS)}


@pytest.fixture(scope="session")
def phone(playwright: Playwright) -> dict[str, Any]:
    """A phone in Hải Phòng."""
    return {**playwright.devices[PHONE], "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture
def complaints() -> list[str]:
    """What browsers complained of; a test that cuts the network clears it."""
    return []


@pytest.fixture
def new_phone(
    browser: Browser, phone: dict[str, Any], base_url: str, complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens phones: each with its own cookies. A console error or a failed page fails the test."""
    contexts: list[BrowserContext] = []

    def open_phone(**options: Any) -> Page:
        context = browser.new_context(**{**phone, "base_url": base_url, **options})
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", lambda message: _note(complaints, message))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield open_phone
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_phone: Callable[..., Page]) -> Page:
    """One phone."""
    return new_phone()


def _note(complaints: list[str], message: ConsoleMessage) -> None:
    if message.type in ("error", "warning") and not message.text.endswith(LEFT_EARLY):
        complaints.append(f"{message.type}: {message.text}")
