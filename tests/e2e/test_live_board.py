"""The live board over the real socket and on a phone: in time, to the right tabs, without a jump."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from cchc_app.data.answers import NewAnswer, store
from cchc_app.data.crypto import load_keyring, token_hash, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED, cached_question_texts
from cchc_app.data.tables import AuthSession
from cchc_app.data.types import to_millis
from cchc_app.services import take_quiz
from cchc_app.services.clock import server_now
from cchc_app.settings import Settings
from cchc_app.states.standings import SLOT_MS, StandingsState
from cchc_app.texts.privacy import VERSION
from tests.crowd import add_people
from tests.e2e.pages import BoardPage
from tests.live_site import LiveSite
from tests.participant import Participant, in_own_loop

STANDINGS = StandingsState.get_full_name()
LIVE_SECONDS = 2.0
SILENCE_SECONDS = 3.0


@pytest.fixture
def db(site: LiveSite) -> Database:
    """The site's own database, as another process of the site would open it."""
    use_keyring(load_keyring(Settings(data_dir=Path(site.environment["CCHC_DATA_DIR"]))))
    return Database(site.environment["CCHC_DATABASE_URL"])


def somebody_finishes(db: Database, token: str = "", *, right: int = 0, minutes: int = 0) -> None:
    """A new person, or the one of `token`, hands in a paper with so many right answers; the server is not told."""
    began = server_now() - timedelta(minutes=minutes)
    token = token or add_people(db, 1, now=server_now())[0]
    with db.read() as session:
        person = session.exec(
            select(AuthSession.participant_id).where(AuthSession.token_hash == token_hash(token))
        ).one()
    receipt = take_quiz.begin(db, participant_id=person, kind=COUNTED, now=began)
    paper = take_quiz.open_paper(db, participant_id=person, kind=COUNTED, now=server_now())
    assert paper is not None
    texts = cached_question_texts(db, [item.question_version_id for item in paper.items[:right]])
    keys = [min(texts[item.question_version_id].key) for item in paper.items[:right]]
    with db.connection() as connection:
        answers = [
            NewAnswer(receipt, token_hash(token), position, key, True, to_millis(server_now()))
            for position, key in enumerate(keys)
        ]
        store(connection, answers, notice=VERSION)
    take_quiz.finish(db, participant_id=person, receipt=receipt, now=server_now())


class Watcher:
    """A tab on the board, by the bare protocol."""

    def __init__(self, site: LiveSite, http: aiohttp.ClientSession) -> None:
        self.tab, self.http = Participant(site.url, path="/xep-hang"), http

    async def open(self, number: int = 2) -> None:
        """Connect, or connect again, and load the page."""
        await self.tab.connect(self.http)
        await self.choose(number)

    async def choose(self, number: int) -> None:
        """Load the page of one board; what it shows at first, and the greeting of the publisher, are read away."""
        self.tab.path = f"/xep-hang?tuan={number}"
        await self.tab.event(f"{STANDINGS}.load")
        await self.messages(SILENCE_SECONDS / 2)

    async def messages(self, seconds: float) -> list[dict[str, Any]]:
        """Everything that comes within so many seconds."""
        found = []
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    found.append((await self.tab.receive())["delta"][STANDINGS]["live_rx_state_"])
        return found

    async def next(self) -> dict[str, Any]:
        """The next message."""
        async with asyncio.timeout(LIVE_SECONDS):
            return (await self.tab.receive())["delta"][STANDINGS]["live_rx_state_"]


def test_messages_come_in_time_to_the_tabs_of_their_board(site: LiveSite, db: Database) -> None:
    async def watch() -> None:
        async with aiohttp.ClientSession() as http:
            watchers = [Watcher(site, http) for _ in range(3)]
            for watcher, number in zip(watchers, (2, 2, 1), strict=True):
                await watcher.open(number)
            await asyncio.to_thread(somebody_finishes, db, right=1)  # inside the top, however many have nothing
            one, two = [await watcher.next() for watcher in watchers[:2]]
            assert one == two
            assert [row["fresh"] for row in one["podium"] + one["rows"]].count(True) == 1
            assert await watchers[2].messages(SILENCE_SECONDS) == []
            await watchers[0].choose(1)  # leaves the other room
            await watchers[1].tab.close()
            await watchers[1].open(2)  # a connection that broke
            await asyncio.to_thread(somebody_finishes, db)
            assert (await watchers[1].next())["size"] == one["size"] + 1
            assert await watchers[0].messages(SILENCE_SECONDS) == []
            for watcher in watchers:
                await watcher.tab.close()

    in_own_loop(watch())


def test_a_line_appears_and_glows_without_moving_the_page(
    new_phone: Callable[..., Page], site: LiveSite, db: Database
) -> None:
    phone = new_phone()
    BoardPage(phone).open()
    size = phone.locator(".board > p")
    before = size.inner_text()
    phone.mouse.wheel(0, 300)
    phone.wait_for_timeout(1500)
    scrolled = phone.evaluate("scrollY")
    began = time.monotonic()
    somebody_finishes(db)
    expect(phone.locator(".board-line.glow")).to_have_count(1, timeout=LIVE_SECONDS * 1000)
    assert time.monotonic() - began < LIVE_SECONDS + 1  # handing in included
    assert phone.evaluate("scrollY") == scrolled
    assert size.inner_text() != before
    somebody_finishes(db)
    expect(phone.locator(".board-line.glow")).to_have_count(1)


def test_one_s_own_line(new_phone: Callable[..., Page], site: LiveSite, db: Database) -> None:
    """Marked inside the top; held in view below it, and brought up to date by itself."""
    (token,) = add_people(db, 1, now=server_now())
    somebody_finishes(db, token)
    phone = new_phone()
    phone.context.add_cookies([{"name": "cchc", "value": token, "url": site.url}])
    BoardPage(phone).open()
    expect(phone.locator(".board-line.mine")).to_contain_text("(bạn)")
    expect(phone.locator(".own-line")).to_have_count(0)
    size = int(phone.locator(".board > p").inner_text().split()[0])
    for _ in range(101 - size):
        somebody_finishes(db)
    late = add_people(db, 1, now=server_now())[0]
    somebody_finishes(db, late, minutes=5)  # the slowest of those with nothing right
    other = new_phone()
    other.context.add_cookies([{"name": "cchc", "value": late, "url": site.url}])
    BoardPage(other).open()
    own = other.locator(".own-line")
    expect(own).to_contain_text("(bạn)")
    expect(own).to_be_in_viewport()
    rank = int(own.locator(".board-rank").inner_text().split()[-1])
    somebody_finishes(db, right=1)
    expect(own.locator(".board-rank")).to_contain_text(str(rank + 1), timeout=2.5 * SLOT_MS)
