"""Writing a unit's slogan, with real commits on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlmodel import select

from cchc_app.contest import receipts
from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.schedule import Phase
from cchc_app.contest.slogans import Status, Writing
from cchc_app.data import representatives as terms
from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant, Slogan, SloganException, SloganVersion
from cchc_app.services import representatives, submit_slogan
from cchc_app.services.consents import agree
from cchc_app.services.my_data import RequestKind, ask
from cchc_app.services.slogan_page import SloganPage, slogan_page
from cchc_app.services.submit_slogan import Receipt, Saved
from tests.factories import NOW, MadeContest, Person, every_row, make_contest, make_person, rules
from tests.staff import make_staff

MS = timedelta(milliseconds=1)
MINUTE = timedelta(minutes=1)
TEXT = "Cải cách hành chính lấy sự hài lòng của người dân làm thước đo phục vụ"
OTHER = "Một cửa gần dân, một lòng vì dân, hồ sơ đúng hẹn, thành phố yên tâm"


def writing(text: str = TEXT, *, explanation: str = "Vì dân.", author: str = "Tổ một cửa") -> Writing:
    return Writing(text, explanation, author, author_public=True)


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return make_contest(db)


def make_writer(db: Database, contest: MadeContest, *, unit: int = 0, name: str = "") -> Person:
    person = make_person(db, contest, unit=unit, name=name)
    organiser = make_staff(db, Role.ORGANISER)
    representatives.appoint(db, actor=organiser.username, participant_id=person.id, now=NOW)
    return person


@pytest.fixture
def writer(db: Database, contest: MadeContest) -> Person:
    return make_writer(db, contest, name="Nguyễn Thị Hoa")


def save(db: Database, person: Person, what: Writing, revision: int, *, now: datetime = NOW) -> Saved:
    return submit_slogan.save_draft(db, participant_id=person.id, writing=what, revision=revision, now=now)


def submit(db: Database, person: Person, what: Writing, revision: int, *, now: datetime = NOW) -> Receipt:
    return submit_slogan.submit(db, participant_id=person.id, writing=what, revision=revision, now=now)


def withdraw(db: Database, person: Person, revision: int, *, now: datetime = NOW) -> Receipt:
    return submit_slogan.withdraw(db, participant_id=person.id, revision=revision, now=now)


def page(db: Database, person: Person | None, *, now: datetime = NOW) -> SloganPage:
    return slogan_page(db, participant_id=person.id if person else None, now=now)


def refusal(call, *args, **kwargs) -> ContestError:
    with pytest.raises(ContestError) as caught:
        call(*args, **kwargs)
    return caught.value


def slogan_row(db: Database) -> Slogan:
    with db.read() as session:
        return session.exec(select(Slogan)).one()


def versions(db: Database) -> list[SloganVersion]:
    with db.read() as session:
        return list(session.exec(select(SloganVersion).order_by(SloganVersion.number)))


def test_from_the_first_word_to_a_second_slogan(db: Database, contest: MadeContest, writer: Person) -> None:
    saved = save(db, writer, writing("Cải cách"), 0)
    assert saved == Saved(1, NOW)
    first = submit(db, writer, writing(f" {TEXT}  "), saved.revision, now=NOW + MINUTE)
    assert receipts.is_wellformed(first.receipt)
    assert first.receipt.startswith("T26-KH-")
    second = submit(db, writer, writing(OTHER), first.revision, now=NOW + 2 * MINUTE)
    gone = withdraw(db, writer, second.revision, now=NOW + 3 * MINUTE)
    third = submit(db, writer, writing(OTHER), gone.revision, now=NOW + 4 * MINUTE)
    assert [(v.number, v.action, v.text, v.words) for v in versions(db)] == [
        (1, "submitted", TEXT, 16),
        (2, "submitted", OTHER, 16),
        (3, "withdrawn", OTHER, 16),
        (4, "submitted", OTHER, 16),
    ]
    assert [v.receipt for v in versions(db)] == [r.receipt for r in (first, second, gone, third)]
    unit = page(db, writer).unit
    assert unit is not None
    assert unit.counts is not None
    assert (unit.status, unit.counts.text, unit.counts.receipt) == (Status.SUBMITTED, OTHER, third.receipt)
    assert [line.number for line in unit.versions] == [4, 3, 2, 1]
    assert {line.writer for line in unit.versions} == {"Nguyễn Thị Hoa"}
    assert unit.draft.revision == slogan_row(db).revision == 5


def test_a_draft_is_kept_whatever_it_says(db: Database, contest: MadeContest, writer: Person) -> None:
    odd = Writing("một\n\thai\u0000\ud800 http://x.vn", "x" * 50_000, "", author_public=False)
    save(db, writer, odd, 0)
    unit = page(db, writer).unit
    assert unit is not None
    assert unit.draft.writing.text == "một\n\thai http://x.vn"
    assert len(unit.draft.writing.explanation) == submit_slogan.MAX_TYPED
    assert (unit.draft.writer, unit.draft.saved_at, unit.status, unit.counts) == (
        "Nguyễn Thị Hoa",
        NOW,
        Status.DRAFT,
        None,
    )


def test_saving_what_is_stored_stores_nothing(db: Database, contest: MadeContest, writer: Person) -> None:
    save(db, writer, writing(), 0)
    before = every_row(db)
    assert save(db, writer, writing(), 0, now=NOW + MINUTE) == Saved(1, NOW)
    assert every_row(db) == before


def test_submitting_twice_is_submitting_once(db: Database, contest: MadeContest, writer: Person) -> None:
    first = submit(db, writer, writing(), 0)
    before = every_row(db)
    assert submit(db, writer, writing(), 0, now=NOW + MINUTE) == first
    assert every_row(db) == before


def test_a_stale_draft_changes_nothing_and_is_told_whose_is_there(
    db: Database, contest: MadeContest, writer: Person
) -> None:
    colleague = make_writer(db, contest, name="Trần Văn Bình")
    save(db, writer, writing("bản chung"), 0)
    save(db, colleague, writing("bản của Bình"), 1, now=NOW + MINUTE)
    before = every_row(db)
    refused = refusal(save, db, writer, writing("bản của Hoa"), 1, now=NOW + 2 * MINUTE)
    assert (refused.code, refused.details) == (
        ErrorCode.SLOGAN_CONFLICT,
        {"by": "Trần Văn Bình", "at": NOW + MINUTE},
    )
    assert refusal(submit, db, writer, writing(), 1).code is ErrorCode.SLOGAN_CONFLICT
    assert every_row(db) == before
    assert save(db, writer, writing("bản của Hoa"), 2).revision == 3


def test_a_stale_withdrawal_is_a_conflict(db: Database, contest: MadeContest, writer: Person) -> None:
    first = submit(db, writer, writing(), 0)
    submit(db, writer, writing(OTHER), first.revision)
    assert refusal(withdraw, db, writer, first.revision).code is ErrorCode.SLOGAN_CONFLICT
    assert slogan_row(db).status == "submitted"


def test_nothing_to_withdraw(db: Database, contest: MadeContest, writer: Person) -> None:
    assert refusal(withdraw, db, writer, 0).code is ErrorCode.SLOGAN_NOT_SUBMITTED
    receipt = submit(db, writer, writing(), 0)
    receipt = withdraw(db, writer, receipt.revision)
    assert refusal(withdraw, db, writer, receipt.revision).code is ErrorCode.SLOGAN_NOT_SUBMITTED


def test_what_is_disqualified_is_neither_replaced_nor_withdrawn(
    db: Database, contest: MadeContest, writer: Person
) -> None:
    receipt = submit(db, writer, writing(), 0)
    with db.write() as session:
        row = session.exec(select(Slogan)).one()
        row.disqualified_at, row.disqualified_reason = NOW, "Chép nguyên văn"
        session.add(row)
    assert refusal(submit, db, writer, writing(OTHER), receipt.revision).code is ErrorCode.SLOGAN_DISQUALIFIED
    assert refusal(withdraw, db, writer, receipt.revision).code is ErrorCode.SLOGAN_DISQUALIFIED
    unit = page(db, writer).unit
    assert unit is not None
    assert unit.disqualified == "Chép nguyên văn"


def test_refused_slogans_leave_nothing(db: Database, contest: MadeContest, writer: Person) -> None:
    before = every_row(db)
    assert refusal(submit, db, writer, writing("chín " * 9), 0).code is ErrorCode.SLOGAN_TOO_FEW_WORDS
    assert refusal(submit, db, writer, writing(author=""), 0).code is ErrorCode.AUTHOR_MISSING
    assert every_row(db) == before


def everything(db: Database, person: Person, *, now: datetime = NOW) -> set[ErrorCode]:
    """How each way of writing is refused."""
    return {
        refusal(save, db, person, writing(), 0, now=now).code,
        refusal(submit, db, person, writing(), 0, now=now).code,
        refusal(withdraw, db, person, 0, now=now).code,
    }


def test_others_cannot_write(db: Database, contest: MadeContest, writer: Person) -> None:
    participant = make_person(db, contest)
    assert everything(db, participant) == {ErrorCode.NOT_REPRESENTATIVE}
    blocked = make_writer(db, contest)
    with db.write() as session:
        row = session.get_one(Participant, blocked.id)
        row.blocked = True
        session.add(row)
    assert everything(db, blocked) == {ErrorCode.NOT_REPRESENTATIVE}


def test_a_dismissed_representative_cannot_write(db: Database, contest: MadeContest, writer: Person) -> None:
    submit(db, writer, writing(), 0)
    with db.read() as session:
        [term] = terms.terms_of(session, writer.unit_id)
    organiser = make_staff(db, Role.ORGANISER)
    representatives.dismiss(db, actor=organiser.username, term_id=term.term_id, now=NOW)
    assert everything(db, writer) == {ErrorCode.NOT_REPRESENTATIVE}
    assert [v.text for v in versions(db)] == [TEXT]


def test_a_representative_of_another_unit_writes_for_the_own_one_only(
    db: Database, contest: MadeContest, writer: Person
) -> None:
    submit(db, writer, writing(), 0)
    other = make_writer(db, contest, unit=1)
    submit(db, other, writing(OTHER), 0)
    with db.read() as session:
        rows = session.exec(select(Slogan.unit_id, Slogan.draft_text).order_by(Slogan.unit_id)).all()
    assert list(rows) == [(contest.unit_ids[0], TEXT), (contest.unit_ids[1], OTHER)]
    with db.write() as session:  # moved to another unit: the term of the old one counts no more
        row = session.get_one(Participant, writer.id)
        row.unit_id = contest.unit_ids[1]
        session.add(row)
    assert everything(db, writer) == {ErrorCode.NOT_REPRESENTATIVE}


def test_who_took_the_consent_back_writes_nothing(db: Database, contest: MadeContest, writer: Person) -> None:
    agree(db, participant_id=writer.id, now=NOW)
    ask(db, participant_id=writer.id, kind=RequestKind.WITHDRAWAL, detail="", now=NOW)
    assert everything(db, writer) == {ErrorCode.CONSENT_WITHDRAWN}


def test_a_hand_over_keeps_the_slogan(db: Database, contest: MadeContest, writer: Person) -> None:
    receipt = submit(db, writer, writing(), 0)
    successor = make_person(db, contest, name="Lê Minh")
    code = representatives.make_code_at_console(db, unit="U0", now=NOW)
    representatives.redeem(db, participant_id=successor.id, code=code, address="192.0.2.7", now=NOW)
    assert everything(db, writer) == {ErrorCode.NOT_REPRESENTATIVE}
    shown = page(db, successor)
    assert shown.unit is not None
    assert shown.unit.counts is not None
    assert (shown.is_writer, shown.unit.counts.text, shown.unit.writers) == (True, TEXT, ("Lê Minh",))
    submit(db, successor, writing(OTHER), receipt.revision)
    assert [v.written_by for v in versions(db)] == [writer.id, successor.id]


NOVEMBER = replace(
    rules(),
    periods=tuple(
        replace(p, opens_at=p.opens_at - timedelta(weeks=17), closes_at=p.closes_at - timedelta(weeks=17))
        for p in rules().periods
    ),
    slogan=replace(rules().slogan, closes_at=datetime.fromisoformat("2025-11-11T00:00:00.000+07:00")),
)
LAST = datetime.fromisoformat("2025-11-10T23:59:59.999+07:00")


def test_the_last_millisecond(db: Database) -> None:
    contest = make_contest(db, NOVEMBER)
    writer = make_writer(db, contest)
    receipt = submit(db, writer, writing(), 0, now=LAST)
    assert versions(db)[0].written_at == LAST
    before = every_row(db)
    assert everything(db, writer, now=LAST + MS) == {ErrorCode.SLOGAN_CLOSED}
    assert refusal(submit, db, writer, writing(OTHER), receipt.revision, now=LAST + MS).details == {
        "closes_at": NOVEMBER.slogan.closes_at
    }
    assert every_row(db) == before
    assert (page(db, writer, now=LAST).round.phase, page(db, writer, now=LAST + MS).round.phase) == (
        Phase.OPEN,
        Phase.CLOSED,
    )


def test_before_the_first_week(db: Database, contest: MadeContest, writer: Person) -> None:
    early = contest.rule_set.periods[0].opens_at - MS
    assert everything(db, writer, now=early) == {ErrorCode.SLOGAN_NOT_OPEN}


def test_more_time_is_for_one_unit(db: Database) -> None:
    contest = make_contest(db, NOVEMBER)
    late, others = make_writer(db, contest), make_writer(db, contest, unit=1)
    until = LAST + MS + timedelta(days=1)
    with db.write() as session:
        for closes_at in (LAST + timedelta(days=9), until):  # the newest counts
            exception = SloganException(
                unit_id=late.unit_id, closes_at=closes_at, reason="Bão", granted_by="an", granted_at=LAST
            )
            session.add(exception)
            session.flush()
    submit(db, late, writing(), 0, now=until - MS)
    assert everything(db, late, now=until) == {ErrorCode.SLOGAN_CLOSED}
    assert everything(db, others, now=LAST + MS) == {ErrorCode.SLOGAN_CLOSED}
    assert page(db, late, now=LAST + MS).round.closes_at == until


def test_what_who_may_see(db: Database, contest: MadeContest, writer: Person) -> None:
    submit(db, writer, writing(), 0)
    colleague, stranger = make_person(db, contest), make_person(db, contest, unit=1)
    assert page(db, None).unit is None
    seen = page(db, colleague)
    assert seen.unit is not None
    assert (seen.is_writer, seen.unit.status, seen.unit.writers) == (False, Status.SUBMITTED, ("Nguyễn Thị Hoa",))
    assert TEXT not in repr(seen)
    foreign = page(db, stranger)
    assert foreign.unit is not None
    assert (foreign.unit.status, foreign.unit.writers) == (Status.DRAFT, ())


FIFTY = 50


def test_fifty_at_once(db: Database, contest: MadeContest) -> None:
    """Ten representatives, five windows each, everybody with another text, until everybody is in.

    Each round one wins and the others are told by whom; who loses reads what is there and tries again.
    """
    people = [make_writer(db, contest, name=f"Người {n}") for n in range(10)]
    barrier = Barrier(FIFTY)

    def one(n: int) -> list[str]:
        told, seen = [], 0
        barrier.wait()
        while True:
            try:
                submit(db, people[n % 10], writing(f"{TEXT} lần {n}"), seen)
            except ContestError as error:
                told.append(f"{error.code.name} {str(error.details['by'])[:5]} {error.details['at'] == NOW}")
                unit = page(db, people[n % 10]).unit
                assert unit is not None
                seen = unit.draft.revision
            else:
                return told

    with ThreadPoolExecutor(FIFTY) as pool:
        told = list(pool.map(one, range(FIFTY)))
    row, found = slogan_row(db), versions(db)
    assert (row.status, row.version_number, row.revision) == ("submitted", FIFTY, FIFTY)
    assert [v.number for v in found] == list(range(1, FIFTY + 1))
    assert sorted(v.text for v in found) == sorted(f"{TEXT} lần {n}" for n in range(FIFTY))
    assert row.draft_text == found[-1].text
    assert len({v.receipt for v in found}) == FIFTY
    assert sum(not losses for losses in told) == 1  # everybody else lost at least once, and was told why
    assert {line for losses in told for line in losses} == {"SLOGAN_CONFLICT Người True"}


def test_fifty_with_one_revision_leave_one(db: Database, contest: MadeContest) -> None:
    person, barrier = make_writer(db, contest), Barrier(FIFTY)

    def one(n: int) -> str:
        barrier.wait()
        try:
            submit(db, person, writing(f"{TEXT} lần {n}"), 0)
        except ContestError as error:
            return error.code.name
        return "in"

    with ThreadPoolExecutor(FIFTY) as pool:
        said = sorted(pool.map(one, range(FIFTY)))
    assert said == ["SLOGAN_CONFLICT"] * (FIFTY - 1) + ["in"]
    assert len(versions(db)) == 1
