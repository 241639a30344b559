"""What a representative sees of the unit."""

from dataclasses import replace

import pytest

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import PredictionSubject
from cchc_app.contest.slogans import Status, Writing
from cchc_app.data.engine import Database
from cchc_app.data.representatives import begin_term
from cchc_app.services import submit_slogan
from cchc_app.services.unit_desk import code_page, unit_desk
from tests.factories import NOW, WEEK, MadeContest, Person, finish_paper, make_contest, make_person, rules
from tests.writers import GOOD


def make_writer(db: Database, contest: MadeContest) -> Person:
    person = make_person(db, contest)
    with db.write() as session:
        begin_term(session, unit_id=person.unit_id, participant_id=person.id, appointed_by="an", now=NOW)
    return person


def test_names_of_this_week_in_their_order(db: Database) -> None:
    contest = make_contest(db)
    writer = make_writer(db, contest)
    for name in ("Trần Bình", "Đỗ An"):
        finish_paper(db, contest, make_person(db, contest, name=name, now=NOW), week=2)
    finish_paper(db, contest, make_person(db, contest, name="Tuần Trước"), week=1)
    finish_paper(db, contest, make_person(db, contest, name="Bị Khóa", blocked=True), week=2)
    finish_paper(db, contest, make_person(db, contest, name="Đơn Vị Khác", unit=1), week=2)
    desk = unit_desk(db, participant_id=writer.id, now=NOW)
    assert sorted(desk.took_part) == ["Trần Bình", "Đỗ An"]
    assert (desk.week, desk.registered, desk.ever, desk.headcount, desk.withheld) == (2, 4, 3, 50, False)
    later = unit_desk(db, participant_id=writer.id, now=NOW + 9 * WEEK)
    assert (later.week, later.took_part, later.ever) == (None, (), 3)


def test_counts_a_prediction_asks_for_stay_hidden(db: Database) -> None:
    base = rules()
    asked = tuple(replace(p, prediction=PredictionSubject.ENTRANTS) if p.number == 2 else p for p in base.periods)
    contest = make_contest(db, replace(base, periods=asked))
    writer = make_writer(db, contest)
    finish_paper(db, contest, make_person(db, contest), week=2)
    desk = unit_desk(db, participant_id=writer.id, now=NOW)
    assert (desk.withheld, desk.took_part, desk.ever) == (True, (), 0)


def test_the_slogans_state(db: Database) -> None:
    contest = make_contest(db)
    writer = make_writer(db, contest)
    assert unit_desk(db, participant_id=writer.id, now=NOW).slogan_status is Status.DRAFT
    writing = Writing(GOOD, "", "Tổ một cửa", author_public=False)
    receipt = submit_slogan.submit(db, participant_id=writer.id, writing=writing, revision=0, now=NOW)
    desk = unit_desk(db, participant_id=writer.id, now=NOW)
    assert (desk.slogan_status, desk.slogan_text) == (Status.SUBMITTED, GOOD)
    submit_slogan.withdraw(db, participant_id=writer.id, revision=receipt.revision, now=NOW)
    desk = unit_desk(db, participant_id=writer.id, now=NOW)
    assert (desk.slogan_status, desk.slogan_text) == (Status.WITHDRAWN, "")


def test_others_have_no_desk(db: Database) -> None:
    person = make_person(db, make_contest(db))
    with pytest.raises(ContestError) as caught:
        unit_desk(db, participant_id=person.id, now=NOW)
    assert caught.value.code is ErrorCode.NOT_REPRESENTATIVE
    found = code_page(db, participant_id=person.id)
    assert (found.unit_name, found.is_writer) == ("UBND phường Lê Chân", False)
