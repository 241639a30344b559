"""One's own data: everything, masked, nobody else's; requests with their term; consents that change and end."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.lockout import Tries
from cchc_app.data.engine import Database
from cchc_app.data.sessions import lock_tries, store_tries
from cchc_app.data.tables import Answer, Attempt, Consent, DataRequest, Participant
from cchc_app.services import consents, take_quiz
from cchc_app.services.my_data import MyData, RequestKind, as_json, ask, cancel, due_at, my_data
from cchc_app.texts.privacy import VERSION
from tests.factories import NOW, Person, finish_paper, make_contest, make_person

CORRECTION, ERASURE, WITHDRAWAL = RequestKind.CORRECTION, RequestKind.ERASURE, RequestKind.WITHDRAWAL


def read(db: Database, person: Person, now: datetime = NOW) -> MyData:
    return my_data(db, participant_id=person.id, token_hash=person.token_hash, now=now)


def refusal(db: Database, person: Person, kind: RequestKind, detail: str = "") -> ErrorCode | None:
    try:
        ask(db, participant_id=person.id, kind=kind, detail=detail, now=NOW)
    except ContestError as error:
        return error.code
    return None


def stored(db: Database) -> list[DataRequest]:
    with db.read() as session:
        return list(session.exec(select(DataRequest).order_by(DataRequest.id)))


def test_everything_about_one_and_nothing_about_others(db: Database) -> None:
    contest = make_contest(db)
    person = make_person(db, contest, name="Đỗ Thị Mai", phone="0912345678", pin_hash="$argon2id$secret")
    neighbour = make_person(db, contest, name="Trần Văn Khác")
    receipt = finish_paper(db, contest, person, correct=3)
    finish_paper(db, contest, neighbour, correct=4)
    ask(db, participant_id=person.id, kind=CORRECTION, detail=" Tên đệm  là Thu ", now=NOW)
    with db.write() as session:
        attempt = session.exec(select(Attempt).where(Attempt.receipt == receipt)).one()
        session.add(Answer(attempt_id=attempt.id, position=0, option=2, correct=True, final=True, answered_at=NOW))
        index = session.get_one(Participant, person.id).citizen_id_index
        lock_tries(session, citizen_id_index=index, now=NOW)
        store_tries(session, citizen_id_index=index, tries=Tries(failures=3, last_at=NOW))
    data = read(db, person)
    assert (data.full_name, data.citizen_id_masked, data.phone_masked) == ("Đỗ Thị Mai", "031•••••••00", "091•••••78")
    assert (data.unit_name, data.wrong_tries, data.registered_at) == ("UBND phường Lê Chân", 3, NOW)
    assert [(one.purpose, one.version, one.given_at) for one in data.consents] == [("participation", VERSION, NOW)]
    [paper] = data.papers
    assert (paper.receipt, paper.practice, paper.correct) == (receipt, False, 3)
    assert [(answer.position, answer.option, answer.answered_at) for answer in paper.answers] == [(0, 2, NOW)]
    assert [device.current for device in data.devices] == [True]
    assert [(one.kind, one.detail, one.status) for one in data.requests] == [(CORRECTION, "Tên đệm là Thu", "open")]
    told = json.dumps(as_json(data), ensure_ascii=False)
    with db.read() as session:
        row = session.get_one(Participant, person.id)
        secrets = (row.citizen_id, row.citizen_id_index, "0912345678", "argon2", person.token_hash, "Trần Văn Khác")
    assert [secret for secret in secrets if secret in told] == []
    assert json.loads(told)["papers"][0]["answers"] == [
        {"position": 0, "option": 2, "answered_at": "2026-03-11T05:00:00+00:00"}
    ]


def test_withheld_marks_stay_withheld_and_open_papers_tell_no_end(db: Database) -> None:
    contest = make_contest(db)
    person = make_person(db, contest)
    take_quiz.begin(db, participant_id=person.id, kind="counted", now=NOW)
    take_quiz.begin(db, participant_id=person.id, kind="practice", now=NOW)
    assert [(one.practice, one.finished_at, one.correct) for one in read(db, person).papers] == [
        (False, None, None),
        (True, None, None),
    ]


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (NOW, datetime(2026, 3, 13, 17, tzinfo=UTC)),  # Wednesday: until Friday 24:00 in Hải Phòng
        (datetime(2026, 3, 12, 16, 59, tzinfo=UTC), datetime(2026, 3, 16, 17, tzinfo=UTC)),  # still Thursday there
        (datetime(2026, 3, 12, 17, 0, tzinfo=UTC), datetime(2026, 3, 17, 17, tzinfo=UTC)),  # Friday already
    ],
)
def test_the_term_of_an_answer(asked: datetime, due: datetime) -> None:
    assert due_at(asked) == due


def test_a_correction_says_what_is_wrong(db: Database) -> None:
    person = make_person(db, make_contest(db))
    assert refusal(db, person, CORRECTION, " \u200b ") is ErrorCode.REQUEST_EMPTY
    assert stored(db) == []
    assert refusal(db, person, CORRECTION, "x" * 5000) is None
    assert len(stored(db)[0].detail or "") == 400


def test_one_open_request_of_a_kind_whatever_races(db: Database) -> None:
    person = make_person(db, make_contest(db))
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _: refusal(db, person, ERASURE), range(8)))
    assert sorted(said, key=str) == [ErrorCode.REQUEST_OPEN] * 7 + [None]
    assert refusal(db, person, CORRECTION, "x") is None
    cancel(db, participant_id=person.id, kind=ERASURE, now=NOW + timedelta(hours=1))
    assert refusal(db, person, ERASURE) is None
    assert [(one.kind, one.status) for one in stored(db)] == [
        ("erasure", "cancelled"),
        ("correction", "open"),
        ("erasure", "open"),
    ]


def test_nobody_cancels_for_others(db: Database) -> None:
    contest = make_contest(db)
    person, neighbour = make_person(db, contest), make_person(db, contest)
    refusal(db, person, ERASURE)
    cancel(db, participant_id=neighbour.id, kind=ERASURE, now=NOW)
    assert [one.status for one in stored(db)] == ["open"]


def test_what_people_write_is_stored_encrypted(db: Database) -> None:
    person = make_person(db, make_contest(db))
    refusal(db, person, CORRECTION, "Ngày sinh đúng là 05/09/1985")
    with db.engine.connect() as connection:
        [raw] = connection.exec_driver_sql("SELECT detail FROM data_request").scalars()
    assert "1985" not in raw


def test_withdrawing_stops_new_papers_until_one_agrees_again(db: Database) -> None:
    person = make_person(db, make_contest(db))
    assert refusal(db, person, WITHDRAWAL) is None
    assert not consents.is_current(db, participant_id=person.id)
    for kind in ("counted", "practice"):
        with pytest.raises(ContestError) as refused:
            take_quiz.begin(db, participant_id=person.id, kind=kind, now=NOW)
        assert refused.value.code is ErrorCode.CONSENT_WITHDRAWN
    cancel(db, participant_id=person.id, kind=WITHDRAWAL, now=NOW)  # not by a button: by agreeing
    assert [one.status for one in stored(db)] == ["open"]
    consents.agree(db, participant_id=person.id, now=NOW + timedelta(minutes=1))
    assert [(one.kind, one.status) for one in stored(db)] == [("withdrawal", "cancelled")]
    assert take_quiz.begin(db, participant_id=person.id, kind="counted", now=NOW)
    assert [one.withdrawn_at for one in read(db, person).consents] == [None, NOW]  # the history stays


def test_an_open_paper_may_still_be_handed_in_after_withdrawing(db: Database) -> None:
    person = make_person(db, make_contest(db))
    receipt = take_quiz.begin(db, participant_id=person.id, kind="counted", now=NOW)
    refusal(db, person, WITHDRAWAL)
    assert take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW) == receipt


def test_an_older_version_is_not_current(db: Database) -> None:
    person = make_person(db, make_contest(db), agrees=False)
    assert not consents.is_current(db, participant_id=person.id)
    with db.write() as session:
        session.add(Consent(participant_id=person.id, purpose="participation", version="0", given_at=NOW))
    assert not consents.is_current(db, participant_id=person.id)
    consents.agree(db, participant_id=person.id, now=NOW)
    assert consents.is_current(db, participant_id=person.id)
