"""After the time of keeping, people are nobody and every figure is what it was."""

from datetime import timedelta

from sqlalchemy import text
from sqlmodel import SQLModel, select

from cchc_app.contest.slogans import Writing
from cchc_app.data import retention as rows
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.data.representatives import begin_term
from cchc_app.data.rotation import encrypted_columns
from cchc_app.data.sessions import lock_tries
from cchc_app.data.tables import Consent, DataRequest, Participant, PersonMerge, RosterEntry
from cchc_app.services import retention, standings, submit_slogan, take_quiz
from cchc_app.services.my_data import RequestKind, ask
from cchc_app.services.retention import retire
from cchc_app.services.sessions import issue_ticket
from cchc_app.texts.privacy import ANONYMOUS
from tests.factories import NOW, WEEK, MadeContest, Person, every_row, finish_paper, make_contest, make_person

DAYS = 180
# The contest of the factories closes two weeks and a bit after NOW.
LATER = NOW + 3 * WEEK + timedelta(days=DAYS)
FIGURES = ("answer", "attempt", "standing", "consent", "unit", "period", "visit_day")


def crowd(db: Database) -> tuple[MadeContest, list[Person]]:
    contest = make_contest(db)
    people = [
        make_person(db, contest, unit=n % 2, phone="0912345678", pin_hash="$argon2id$x", synthetic=n == 0)
        for n in range(5)
    ]
    for n, person in enumerate(people[:4]):
        finish_paper(db, contest, person, correct=n)
    with db.write() as session:
        session.add(Consent(participant_id=people[0].id, purpose="participation", version="1", given_at=NOW))
        issue_ticket(session, participant_id=people[0].id, now=NOW)
        lock_tries(session, citizen_id_index=session.get_one(Participant, people[0].id).citizen_id_index, now=NOW)
        session.add(
            RosterEntry(
                contest_id=contest.contest_id,
                unit_id=contest.unit_ids[0],
                number="031085012345",
                number_index=keyring().blind_index("031085012345"),
                full_name="Lê Thị Vắng Mặt",
                birth_date=NOW.date(),
            )
        )
        session.add(PersonMerge(merged_id=people[2].id, kept_id=people[3].id, reason="CMND", moved=[], merged_at=NOW))
    ask(db, participant_id=people[1].id, kind=RequestKind.CORRECTION, detail="Tên là An", now=NOW)
    take_quiz.begin(db, participant_id=people[4].id, kind=COUNTED, now=NOW)
    return contest, people


def board(db: Database) -> list[tuple]:
    found = standings.board(db, period_number=2, now=LATER)
    return [(row.rank, row.unit_name, row.points, row.time_used_ms, row.finished_at) for row in found.rows]


def test_people_become_nobody_and_figures_stay(db: Database) -> None:
    crowd(db)
    before, places = every_row(db), board(db)
    numbers = [row.citizen_id for row in before["participant"]]
    assert retire(db, days=DAYS, now=LATER) == 5
    after = every_row(db)
    assert {name: after[name] for name in FIGURES} == {name: before[name] for name in FIGURES}
    assert board(db) == places
    assert {row.full_name for row in standings.board(db, period_number=2, now=LATER).rows} == {ANONYMOUS}
    for row in after["participant"]:
        assert (row.full_name, row.citizen_id, row.citizen_id_masked, row.search_key) == (ANONYMOUS, "", "", "")
        assert (row.phone, row.pin_hash, row.birth_date) == (None, None, rows.NOBODYS_BIRTHDAY)
        assert row.anonymised_at == LATER
    assert (after["auth_session"], after["sign_in_ticket"], after["sign_in_guard"]) == ([], [], [])
    assert [row.detail for row in after["data_request"]] == [None]
    assert (after["roster_entry"], [row.reason for row in after["person_merge"]]) == ([], [""])
    indexes = {row.citizen_id_index for row in after["participant"]}
    assert not indexes & {keyring().blind_index(number) for number in numbers}
    assert [row.unit_id for row in after["participant"]] == [row.unit_id for row in before["participant"]]


