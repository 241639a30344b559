"""Drafts of the rules and their publication, on both databases."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.changes import RuleField
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import BlueprintLine, PeriodRules, RuleSet, digest
from cchc_app.contest.staffing import Action
from cchc_app.data.contests import contest_in_force, rule_set_of
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import Attempt, AuditEntry, Period, RuleSetVersion
from cchc_app.services import rule_drafts, take_quiz
from cchc_app.services.rule_drafts import DraftView
from tests.factories import NOW, WEEK, MadeContest, every_row, make_contest, make_person
from tests.staff import Staffer, make_staff

DAY = timedelta(days=1)


def organiser(db: Database) -> Staffer:
    return make_staff(db, Role.ORGANISER)


def longer(rule_set: RuleSet) -> RuleSet:
    return replace(rule_set, quiz=replace(rule_set.quiz, duration_ms=900_000))


def save(db: Database, who: Staffer, revision: int, change=longer) -> DraftView:
    return rule_drafts.save(db, actor=who.username, revision=revision, change=change, now=NOW)


def publish(db: Database, who: Staffer, revision: int, note: str = "", now=NOW) -> DraftView:
    return rule_drafts.publish(db, actor=who.username, revision=revision, note=note, code=who.code(now), now=now)


def begin(db: Database, contest: MadeContest, now=NOW) -> str:
    return take_quiz.begin(db, participant_id=make_person(db, contest).id, kind=COUNTED, now=now)


def test_a_version_from_before_articles_12_to_14_keeps_its_body_and_its_digest(db: Database) -> None:
    make_contest(db)
    who = organiser(db)
    with db.write() as session:
        row = session.exec(select(RuleSetVersion)).one()
        old = {name: part for name, part in row.body.items() if name not in ("judging", "collective", "prizes")}
        contest_id, cited = row.contest_id, "0ld" * 21 + "0"
        session.add(
            RuleSetVersion(contest_id=contest_id, version=2, digest=cited, body=old | {"version": 2}, published_at=NOW)
        )
    with db.read() as session:
        found = contest_in_force(session)
    assert (found.digest, found.rule_set.version, found.rule_set.prizes.quotas) == (cited, 2, ())
    publish(db, who, save(db, who, 0).revision, "Viết đủ các điều")
    with db.read() as session:
        stored = session.exec(select(RuleSetVersion).order_by(col(RuleSetVersion.version))).all()
    assert [row.version for row in stored] == [1, 2, 3]
    assert (stored[1].digest, stored[1].body) == (cited, old | {"version": 2})
    assert {"judging", "collective", "prizes"} <= set(stored[2].body)


def test_a_draft_changes_nothing_until_it_is_published(db: Database) -> None:
    contest, who = make_contest(db), organiser(db)
    empty = rule_drafts.rule_draft(db, actor=who.username, now=NOW)
    assert (empty.draft, empty.revision, empty.differences, empty.can_draw) == (contest.rule_set, 0, (), True)
    view = save(db, who, 0)
    assert (view.revision, view.edited_by, view.edited_at) == (1, who.username, NOW)
    assert [(d.field, d.before, d.after) for d in view.differences] == [(RuleField.DURATION, 600_000, 900_000)]
    with db.read() as session:
        assert contest_in_force(session).rule_set == contest.rule_set


def test_publishing_makes_a_version_and_keeps_the_ids_of_periods(db: Database) -> None:
    contest, who = make_contest(db), organiser(db)

    def change(rule_set: RuleSet) -> RuleSet:
        third = replace(rule_set.periods[2], closes_at=rule_set.periods[2].closes_at - DAY)
        return replace(longer(rule_set), periods=(*rule_set.periods[:2], third))

    save(db, who, 0, lambda rules: replace(change(rules), prizes=replace(rules.prizes, quotas=())))
    view = publish(db, who, 1)
    with db.read() as session:
        found = contest_in_force(session)
        rows = session.exec(select(Period).order_by(col(Period.number))).all()
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == Action.RULES_PUBLISHED)).one()
    assert (found.rule_set.version, found.digest, view.differences) == (2, digest(found.rule_set), ())
    assert [(row.number, row.id) for row in rows] == [(n, contest.period_ids[n]) for n in (1, 2, 3)]
    assert rows[2].closes_at == contest.rule_set.periods[2].closes_at - DAY
    assert (entry.actor, '"version":2' in entry.after) == (who.username, True)


def test_a_period_more_gets_a_row(db: Database) -> None:
    contest, who = make_contest(db), organiser(db)
    last = contest.rule_set.periods[-1]
    fifth = PeriodRules(5, last.closes_at, last.closes_at + WEEK)
    save(db, who, 0, lambda rules: replace(rules, periods=(*rules.periods, fifth)))
    publish(db, who, 1)
    with db.read() as session:
        found = contest_in_force(session)
    assert set(found.period_ids) == {1, 2, 3, 4, 5}
    assert found.rule_set.periods[-1] == fifth


def test_papers_keep_the_version_they_were_handed_out_under(db: Database) -> None:
    contest, who = make_contest(db), organiser(db)
    receipt = begin(db, contest)
    save(db, who, 0)
    with pytest.raises(ContestError) as without:
        publish(db, who, 1)
    publish(db, who, 1, note="  Thêm giờ   cho bài dài ", now=NOW + DAY)
    later = begin(db, contest, now=NOW + DAY)
    with db.read() as session:
        papers = {row.receipt: row for row in session.exec(select(Attempt))}
        old, new = (rule_set_of(session, papers[one].rule_set_id) for one in (receipt, later))
    assert without.value.code is ErrorCode.NOTE_MISSING
    assert (old.quiz.duration_ms, new.quiz.duration_ms, new.note) == (600_000, 900_000, "Thêm giờ cho bài dài")
    assert papers[receipt].deadline_at == NOW + timedelta(minutes=10)
    assert papers[later].deadline_at == NOW + DAY + timedelta(minutes=15)


def test_what_papers_rest_on_cannot_be_drafted(db: Database) -> None:
    contest, who = make_contest(db), organiser(db)
    begin(db, contest)
    before = every_row(db)

    def earlier(rule_set: RuleSet) -> RuleSet:
        one, two, *rest = rule_set.periods
        return replace(rule_set, periods=(one, replace(two, opens_at=two.opens_at + DAY), *rest))

    for change in (earlier, lambda rules: replace(rules, periods=rules.periods[:1])):
        with pytest.raises(ContestError) as refused:
            save(db, who, 0, change)
        assert refused.value.code is ErrorCode.FIELD_LOCKED
    assert every_row(db) == before


def test_the_second_of_two_editors_is_told_who_was_first(db: Database) -> None:
    make_contest(db)
    first, second = organiser(db), organiser(db)
    save(db, first, 0)
    with pytest.raises(ContestError) as refused:
        save(db, second, 0)
    assert refused.value.code is ErrorCode.CHANGED_MEANWHILE
    assert refused.value.details == {"by": first.username, "at": NOW}
    with pytest.raises(ContestError) as stale:
        publish(db, second, 0)
    assert stale.value.code is ErrorCode.CHANGED_MEANWHILE


def test_of_editors_at_once_exactly_one_is_let_through(db: Database) -> None:
    make_contest(db)
    people = [organiser(db) for _ in range(4)]
    ready, outcomes = threading.Barrier(len(people)), []

    def work(who: Staffer) -> None:
        ready.wait()
        try:
            save(db, who, 0)
            outcomes.append("saved")
        except ContestError as error:
            outcomes.append(error.code.name)

    threads = [threading.Thread(target=work, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["CHANGED_MEANWHILE"] * 3 + ["saved"]


def test_of_two_publications_at_once_one_makes_the_version(db: Database) -> None:
    make_contest(db)
    people = [organiser(db) for _ in range(2)]
    save(db, people[0], 0)
    ready, outcomes = threading.Barrier(2), []

    def work(who: Staffer) -> None:
        ready.wait()
        try:
            publish(db, who, 1)
            outcomes.append("published")
        except ContestError as error:
            outcomes.append(error.code.name)

    threads = [threading.Thread(target=work, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.read() as session:
        versions = session.exec(select(RuleSetVersion.version).order_by(col(RuleSetVersion.version))).all()
    assert outcomes.count("published") == 1
    assert versions == [1, 2]


def test_nothing_new_is_not_published_and_a_draft_can_be_dropped(db: Database) -> None:
    make_contest(db)
    who = organiser(db)
    save(db, who, 0)
    view = rule_drafts.discard(db, actor=who.username, revision=1, now=NOW)
    assert (view.revision, view.differences) == (2, ())
    with pytest.raises(ContestError) as refused:
        publish(db, who, 2)
    assert refused.value.code is ErrorCode.RULES_UNCHANGED


def test_publishing_takes_a_fresh_code(db: Database) -> None:
    make_contest(db)
    who = organiser(db)
    save(db, who, 0)
    with pytest.raises(ContestError) as refused:
        rule_drafts.publish(db, actor=who.username, revision=1, note="", code="000000", now=NOW)
    assert refused.value.code is ErrorCode.CODE_WRONG


def test_the_bank_is_held_against_each_line(db: Database) -> None:
    make_contest(db)
    who = organiser(db)
    lines = (BlueprintLine(count=2, topic="A"), BlueprintLine(count=9, topic="B", difficulty=1), BlueprintLine(count=1))
    view = save(db, who, 0, lambda rules: replace(rules, quiz=replace(rules.quiz, blueprint=lines)))
    assert [(check.line, check.available) for check in view.lines] == [(lines[0], 6), (lines[1], 2), (lines[2], 12)]
    assert (view.can_draw, view.topics, view.blocs) == (False, ("A", "B"), ("cap_xa",))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.QUESTION_EDITOR, Role.JUDGE, Role.ADMINISTRATOR])
def test_only_organisers_write(db: Database, role: Role) -> None:
    make_contest(db)
    who = make_staff(db, role)
    before = every_row(db)
    with pytest.raises(ContestError) as refused:
        save(db, who, 0)
    with pytest.raises(ContestError) as unpublished:
        publish(db, who, 0)
    assert {refused.value.code, unpublished.value.code} == {ErrorCode.NOT_ALLOWED}
    assert every_row(db) == before
    if role is Role.AUDITOR:
        assert rule_drafts.rule_draft(db, actor=who.username, now=NOW).revision == 0
        return
    with pytest.raises(ContestError):
        rule_drafts.rule_draft(db, actor=who.username, now=NOW)
