"""Two nodes behind a proxy that spreads connections, one of them with two workers: one site for everybody."""

import asyncio
import random
from collections.abc import Callable, Iterator

import aiohttp
import pytest
from redis import Redis

from cchc_app import routes
from cchc_app.contest.errors import ErrorCode
from cchc_app.states.frame import FrameState
from cchc_app.states.standings import StandingsState
from cchc_app.texts import message
from tests.faults.kill import Promises, Taker, check
from tests.fleet import Fleet, fleet
from tests.participant import QUIZ, SUFFIX, Participant, in_own_loop
from tests.proxy import Proxy

PEOPLE = 24
FRAME = FrameState.get_full_name()
STANDINGS = StandingsState.get_full_name()
PATIENCE_SECONDS = 20
STIR_SECONDS = 1.5


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with fleet(tmp_path_factory.mktemp("fleet"), people=PEOPLE, environments=({}, {"CCHC_WORKERS": "2"})) as running:
        yield running


def tab(url: str, token: str, *, path: str = routes.QUIZ) -> Participant:
    return Participant(url, cookie=f"cchc={token}", path=path)


def bugs(log: str) -> list[str]:
    """The tracebacks of a log, but for those of taps that the framework refused while a node was stopping."""
    found = log.split("Traceback (most recent call last)")[1:]
    return [one for one in found if "QueueShutDown" not in one]


async def _next_size(watcher: Participant, before: int) -> int:
    """People on the board in the first message that tells another number."""
    while True:
        delta = (await watcher.receive()).get("delta") or {}
        live = delta.get(STANDINGS, {}).get(f"live{SUFFIX}")
        if live and live["size"] != before:
            return int(live["size"])


def test_a_board_on_one_node_learns_of_papers_handed_in_on_the_other(site: Fleet) -> None:
    first, second = site.nodes

    async def watch() -> tuple[int, int]:
        async with aiohttp.ClientSession() as http:
            watcher = Participant(second.url, path=routes.STANDINGS)
            await watcher.connect(http)
            await watcher.event(f"{STANDINGS}.load")
            before = int(watcher.vars[STANDINGS]["live"]["size"])
            person = tab(first.url, site.tokens[0])
            await person.connect(http)
            await person.open_paper()
            await person.answer(0)
            await person.hand_in()
            async with asyncio.timeout(PATIENCE_SECONDS):
                return before, await _next_size(watcher, before)

    before, after = in_own_loop(watch())
    assert after == before + 1


def test_a_tab_goes_on_over_the_other_node_with_its_token_its_session_and_its_paper(site: Fleet) -> None:
    first, second = site.nodes

    async def move() -> tuple[Participant, Participant]:
        async with aiohttp.ClientSession() as http:
            before = tab(first.url, site.tokens[1])
            await before.connect(http)
            await before.open_paper()
            await before.answer(1)
            await before.close()
            after = tab(second.url, site.tokens[1])
            after.tab = before.tab
            await after.connect(http)
            # As a tap that was waiting for the connection: the page has not been opened on this node.
            await after.event(f"{QUIZ}.go", position=1)
            position = after.quiz["question"]["position"]
            await after.answer(0)
            await after.event(f"{QUIZ}.open_counted")
            assert position == 1
            return before, after

    before, after = in_own_loop(move())
    assert after.quiz["paper"] == before.quiz["paper"]
    assert (after.quiz["marks"][0], after.quiz["marks"][1] != "") == (before.quiz["marks"][0], True)
    assert after.quiz["deadline_ms"] == before.quiz["deadline_ms"]
    with Redis.from_url(site.redis.url) as redis:
        assert redis.keys(f"*{before.tab}*{QUIZ}")


def test_nothing_acknowledged_is_lost_when_one_node_is_killed_and_then_the_other_one_restarted(site: Fleet) -> None:
    promises, over = Promises(), asyncio.Event()

    async def storm() -> Proxy:
        proxy, chance = site.proxy(), random.Random(7)
        await proxy.start()
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            tokens = site.tokens[3:]
            takers = [Taker(proxy.url, one, http, promises, over, random.Random(chance.random())) for one in tokens]
            working = [asyncio.create_task(taker.work()) for taker in takers]
            first, second = site.nodes
            await asyncio.sleep(STIR_SECONDS)
            await asyncio.to_thread(first.kill)
            # Everybody goes on over the other one, which is the only one.
            known = len(promises.saved)
            await asyncio.sleep(STIR_SECONDS)
            assert len(promises.saved) > known
            await asyncio.to_thread(first.start)
            # As a new version is put in place: stopped as Ctrl-C does, in the middle of everybody's papers.
            await asyncio.to_thread(second.stop)
            await asyncio.to_thread(second.start)
            over.set()
            await asyncio.gather(*working)
        await proxy.stop()
        return proxy

    proxy = in_own_loop(storm())
    verdict = check(site.db, promises)
    assert promises.broken == []
    assert verdict.promised > PEOPLE
    assert promises.resumed > 0
    assert (verdict.missing, verdict.different, verdict.wrong_scores, verdict.wrong_standings) == (0, 0, 0, 0)
    assert min(proxy.given.values()) > PEOPLE / 4
    assert all(bugs(node.log.read_text(errors="replace")) == [] for node in site.nodes)


def test_without_redis_people_are_told_and_go_on_when_it_is_back(site: Fleet) -> None:
    async def tap(person: Participant, *, until: Callable[[Participant], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not until(person):
                await person.event(f"{QUIZ}.open_counted")
                await asyncio.sleep(0.2)

    async def lose() -> tuple[Participant, str]:
        async with aiohttp.ClientSession() as http:
            person = tab(site.nodes[0].url, site.tokens[2])
            await person.connect(http)
            await person.open_paper()
            await person.answer(2)
            site.redis.kill()
            await tap(person, until=lambda one: bool(one.vars[FRAME].get("trouble")))
            told = person.vars[FRAME]["trouble"]
            person.vars[QUIZ]["screen"] = ""
            await asyncio.to_thread(site.redis.start)
            await tap(person, until=lambda one: one.quiz["screen"] == "question")
            return person, told

    person, told = in_own_loop(lose())
    assert told == message(ErrorCode.DATABASE_UNREACHABLE)
    assert person.quiz["marks"][0] != ""
