"""Periodic work across processes: once at a time, and by another one when the holder dies."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from cchc_app.data.engine import Database
from cchc_app.data.tables import PeriodicJob
from cchc_app.services import leases, periodic_work
from cchc_app.services.clock import server_now
from cchc_app.services.leases import give_back_lease, renew_lease, take_lease
from cchc_app.services.periodic_work import PeriodicWork, take_turn, take_turns
from tests.factories import NOW
from tests.live_site import ROOT

SECOND = timedelta(seconds=1)
PATIENCE = 30.0
HOLDER = """
import sys, time
from datetime import timedelta
from cchc_app.data.engine import Database
from cchc_app.services.clock import server_now
from cchc_app.services.leases import renew_lease, take_lease
db, length = Database(sys.argv[1]), timedelta(seconds=2)
assert take_lease(db, "work", holder="child", every=timedelta(), now=server_now(), length=length)
print("holds", flush=True)
while True:
    time.sleep(0.5)
    assert renew_lease(db, "work", holder="child", now=server_now(), length=length)
"""


def take(db: Database, holder: str, now: datetime) -> bool:
    return take_lease(db, "work", holder=holder, every=60 * SECOND, now=now)


def row(db: Database) -> PeriodicJob:
    with db.read() as session:
        return session.exec(select(PeriodicJob)).one()


def test_a_turn_from_taking_to_the_next_one(db: Database) -> None:
    assert take(db, "one", NOW)
    assert not take(db, "other", NOW + 9 * SECOND)
    assert renew_lease(db, "work", holder="one", now=NOW + 9 * SECOND)
    assert not take(db, "other", NOW + 18 * SECOND)
    assert not renew_lease(db, "work", holder="other", now=NOW)
    give_back_lease(db, "work", holder="other", due_at=NOW, now=NOW)  # not its own: nothing happens
    give_back_lease(db, "work", holder="one", due_at=NOW + 60 * SECOND, now=NOW + 18 * SECOND)
    assert [take(db, who, NOW + 59 * SECOND) for who in ("one", "other")] == [False, False]
    assert take(db, "other", NOW + 60 * SECOND)
    assert not renew_lease(db, "work", holder="one", now=NOW + 61 * SECOND)


def test_of_many_that_ask_at_once_one_gets_the_turn(db: Database) -> None:
    others = [Database(db.url) for _ in range(4)]
    gate = threading.Barrier(8)

    def ask(number: int) -> bool:
        gate.wait()
        return take(others[number % len(others)], f"holder {number}", NOW)

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(ask, range(8)))
    for one in others:
        one.dispose()
    assert taken.count(True) == 1
    assert row(db).holder == f"holder {taken.index(True)}"


def test_a_killed_holder_is_followed_when_its_lease_ends(db: Database) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLDER, db.url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "holds\n"
    asked = {"holder": "parent", "every": timedelta(), "length": 2 * SECOND}
    first = row(db).until
    until_it(lambda: row(db).until > first)  # it renews, and stays the holder
    assert not take_lease(db, "work", now=server_now(), **asked)
    child.kill()
    child.wait()
    child.stdout.close()
    end = row(db).until
    assert not take_lease(db, "work", now=end - timedelta(milliseconds=1), **asked)
    until_it(lambda: take_lease(db, "work", now=server_now(), **asked))
    assert server_now() >= end


def until_it(condition: Callable[[], bool]) -> None:
    ended = threading.Event()
    for _ in range(int(PATIENCE / 0.05)):
        if condition():
            return
        ended.wait(0.05)
    raise AssertionError("it never came")


async def test_processes_take_turns_and_never_work_at_once(db: Database) -> None:
    others = [Database(db.url) for _ in range(3)]
    at_work, most, turns = 0, 0, 0
    guard, enough = threading.Lock(), threading.Event()

    def do(_db: Database, _now: datetime) -> None:
        nonlocal at_work, most, turns
        with guard:
            at_work, turns = at_work + 1, turns + 1
            most = max(most, at_work)
        enough.wait(0.02)
        with guard:
            at_work -= 1

    work = PeriodicWork("work", timedelta(milliseconds=30), 0.01, do)
    tasks = [
        asyncio.create_task(take_turns(work, one, holder=f"holder {n}", clock=lambda: datetime.now(UTC)))
        for n, one in enumerate(others)
    ]
    async with asyncio.timeout(PATIENCE):
        while turns < 8:
            await asyncio.sleep(0.02)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()  # threads end what they are at
    assert most == 1
    for one in others:
        one.dispose()


async def test_work_that_fails_is_tried_again_and_long_work_keeps_its_lease(db: Database) -> None:
    def fail(_db: Database, _now: datetime) -> None:
        raise RuntimeError("no")

    failing = PeriodicWork("work", 60 * SECOND, 1, fail)
    with pytest.raises(RuntimeError):
        await take_turn(failing, db, holder="one", clock=server_now)
    seen: list[datetime] = []

    def slowly(_db: Database, _now: datetime) -> None:
        seen.append(row(db).until)
        until_it(lambda: row(db).until > seen[0])

    slow = PeriodicWork("work", 60 * SECOND, 1, slowly, length=SECOND)
    assert await take_turn(slow, db, holder="other", clock=server_now)
    assert not await take_turn(slow, db, holder="one", clock=server_now)
    assert row(db).holder == ""


def test_what_is_done_is_what_the_site_needs() -> None:
    assert [(work.name, work.every) for work in periodic_work.WORK] == [
        ("papers", 2 * SECOND),
        ("house", timedelta(hours=1)),
    ]
    assert all(work.length == leases.LENGTH for work in periodic_work.WORK)