def test_nothing_readable_is_left_in_any_table(db: Database) -> None:
    _, people = crowd(db)
    retire(db, days=DAYS, now=LATER)
    with db.engine.connect() as connection:
        whole = "".join(
            repr(connection.execute(text(f'SELECT * FROM "{name}"')).all()) for name in SQLModel.metadata.tables
        )
    left = [word for person in people for word in (person.name, person.token_hash) if word in whole]
    assert left == []


def test_not_a_millisecond_early(db: Database) -> None:
    contest, _ = crowd(db)
    closes_at = contest.rule_set.periods[-1].closes_at
    before = every_row(db)
    assert retire(db, days=DAYS, now=closes_at + timedelta(days=DAYS, milliseconds=-1)) == 0
    assert every_row(db) == before
    assert retire(db, days=DAYS, now=closes_at + timedelta(days=DAYS)) == 5


def test_again_does_nothing_and_interrupted_goes_on(db: Database, monkeypatch) -> None:
    contest, _ = crowd(db)
    monkeypatch.setattr(retention, "BATCH", 2)
    with db.write() as session:  # the first batch of a run that was killed then
        ids = rows.identified(session, contest.contest_id, limit=2)
        rows.anonymise(session, ids, name=ANONYMOUS, contest_id=contest.contest_id, now=LATER)
    assert retire(db, days=DAYS, now=LATER) == 3
    before = every_row(db)
    assert retire(db, days=DAYS, now=LATER + WEEK) == 0
    assert every_row(db) == before


def test_open_boards_are_told(db: Database) -> None:
    crowd(db)
    before = standings.board_stamp(db, period_number=2, now=LATER)
    retire(db, days=DAYS, now=LATER)
    assert standings.board_stamp(db, period_number=2, now=LATER) != before


def test_before_a_contest_is_set_up(db: Database) -> None:
    assert retire(db, days=DAYS, now=LATER) == 0


def test_no_table_about_people_is_forgotten() -> None:
    """A new table that hangs on participants is emptied of what tells who they are, or holds nothing of the kind."""
    hanging = {
        name
        for name, table in SQLModel.metadata.tables.items()
        for key in table.foreign_keys
        if key.target_fullname == "participant.id"
    }
    emptied = {"auth_session", "sign_in_ticket", "data_request", "person_merge", "slogan", "slogan_version"}
    emptied |= {"sanction", "unit_move", "pin_reset"}
    assert hanging == emptied | {
        "attempt",
        "standing",
        "frozen_standing",
        "consent",
        "unit_code",
        "unit_representative",
        "official_place",
    }


def test_no_encrypted_column_is_forgotten(db: Database) -> None:
    """Whatever is worth encrypting is gone afterwards, or was minutes old when the contest still ran."""
    crowd(db)
    retire(db, days=DAYS, now=LATER)
    after = every_row(db)
    left = {
        f"{column.table.name}.{column.name}"
        for column in encrypted_columns()
        for row in after[column.table.name]
        if getattr(row, column.name)
    }
    assert left == set()


def test_requests_keep_their_dates(db: Database) -> None:
    crowd(db)
    retire(db, days=DAYS, now=LATER)
    with db.read() as session:
        [request] = session.exec(select(DataRequest))
    assert (request.kind, request.created_at) == ("correction", NOW)


def test_authors_become_nobody_and_slogans_stay(db: Database) -> None:
    _, people = crowd(db)
    writing = Writing("Ai cũng có phần việc của mình để dân được nhờ hơn", "Vì dân.", "Trần Thị Hà", author_public=True)
    with db.write() as session:
        begin_term(session, unit_id=people[0].unit_id, participant_id=people[0].id, appointed_by="cchc", now=NOW)
    submit_slogan.submit(db, participant_id=people[0].id, writing=writing, revision=0, now=NOW)
    retire(db, days=DAYS, now=LATER)
    after = every_row(db)
    [slogan], [version] = after["slogan"], after["slogan_version"]
    assert (slogan.draft_author, slogan.draft_author_public, slogan.draft_text) == ("", False, writing.text)
    assert (version.author, version.author_public, version.text) == ("", False, writing.text)
    assert version.explanation == "Vì dân."
