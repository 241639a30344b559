"""The organisers' overview: every figure against rows counted by hand, on both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from cchc_app.contest.access import Permission, Role
from cchc_app.contest.regulations import PredictionSubject, TieBreak
from cchc_app.data.engine import Database
from cchc_app.data.tables import Attempt, DataRequest, PrizeList, StaffAccount
from cchc_app.services.live_overview import EVERY, OverviewFeed, publish
from cchc_app.services.overview import Overview, PastDays, overview
from cchc_app.services.staff_sessions import who_still_may
from tests.factories import NOW, WEEK, finish_paper, make_contest, make_person, rules
from tests.filled import Filling, fill, more_units
from tests.queries import counted_queries
from tests.slogans import make_slogan
from tests.staff import make_staff

# 12:00 of 11 March in Hải Phòng.
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def look(db: Database, **changes) -> Overview:
    return overview(db, **({"flagged": None, "now": NOW} | changes))


def test_before_the_first_period(db: Database) -> None:
    contest = make_contest(db)
    found = look(db, now=contest.rule_set.periods[0].opens_at - 9 * DAY)
    assert (found.period, found.is_open, found.withheld_until) == (None, False, None)
    assert (found.registered, found.papers_today, found.days, found.units_taking_part) == (0, 0, (), 0)
    assert (found.rate_before, found.units_before, found.at_zero, found.concerns) == (None, None, (), ())
    assert found.hours == (0,) * 24


def test_days_and_hours_are_those_of_the_contests_clocks(db: Database) -> None:
    contest = make_contest(db)
    local_midnight = datetime(2026, 3, 10, 17, 0, tzinfo=UTC)
    moments = [
        local_midnight - timedelta(milliseconds=1),  # yesterday, 23h
        local_midnight,  # today, 0h
        local_midnight + 11 * HOUR + timedelta(minutes=59),  # today, 11h
        NOW - DAY - timedelta(minutes=1),  # yesterday before this time of day
        NOW - DAY,  # yesterday, from this time of day on
    ]
    for moment in moments:
        person = make_person(db, contest, now=moment - HOUR)
        finish_paper(db, contest, person, started_at=moment)
    found = look(db)
    assert (found.papers_today, found.papers_yesterday) == (2, 1)
    assert [(hour, count) for hour, count in enumerate(found.hours) if count] == [(0, 1), (11, 1)]
    assert [(one.day, one.count) for one in found.days] == [(date(2026, 3, 10), 3), (date(2026, 3, 11), 2)]
    assert found.registered == 5
    assert [one.count for one in found.registered_days][-3:] == [0, 4, 1]
    assert found.registered_days[-1].day == date(2026, 3, 11)


def test_papers_and_units_of_the_period_and_of_the_one_before(db: Database) -> None:
    contest = more_units(db, make_contest(db), 5)
    people = [make_person(db, contest, unit=unit) for unit in (0, 0, 1, 2)]
    for person in people:
        finish_paper(db, contest, person, week=1)
    for person in people[:2]:
        finish_paper(db, contest, person, week=2)
    staff = make_person(db, contest, unit=3, ranked=False)
    finish_paper(db, contest, staff, week=2)
    with db.write() as session:
        papers = {paper.participant_id: paper for paper in session.exec(select(Attempt)) if paper.number == 1}
        first = session.exec(
            select(Attempt).where(Attempt.participant_id == people[0].id, Attempt.period_id == contest.period_ids[1])
        ).one()
        first.status = "expired"
        session.add(first)
        mine = papers[staff.id]
        mine.status, mine.finished_at = "open", None
        session.add(mine)
    found = look(db)
    assert (found.period, found.is_open, found.period_ends_at) == (2, True, contest.rule_set.periods[1].closes_at)
    assert (found.handed_in, found.ran_out, found.in_progress, found.rate_before) == (2, 0, 1, (3, 4))
    # Staff without a rank take no unit off the list.
    assert (found.units, found.units_taking_part, found.units_before) == (5, 1, 3)
    assert found.at_zero[0] == ("cap_xa", ("Sở Y tế",))
    assert sum(len(names) for _, names in found.at_zero) == 4


def test_slogans_requests_prizes_and_flags_reach_the_list(db: Database) -> None:
    contest = make_contest(db)
    make_slogan(db, contest, unit=0)
    make_slogan(db, contest, unit=1, status="draft")
    person = make_person(db, contest)
    with db.write() as session:
        due = NOW + DAY
        session.add(DataRequest(participant_id=person.id, kind="erasure", status="open", created_at=NOW, due_at=due))
        for version, confirmed in ((1, None), (2, None), (3, "thu.hai")):
            for board in (1, 2):
                done = confirmed if board == 1 else None
                session.add(
                    PrizeList(
                        contest_id=contest.contest_id,
                        board=board,
                        version=version,
                        revision=1,
                        body={},
                        proposed_by="thu.nhat",
                        proposed_at=NOW,
                        confirmed_by=done,
                        confirmed_at=NOW if done else None,
                    )
                )
    found = look(db, flagged=3)
    assert (found.slogans, found.slogans_close_at) == (1, contest.rule_set.slogan.closes_at)
    told = {one.kind.value: (one.urgency.value, one.count) for one in found.concerns}
    assert told["requests"] == ("now", 1)
    assert told["prizes"] == ("soon", 1)
    assert told["questions_flagged"] == ("soon", 3)
    assert told["units_at_zero"] == ("soon", 2)


def test_a_prediction_is_withheld_from_the_others(db: Database) -> None:
    chain = (TieBreak.SCORE, TieBreak.PREDICTION, TieBreak.ATTEMPT_ID)
    asked = rules(tie_break=chain)
    periods = tuple(replace(one, prediction=PredictionSubject.ENTRANTS) for one in asked.periods)
    contest = make_contest(db, replace(asked, periods=periods))
    assert look(db).withheld_until == contest.rule_set.periods[1].closes_at


@pytest.mark.parametrize("people", [1, 30])
def test_queries_do_not_grow(db: Database, people: int) -> None:
    contest = more_units(db, make_contest(db), 2 + people)
    fill(db, contest, Filling(people=people))
    with counted_queries(db) as statements:
        look(db)
    assert len(statements) == 13


def test_days_that_are_over_are_counted_once(db: Database) -> None:
    contest, past = make_contest(db), PastDays()

    def days() -> tuple[list[int], int]:
        with counted_queries(db) as statements:
            found = overview(db, flagged=None, now=NOW, past=past)
        return [one.count for one in found.days], len(statements)

    def paper(moment: datetime) -> None:
        finish_paper(db, contest, make_person(db, contest), started_at=moment)

    paper(NOW - DAY)
    paper(NOW)
    assert days() == ([1, 1], 13)
    paper(NOW)
    assert days() == ([1, 2], 12)
    paper(NOW - DAY)  # put in afterwards
    assert days() == ([2, 2], 13)
    with counted_queries(db) as statements:
        found = overview(db, flagged=None, now=NOW + DAY, past=past)
    assert ([one.count for one in found.days], len(statements)) == ([2, 2], 13)


def test_whoever_asks_within_five_seconds_gets_the_same_figures(db: Database) -> None:
    contest = make_contest(db)
    feed = OverviewFeed(db)
    with counted_queries(db) as statements:
        first = feed.newest(now=NOW)
        asked = len(statements)
        make_person(db, contest)
        before = len(statements)
        assert [feed.newest(now=NOW + EVERY / 2) for _ in range(50)] == [first] * 50
        assert (len(statements), asked > 0) == (before, True)
    assert feed.newest(now=NOW + EVERY).registered == first.registered + 1


def test_figures_are_sent_to_sessions_that_may_still_read(db: Database) -> None:
    make_contest(db)
    organiser, auditor, judge = (make_staff(db, role) for role in (Role.ORGANISER, Role.AUDITOR, Role.JUDGE))
    everybody = [one.token_hash for one in (organiser, auditor, judge)] + ["unknown"]

    def still(now=NOW) -> set[str]:
        return who_still_may(db, token_hashes=everybody, permission=Permission.READ_CONTEST, now=now)

    assert still() == {organiser.token_hash, auditor.token_hash}
    with db.write() as session:
        account = session.get_one(StaffAccount, organiser.id)
        account.disabled_at = NOW
        session.add(account)
    assert still() == {auditor.token_hash}
    assert still(NOW + WEEK) == set()


async def test_figures_are_sent_to_the_sessions_that_may_while_somebody_watches(db: Database, monkeypatch) -> None:
    make_contest(db)
    organiser, judge = make_staff(db, Role.ORGANISER), make_staff(db, Role.JUDGE)
    monkeypatch.setattr("cchc_app.services.live_overview.EVERY", timedelta(milliseconds=20))
    watching: set[str] = set()
    sent: list[set[str]] = []

    async def send(found: Overview, sessions) -> None:
        assert found.units == 2
        sent.append(set(sessions))

    feed = OverviewFeed(db)
    task = asyncio.create_task(publish(feed, clock=lambda: NOW, watched=lambda: watching, send=send))
    with counted_queries(db) as statements:
        await asyncio.sleep(0.1)
    assert (sent, statements) == ([], [])
    watching |= {organiser.token_hash, judge.token_hash}
    for _ in range(200):
        if len(sent) > 1:
            break
        await asyncio.sleep(0.02)
    task.cancel()
    assert sent[:2] == [{organiser.token_hash}] * 2
