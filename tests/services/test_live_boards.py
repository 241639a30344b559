"""Live boards: one reading and one message per board, whoever watches; silence while a board is withheld."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from cchc_app.contest.boards import OVERALL
from cchc_app.contest.regulations import FeedbackMode, PredictionSubject
from cchc_app.data.engine import Database
from cchc_app.services.live_boards import BoardFeed, News, board_changed, publish
from tests.factories import (
    NOW,
    WEEK,
    MadeContest,
    Person,
    finish_paper,
    make_contest,
    make_person,
    rules,
    with_feedback,
)

RULES = rules()
WEEK_3 = RULES.periods[0].opens_at + 2 * WEEK
PATIENCE = 10.0


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


@asynccontextmanager
async def publishing(db: Database, watched: Callable[[], Collection[int]], send: Callable[[News], Awaitable[None]]):
    """A publisher of its own, as another process would have."""
    task = asyncio.create_task(publish(BoardFeed(db), clock=lambda: NOW, watched=watched, send=send))
    yield task
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


class Board:
    """Everybody who watches, as far as the publisher knows: it sends, they get."""

    def __init__(self, watchers: int = 1) -> None:
        self.news: list[News] = []
        self.inboxes: list[list[News]] = [[] for _ in range(watchers)]
        self._unread: asyncio.Queue[News] = asyncio.Queue()

    async def send(self, news: News) -> None:
        self.news.append(news)
        for inbox in self.inboxes:
            inbox.append(news)
        self._unread.put_nowait(news)

    async def next(self) -> News:
        """The next message not yet read, waited for if need be."""
        return await asyncio.wait_for(self._unread.get(), PATIENCE)


def finish(db: Database, contest: MadeContest, person: Person, correct: int) -> None:
    finish_paper(db, contest, person, correct=correct)


async def test_a_finished_paper_arrives_within_two_seconds(db: Database) -> None:
    contest = make_contest(db)
    first, second = make_person(db, contest, name="Một"), make_person(db, contest, name="Hai")
    finish(db, contest, first, 2)
    board = Board()
    async with publishing(db, lambda: {2}, board.send):
        news = await board.next()
        assert ([row.full_name for row in news.board.rows], news.fresh) == (["Một"], frozenset())
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(finish, db, contest, second, 3)  # as another process: nobody calls board_changed
        began = loop.time()
        news = await board.next()
        assert loop.time() - began < 2
    assert [(row.full_name, row.key in news.fresh) for row in news.board.rows] == [("Hai", True), ("Một", False)]


async def test_five_hundred_watchers_cost_what_one_costs(db: Database) -> None:
    contest = make_contest(db)
    people = [make_person(db, contest) for _ in range(2)]
    costs = []
    for watchers, person in zip((1, 500), people, strict=True):
        board = Board(watchers)
        async with publishing(db, lambda: {2, OVERALL}, board.send):
            greetings = [await board.next() for _ in range(2)]
            with counted(db) as statements:
                await asyncio.to_thread(finish, db, contest, person, 1)
                board_changed()
                news = [await board.next() for _ in range(2)]
                costs.append(len(statements))
        assert {one.board.number for one in greetings} == {one.board.number for one in news} == {2, OVERALL}
        assert board.inboxes == [greetings + news] * watchers
    # Handing in and a look or two at the versions are counted as well; a query per watcher could not hide among them.
    assert max(costs) < 60


async def test_nobody_watching_means_nothing_read(db: Database) -> None:
    make_contest(db)
    board = Board()
    async with publishing(db, set, board.send):
        with counted(db) as statements:
            board_changed()
            await asyncio.sleep(1.5)
    assert (statements, board.news) == ([], [])


@pytest.mark.parametrize("kind", ["prediction", "marks after the close"])
async def test_a_withheld_board_says_nothing_however_many_finish(db: Database, kind: str) -> None:
    asked = replace(
        RULES, periods=tuple(replace(period, prediction=PredictionSubject.ENTRANTS) for period in RULES.periods)
    )
    contest = make_contest(db, asked if kind == "prediction" else with_feedback(RULES, FeedbackMode.AFTER_CLOSE))
    people = [make_person(db, contest) for _ in range(3)]
    board = Board()
    async with publishing(db, lambda: {2, OVERALL}, board.send):
        await board.next()
        for person in people:
            await asyncio.to_thread(finish, db, contest, person, 1)
            board_changed()
            await asyncio.sleep(0.6)
    told = sorted((news.board.number, news.board.rows, news.board.size) for news in board.news)
    assert told == [(0, (), None), (2, (), None)]


async def test_an_outage_of_the_database_is_told_once_and_survived(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    contest = make_contest(db)
    person = make_person(db, contest)
    board = Board()
    with db.connection() as connection:
        connection.execute(text("ALTER TABLE board_version RENAME TO elsewhere"))
    with caplog.at_level(logging.ERROR):
        async with publishing(db, lambda: {2}, board.send):
            await asyncio.sleep(2.6)
            assert board.news == []
            with db.connection() as connection:
                connection.execute(text("ALTER TABLE elsewhere RENAME TO board_version"))
            await asyncio.to_thread(finish, db, contest, person, 1)
            sizes = [(await board.next()).board.size]
            if sizes == [0]:  # back before the paper was
                sizes.append((await board.next()).board.size)
            assert sizes[-1] == 1
    assert [record.getMessage() for record in caplog.records] == ["boards wait: they could not be read or sent"]


def test_a_top_is_read_once_until_something_changes(db: Database) -> None:
    contest = make_contest(db)
    feed = BoardFeed(db)
    with counted(db) as statements:
        first = feed.top(2, now=NOW)
        reading = len(statements)
        assert feed.top(2, now=NOW) is first
        looking = len(statements) - reading
    assert looking < reading
    finish(db, contest, make_person(db, contest), 1)
    assert feed.top(2, now=NOW).size == 1


def test_a_board_appears_when_its_time_has_come(db: Database) -> None:
    contest = make_contest(db, with_feedback(RULES, FeedbackMode.AFTER_CLOSE))
    finish(db, contest, make_person(db, contest), 1)
    feed = BoardFeed(db)
    assert feed.top(2, now=WEEK_3 - timedelta(milliseconds=1)).size is None
    assert feed.top(2, now=WEEK_3).size == 1
