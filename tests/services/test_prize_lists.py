"""Prizes from official results: a table made by hand, two people, races, what is public."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from cchc_app.contest.access import Role
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.prize_rules import PrizeKind, PrizeQuota, PrizeRules
from cchc_app.contest.regulations import RuleSet
from cchc_app.data import merges
from cchc_app.data import prize_lists as rows
from cchc_app.data.engine import Database
from cchc_app.data.tables import (
    AuditEntry,
    OfficialPlace,
    Participant,
    PersonMerge,
    PrizeList,
    Slogan,
    SloganPublication,
    Unit,
)
from cchc_app.services import prize_lists
from cchc_app.services.prize_approval import confirm, publish
from cchc_app.services.prize_lists import Decision, decide, propose, withdraw
from cchc_app.services.sanction_people import disqualify
from tests.factories import MadeContest, Person, make_contest, make_person, rules
from tests.official import after_all, after_week, close_board, sit_paper
from tests.staff import STEP, Staffer, make_staff


def quota(code: str, count: int = 1, **changes: Any) -> PrizeQuota:
    plain = PrizeQuota(code=code, title=code.title(), kind=PrizeKind.INDIVIDUAL, period=1, bloc=None, count=count)
    return replace(plain, **changes)


WEEK_QUOTAS = (quota("first"), quota("second", 2), quota("third"), quota("bloc", 2, bloc="so_nganh"))


def prize_rules(*quotas: PrizeQuota, **changes: Any) -> RuleSet:
    whole = PrizeRules(quotas=quotas, one_per_person=True, normalised_identity_only=True, minimum_periods=1)
    return replace(rules(), prizes=replace(whole, **changes))


def refusal(call: Callable[..., Any], *args: Any, **kwargs: Any) -> ErrorCode:
    with pytest.raises(ContestError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def newest(db: Database, board: int = 1) -> PrizeList:
    with db.read() as session:
        found = rows.newest(session, contest_id=1, board=board)
    assert found is not None
    return found


def scope(db: Database, board: int = 1, kind: str = "individual") -> dict[str, Any]:
    return next(one for one in newest(db, board).body["scopes"] if one["kind"] == kind)


def winners(db: Database, board: int = 1) -> list[tuple[str, int]]:
    return [(one["quota"], one["participant"]) for one in scope(db, board)["winners"]]


def set_person(db: Database, person: Person, **values: object) -> None:
    with db.write() as session:
        session.execute(update(Participant).where(col(Participant.id) == person.id).values(**values))


def put_together(db: Database, kept: Person, merged: Person, *, now: datetime) -> None:
    """What merging leaves behind: the closed account keeps its place in a result closed before."""
    with db.write() as session:
        merges.close_account(session, session.get_one(Participant, merged.id), now=now)
        merges.keep(session, PersonMerge(merged_id=merged.id, kept_id=kept.id, reason="", moved=[], merged_at=now))


class Table:
    """Week 1 as written down by hand: right answers, seconds, and who they are."""

    def __init__(self, db: Database, *quotas: PrizeQuota) -> None:
        self.db = db
        self.contest = make_contest(db, prize_rules(*(quotas or WEEK_QUOTAS)))
        with db.write() as session:
            session.execute(update(Unit).where(col(Unit.id) == self.contest.unit_ids[1]).values(bloc="so_nganh"))
        self.staff = self.sits(3, 50, ranked=False)
        self.shut_out = self.sits(3, 55, disqualified=True)
        self.best = self.sits(3, 60)
        self.old_number = self.sits(3, 61, identity_normalised=False)
        self.card = self.sits(2, 90)  # the same person as `paper`, whose account is put into this one later
        self.paper = self.sits(3, 62, identity_normalised=False)
        self.tied = [self.sits(2, 70) for _ in range(3)]
        self.officer = self.sits(1, 80, unit=1)
        self.now = after_week(self.contest, 1)
        self.one, self.other = (make_staff(db, Role.ORGANISER) for _ in range(2))
        close_board(db, self.one, 1, now=self.now)
        put_together(db, self.card, self.paper, now=self.now)
        self.now += STEP

    def sits(self, right: int, seconds: int, **person: Any) -> Person:
        made = make_person(self.db, self.contest, **person)
        sit_paper(self.db, self.contest, made, right=right, used_ms=seconds * 1000)
        return made

    def propose(self, revision: int = 0, reason: str = "") -> int:
        return propose(self.db, actor=self.one.username, board=1, revision=revision, reason=reason, now=self.now)

    def decide(self, quota_code: str, *chosen: int, by: Staffer | None = None, reason: str = "Bốc thăm") -> None:
        decide(
            self.db,
            actor=(by or self.one).username,
            board=1,
            revision=newest(self.db).revision,
            decision=Decision(quota=quota_code, entries=chosen, reason=reason),
            now=self.now,
        )

    def approve(self, call: Callable[..., Any], by: Staffer | None = None) -> Any:
        self.now += STEP
        staffer = by or self.other
        return call(
            self.db,
            actor=staffer.username,
            board=1,
            revision=newest(self.db).revision,
            code=staffer.code(self.now),
            now=self.now,
        )

    def published(self) -> None:
        self.propose()
        self.settle()
        self.approve(confirm)
        self.approve(publish)

    def settle(self) -> None:
        tie = scope(self.db)["to_decide"][0]
        self.decide(tie["quota"], tie["entries"][0]["entry"])
        tie = scope(self.db)["to_decide"][0]
        self.decide(tie["quota"], tie["entries"][0]["entry"])


def test_what_is_done_while_a_proposal_is_worked_out_is_in_it(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    table, real = Table(db), prize_lists.build
    code, built = table.other.code(table.now), []

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        built.append(real(*args, **kwargs))
        if len(built) == 1:  # between the look and the lock
            who = {"actor": table.other.username, "code": code, "participant_id": table.best.id}
            disqualify(db, **who, reason="Nhờ người khác thi", now=table.now)
        return built[-1]

    monkeypatch.setattr(prize_lists, "build", meanwhile)
    table.propose()
    assert len(built) == 2
    assert table.best.id not in [person for _, person in winners(db)]
    table.propose(revision=1)
    assert len(built) == 3  # nothing was done meanwhile: worked out once, outside the lock


def test_the_table_made_by_hand(db: Database) -> None:
    table = Table(db)
    assert table.propose() == 1
    made = scope(db)
    # The best of those who may win, then one person at the better of two places; then three people tie for one place.
    assert winners(db) == [("first", table.best.id), ("second", table.paper.id), ("bloc", table.officer.id)]
    assert [(one["quota"], one["participant"], one["reason"]) for one in made["skipped"]] == [
        ("first", table.staff.id, "unranked"),
        ("first", table.shut_out.id, "disqualified"),
        ("second", table.old_number.id, "identity_not_normalised"),
    ]
    (tie,) = made["to_decide"]
    assert (tie["quota"], tie["places"]) == ("second", 1)
    assert [one["participant"] for one in tie["entries"]] == [person.id for person in table.tied]
    assert made["waiting"] == [{"quota": "third", "places": 1, "decision": "second"}]
    # A bloc with fewer people than prizes.
    assert made["shortfalls"] == [{"quota": "bloc", "places": 1}]
    assert [one["place"] for one in made["winners"]] == [1, 3, 8]


def test_the_committee_decides_ties(db: Database) -> None:
    table = Table(db)
    table.propose()
    entries = [one["entry"] for one in scope(db)["to_decide"][0]["entries"]]
    assert refusal(table.decide, "second", entries[2], reason=" ") is ErrorCode.REASON_MISSING
    for wrong in ((), entries[:2], [10**9]):
        assert refusal(table.decide, "second", *wrong) is ErrorCode.DECISION_INVALID
    assert refusal(table.decide, "first", entries[2]) is ErrorCode.DECISION_INVALID

    table.decide("second", entries[2])
    made = scope(db)
    assert ("second", table.tied[2].id) in winners(db)
    (tie,) = made["to_decide"]  # two of them are left, for one prize
    assert (tie["quota"], [one["participant"] for one in tie["entries"]]) == (
        "third",
        [person.id for person in table.tied[:2]],
    )
    assert made["waiting"] == []
    decided = newest(db).body["decisions"]["second"]
    assert (decided["entries"], decided["reason"], decided["by"]) == ([entries[2]], "Bốc thăm", table.one.username)

    table.decide("third", entries[0])
    assert ("third", table.tied[0].id) in winners(db)
    assert "same_person" not in {one["reason"] for one in scope(db)["skipped"]}


def test_one_person_with_two_identities_wins_once(db: Database) -> None:
    table = Table(db, quota("everybody", 20))
    table.propose()
    made = scope(db)
    passed_over = {one["participant"]: one["reason"] for one in made["skipped"]}
    # Known by a 9-digit number alone nobody wins; the card account the other was put into speaks for both.
    assert table.paper.id in {person for _, person in winners(db)}
    assert passed_over[table.card.id] == "same_person"
    assert passed_over[table.old_number.id] == "identity_not_normalised"
    assert made["shortfalls"] == [{"quota": "everybody", "places": 20 - 6}]


def test_a_second_person_confirms(db: Database) -> None:
    table = Table(db)
    table.propose()
    assert refusal(table.approve, confirm) is ErrorCode.TIES_OPEN
    table.settle()
    assert refusal(table.approve, publish) is ErrorCode.PRIZES_STATE
    assert refusal(table.approve, confirm, table.one) is ErrorCode.SECOND_PERSON
    table.approve(confirm)
    assert refusal(table.approve, confirm) is ErrorCode.PRIZES_STATE
    assert table.approve(publish) == 1
    assert refusal(table.approve, publish) is ErrorCode.PRIZES_STATE
    row = newest(db)
    assert (row.proposed_by, row.confirmed_by, row.published_by) == (
        table.one.username,
        table.other.username,
        table.other.username,
    )


def test_whoever_decides_last_cannot_confirm(db: Database) -> None:
    table = Table(db)
    table.propose()
    entries = [one["entry"] for one in scope(db)["to_decide"][0]["entries"]]
    table.decide("second", entries[0], by=table.one)
    table.decide("third", entries[1], by=table.other)
    assert refusal(table.approve, confirm, table.other) is ErrorCode.SECOND_PERSON
    table.approve(confirm, table.one)


def test_the_database_refuses_a_list_confirmed_by_who_proposed_it(db: Database) -> None:
    table = Table(db)
    table.propose()
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(update(PrizeList).values(confirmed_by=PrizeList.proposed_by, confirmed_at=table.now))


@pytest.mark.parametrize("deed", [confirm, publish])
def test_of_two_at_once_one_succeeds(db: Database, deed: Callable[..., Any]) -> None:
    table = Table(db)
    table.propose()
    table.settle()
    if deed is publish:
        table.approve(confirm)
    pair = [table.other, make_staff(db, Role.ORGANISER)]
    table.now += STEP
    start, revision = Barrier(2), newest(db).revision

    def attempt(staffer: Staffer) -> object:
        start.wait()
        try:
            deed(
                db,
                actor=staffer.username,
                board=1,
                revision=revision,
                code=staffer.code(table.now),
                now=table.now,
            )
        except ContestError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(map(str, pool.map(attempt, pair)))
    assert outcomes == [ErrorCode.CHANGED_MEANWHILE, "done"]
    assert newest(db).revision == revision + 1


def test_a_stale_page_is_told_who_changed_the_list(db: Database) -> None:
    table = Table(db)
    table.propose()
    with pytest.raises(ContestError) as caught:
        propose(db, actor=table.other.username, board=1, revision=0, reason="", now=table.now)
    assert caught.value.code is ErrorCode.CHANGED_MEANWHILE
    assert caught.value.details == {"by": table.one.username, "at": table.now}


def test_what_changed_since_the_proposal_stops_it(db: Database) -> None:
    table = Table(db)
    table.propose()
    table.settle()
    set_person(db, table.best, disqualified=True)
    assert refusal(table.approve, confirm) is ErrorCode.PRIZES_MOVED
    table.propose(newest(db).revision)
    assert winners(db)[0] == ("first", table.paper.id)
    # The decision about the tie at the second prize is about no tie any more: two of the three win it now.
    assert set(newest(db).body["decisions"]) <= {"third"}


def test_a_newer_official_result_stops_it(db: Database) -> None:
    table = Table(db)
    table.propose()
    table.settle()
    table.approve(confirm)
    set_person(db, table.officer, disqualified=True)
    table.now += STEP
    close_board(db, table.one, 1, now=table.now, reason="Loại một bài")
    assert refusal(table.approve, publish) is ErrorCode.PRIZES_MOVED
    assert newest(db).published_at is None


def test_changed_places_are_noticed(db: Database) -> None:
    table = Table(db)
    with db.write() as session:
        session.execute(update(OfficialPlace).where(col(OfficialPlace.place) == 2).values(participant_id=table.card.id))
    assert refusal(table.propose) is ErrorCode.RESULT_DAMAGED


def test_a_published_list_is_corrected_in_a_new_version(db: Database) -> None:
    table = Table(db)
    table.published()
    shown = newest(db)
    assert refusal(table.propose, shown.revision) is ErrorCode.CORRECTION_REASON_MISSING
    set_person(db, table.best, disqualified=True)
    assert table.propose(shown.revision, "Loại một người") == 2
    with db.read() as session:  # what is public stays until the new version is published
        assert [one.version for one in rows.published(session, 1)] == [1]
    tie = scope(db)["to_decide"]
    assert tie
    assert newest(db).body["reason"] == "Loại một người"


def test_a_withdrawal_needs_two_people_as_well(db: Database) -> None:
    table = Table(db)

    def take_back(reason: str) -> int:
        return withdraw(
            db, actor=table.one.username, board=1, revision=newest(db).revision, reason=reason, now=table.now
        )

    table.propose()
    assert refusal(take_back, "Sai sót") is ErrorCode.PRIZES_STATE
    table.settle()
    table.approve(confirm)
    table.approve(publish)
    assert refusal(take_back, "") is ErrorCode.CORRECTION_REASON_MISSING
    assert take_back("Sai sót") == 2
    assert refusal(table.approve, confirm, table.one) is ErrorCode.SECOND_PERSON
    table.approve(confirm)
    table.approve(publish)
    with db.read() as session:
        (shown,) = rows.published(session, 1)
    assert (shown.version, shown.body["withdrawn"], shown.body["reason"]) == (2, True, "Sai sót")


def test_every_step_is_in_the_log(db: Database) -> None:
    table = Table(db)
    table.published()
    with db.read() as session:
        query = select(AuditEntry.action, AuditEntry.subject).order_by(AuditEntry.seq)  # type: ignore[call-overload]
        found = [tuple(row) for row in session.execute(query)]
    assert found == [
        ("result_closed", "result:1:1"),
        ("prizes_proposed", "prizes:1:1"),
        ("prizes_decided", "prizes:1:1"),
        ("prizes_decided", "prizes:1:1"),
        ("prizes_confirmed", "prizes:1:1"),
        ("prizes_published", "prizes:1:1"),
    ]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANISER][3:])
def test_only_organisers_touch_prizes(db: Database, role: Role) -> None:
    table = Table(db)
    table.propose()
    somebody = make_staff(db, role)
    known = {"actor": somebody.username, "board": 1, "revision": 1, "now": table.now}
    assert refusal(propose, db, **known, reason="") is ErrorCode.NOT_ALLOWED
    assert refusal(withdraw, db, **known, reason="x") is ErrorCode.NOT_ALLOWED
    assert refusal(confirm, db, **known, code="") is ErrorCode.NOT_ALLOWED
    assert refusal(publish, db, **known, code="") is ErrorCode.NOT_ALLOWED
    choice = Decision(quota="second", entries=(), reason="x")
    assert refusal(decide, db, **known, decision=choice) is ErrorCode.NOT_ALLOWED


def overall(db: Database, *quotas: PrizeQuota, **changes: Any) -> tuple[MadeContest, Staffer]:
    return make_contest(db, prize_rules(*quotas, **changes)), make_staff(db, Role.ORGANISER)


def propose_overall(db: Database, staffer: Staffer, contest: MadeContest) -> None:
    row = None
    with db.read() as session:
        row = rows.newest(session, contest_id=1, board=OVERALL)
    propose(
        db,
        actor=staffer.username,
        board=OVERALL,
        revision=row.revision if row else 0,
        reason="",
        now=after_all(contest),
    )


def test_prizes_of_the_whole_contest_ask_for_enough_weeks(db: Database) -> None:
    contest, organiser = overall(db, quota("best", period=None), minimum_periods=2)
    once, twice = make_person(db, contest), make_person(db, contest)
    sit_paper(db, contest, once, week=1, right=3)
    for week in (1, 2):
        sit_paper(db, contest, twice, week=week, right=1)
    close_board(db, organiser, OVERALL, now=after_all(contest))
    propose_overall(db, organiser, contest)
    assert winners(db, OVERALL) == [("best", twice.id)]
    assert [(one["participant"], one["reason"]) for one in scope(db, OVERALL)["skipped"]] == [
        (once.id, "below_minimum")
    ]


def test_units_win_by_the_frozen_board(db: Database) -> None:
    contest, organiser = overall(db, quota("unit", 2, kind=PrizeKind.UNIT, period=None))
    for unit, right in ((0, 1), (1, 3)):
        sit_paper(db, contest, make_person(db, contest, unit=unit), week=2, right=right)
    close_board(db, organiser, OVERALL, now=after_all(contest))
    propose_overall(db, organiser, contest)
    made = scope(db, OVERALL, "unit")
    # 1 of 50 people, and 3 of 4 or 1 of 4 points: the halves of 2 + 75 and of 2 + 25.
    assert [(one["unit"], one["result"]) for one in made["winners"]] == [
        (contest.unit_ids[1], 3850),
        (contest.unit_ids[0], 1350),
    ]


def test_units_that_differ_in_the_official_order_only_tie(db: Database) -> None:
    contest, organiser = overall(db, quota("unit", kind=PrizeKind.UNIT, period=None))
    for unit in (0, 1):
        sit_paper(db, contest, make_person(db, contest, unit=unit), week=2, right=2)
    close_board(db, organiser, OVERALL, now=after_all(contest))
    propose_overall(db, organiser, contest)
    (tie,) = scope(db, OVERALL, "unit")["to_decide"]
    assert [one["unit"] for one in tie["entries"]] == list(contest.unit_ids)


def publish_slogans(db: Database, contest: MadeContest, lines: Sequence[object]) -> None:
    with db.write() as session:
        session.add(
            SloganPublication(
                contest_id=contest.contest_id,
                version=1,
                note="",
                body={"slogans": list(lines)},
                published_by="",
                published_at=after_all(contest),
            )
        )


def make_slogans(db: Database, contest: MadeContest) -> list[int]:
    writer = make_person(db, contest)
    with db.write() as session:
        made = [
            Slogan(
                contest_id=contest.contest_id,
                unit_id=unit_id,
                status="submitted",
                revision=1,
                draft_text="",
                draft_explanation="",
                draft_author="",
                draft_author_public=False,
                draft_by=writer.id,
                draft_at=after_all(contest),
                version_number=1,
            )
            for unit_id in contest.unit_ids
        ]
        session.add_all(made)
        session.flush()
        return [one.id or 0 for one in made]


def test_slogans_win_by_what_was_published(db: Database) -> None:
    slogan, best = quota("slogan", kind=PrizeKind.SLOGAN, period=None), quota("best", period=None)
    contest, organiser = overall(db, slogan, best)
    ids = make_slogans(db, contest)
    sit_paper(db, contest, make_person(db, contest), right=1)
    now = after_all(contest)
    assert refusal(propose_overall, db, organiser, contest) is ErrorCode.RESULT_MISSING
    close_board(db, organiser, OVERALL, now=now)
    propose_overall(db, organiser, contest)
    assert (scope(db, OVERALL, "slogan")["missing"], scope(db, OVERALL)["missing"]) == ("slogans", None)

    line = {"slogan_id": ids[1], "rank": 1, "text": "Vì dân phục vụ", "code": "KH-02", "score": "9"}
    publish_slogans(
        db, contest, [{"slogan_id": ids[0], "rank": 2}, line, {"rank": 1}, {"slogan_id": 10**6, "rank": 1}, 7]
    )
    propose_overall(db, organiser, contest)
    (won,) = scope(db, OVERALL, "slogan")["winners"]
    assert (won["entry"], won["unit"], won["text"]) == (ids[1], contest.unit_ids[1], "Vì dân phục vụ")


def test_tied_slogans_are_left_to_the_committee(db: Database) -> None:
    contest, organiser = overall(db, quota("slogan", kind=PrizeKind.SLOGAN, period=None))
    ids = make_slogans(db, contest)
    publish_slogans(db, contest, [{"slogan_id": one, "rank": 1, "text": "", "code": ""} for one in ids])
    propose_overall(db, organiser, contest)
    (tie,) = scope(db, OVERALL, "slogan")["to_decide"]
    assert [one["entry"] for one in tie["entries"]] == ids


def test_a_board_without_prizes_has_no_list(db: Database) -> None:
    contest, organiser = overall(db, quota("best", period=None))
    assert (
        refusal(propose, db, actor=organiser.username, board=1, revision=0, reason="", now=after_week(contest, 1))
        is ErrorCode.PRIZES_NONE
    )


def test_queries_do_not_grow_with_people(db: Database) -> None:
    contest, organiser = overall(db, quota("first"))
    counts, statements = [], []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    now = after_week(contest, 1)
    for people in (1, 2):
        for n in range(people):
            sit_paper(db, contest, make_person(db, contest, ranked=n == 0), right=n)
        now += timedelta(minutes=1)
        close_board(db, organiser, 1, now=now, reason="Thêm bài")
        statements.clear()
        propose(db, actor=organiser.username, board=1, revision=people - 1, reason="", now=now)
        counts.append(len(statements))
    assert counts[0] == counts[1]
