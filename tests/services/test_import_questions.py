"""Questions taken in from files, on both databases: read with progress, shown, written whole or not at all."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.question_states import QuestionDeed
from cchc_app.data import question_imports as jobs
from cchc_app.data.engine import Database
from cchc_app.data.tables import Question, QuestionEvent, QuestionVersion
from cchc_app.services import import_questions as service
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.import_preview import ImportPreview, Part, import_list, import_preview, import_progress
from cchc_app.services.import_questions import (
    Defaults,
    begin_import,
    confirm_import,
    decide_repair,
    drop_import,
    read_import,
    start_reading,
)
from cchc_app.services.question_files import Column, RepairKind
from cchc_app.services.read_question import question_detail
from tests.factories import NOW, MadeContest, make_contest
from tests.questions import workbook_of
from tests.staff import Staffer, make_staff

ROOT = Path(__file__).parents[2]


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return make_contest(db)


@pytest.fixture
def an(db: Database) -> Staffer:
    return make_staff(db, Role.QUESTION_EDITOR, username="an.le")


def begin(db: Database, who: Staffer, body: bytes, name: str = "cau-hoi.xlsx") -> int:
    return begin_import(db, actor=who.username, name=name, body=body, now=NOW)


def read(db: Database, who: Staffer, body: bytes, name: str = "cau-hoi.xlsx") -> int:
    number = begin(db, who, body, name)
    read_import(db, number=number, clock=lambda: NOW)
    return number


def shown(db: Database, who: Staffer, number: int, part: str = "", page: int = 1) -> ImportPreview:
    return import_preview(db, actor=who.username, number=number, part=part, page=page, now=NOW)


def confirm(db: Database, who: Staffer, number: int, **defaults: object) -> int:
    return confirm_import(db, actor=who.username, number=number, defaults=Defaults(**defaults), now=NOW)


def count(db: Database) -> int:
    with db.read() as session:
        return session.exec(select(func.count()).select_from(Question)).one()


def refusal(deed, *args: object, **wanted: object) -> ErrorCode:
    with pytest.raises(ContestError) as caught:
        deed(*args, **wanted)
    return caught.value.code


def test_five_thousand_rows_with_progress(
    db: Database, contest: MadeContest, an: Staffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin(db, an, workbook_of(5_000))
    told: list[tuple[int, int]] = []
    real = jobs.beat

    def watch(session, job, *, at, progress=None):
        told.append(progress)
        return real(session, job, at=at, progress=progress)

    monkeypatch.setattr(jobs, "beat", watch)
    monkeypatch.setattr(service, "PROGRESS_SECONDS", 0.01)
    read_import(db, number=number, clock=lambda: NOW)
    assert len(told) >= 10
    assert told == sorted(told)
    assert {total for _, total in told} == {5_000}
    found = shown(db, an, number, part="cau", page=100)
    assert (found.line.state, found.counts[Part.QUESTIONS], found.page, found.pages) == ("ready", 5_000, 100, 100)
    assert (len(found.questions), found.questions[-1].code) == (50, "N5000")
    assert count(db) == 18
    assert confirm(db, an, number) == 5_000
    assert count(db) == 5_018
    assert shown(db, an, number).written == 5_000


def test_progress_is_written_at_most_twice_a_second(
    db: Database, contest: MadeContest, an: Staffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin(db, an, workbook_of(1_000))
    clock = iter(range(10_000))
    monkeypatch.setattr(service.time, "monotonic", lambda: next(clock) / 10)  # a tenth of a second each time
    told = []
    monkeypatch.setattr(service, "_beat", lambda _db, _number, _now, progress=None: told.append(progress))
    read_import(db, number=number, clock=lambda: NOW)
    assert 1 <= len(told) <= 3


def test_drafts_with_history_that_a_second_person_approves(db: Database, contest: MadeContest, an: Staffer) -> None:
    number = read(db, an, workbook_of(3))
    confirm(db, an, number)
    found = question_detail(db, actor=an.username, code="N0002")
    assert (found.state, found.approved_version, found.versions[0].written_by) == ("draft", None, "an.le")
    assert [(one.deed, one.note) for one in found.events] == [(QuestionDeed.IMPORTED, "cau-hoi.xlsx")]
    assert refusal(confirm, db, an, number) is ErrorCode.IMPORT_NOT_READY
    assert count(db) == 21


def test_what_a_file_leaves_out_is_filled_in_first(db: Database, contest: MadeContest, an: Staffer) -> None:
    number = read(db, an, workbook_of(3, code="", pool="", topic="", difficulty=None))
    assert set(shown(db, an, number).missing.values()) == {3}
    with pytest.raises(FieldErrors) as refused:
        confirm(db, an, number, topic="  ")
    assert set(refused.value.errors) == {"pool", "topic", "difficulty"}
    assert count(db) == 18
    confirm(db, an, number, pool="practice", topic=" Đô  thị", difficulty=2)
    with db.read() as session:
        new = session.exec(select(Question).where(Question.topic == "Đô thị").order_by(col(Question.code))).all()
    assert [(one.code, one.pool, one.difficulty) for one in new] == [
        ("P006", "practice", 2),
        ("P007", "practice", 2),
        ("P008", "practice", 2),
    ]


def test_errors_stop_everything(db: Database, contest: MadeContest, an: Staffer) -> None:
    body = "Câu hỏi,Phương án A,Phương án B,Đáp án đúng\nMột?,a,b,A\nHai?,a,b,F\nBa?,,b,B\n".encode("utf-8-sig")
    number = read(db, an, body, "cau-hoi.csv")
    found = shown(db, an, number)
    assert (found.line.state, found.part, found.counts[Part.QUESTIONS]) == ("refused", Part.ERRORS, 1)
    assert [(one.row, one.column, one.code) for one in found.problems] == [
        (3, Column.KEY, ErrorCode.KEY_NO_SUCH_OPTION),
        (4, Column.OPTION_A, ErrorCode.OPTION_GAP),
    ]
    assert refusal(confirm, db, an, number) is ErrorCode.IMPORT_NOT_READY
    assert count(db) == 18


def test_codes_of_the_bank_are_refused_also_those_that_came_meanwhile(
    db: Database, contest: MadeContest, an: Staffer
) -> None:
    first, second = read(db, an, workbook_of(2)), read(db, an, workbook_of(2))
    assert shown(db, an, second).counts[Part.ERRORS] == 0
    confirm(db, an, first)
    found = shown(db, an, second)
    assert [(one.row, one.code) for one in found.problems] == [
        (2, ErrorCode.QUESTION_CODE_TAKEN),
        (3, ErrorCode.QUESTION_CODE_TAKEN),
    ]
    assert refusal(confirm, db, an, second) is ErrorCode.IMPORT_HAS_ERRORS
    assert count(db) == 20
    assert found.counts[Part.DUPLICATES] == 2


def test_duplicates_in_the_file_and_against_the_bank(db: Database, contest: MadeContest, an: Staffer) -> None:
    lines = ["Câu hỏi,Phương án A,Phương án B,Đáp án đúng", "Q003 STEM,a,b,A", "Hòa bình?,a,b,A", "hoà BÌNH,a,b,B"]
    number = read(db, an, "\n".join(lines).encode(), "cau-hoi.csv")
    found = shown(db, an, number, part="trung")
    assert [(one.row, one.first_row, one.code) for one, _ in found.doubles] == [(2, None, "Q003"), (4, 3, "")]
    assert confirm(db, an, number, pool="main", topic="A", difficulty=1) == 3  # shown, not refused


LEGACY = "Câu hỏi,Phương án A,Phương án B,Đáp án đúng\n{stem},{a},{b},A\n"


def legacy_file() -> bytes:
    """A CSV whose texts are TCVN3."""
    words = {"stem": "Thñ tôc hµnh chÝnh", "a": "c¶i c¸ch", "b": "®æi míi"}
    return LEGACY.format(**words).encode("utf-8-sig")


@pytest.mark.parametrize(("accept", "stem"), [(True, "Thủ tục hành chính"), (False, "Thñ tôc hµnh chÝnh")])
def test_repairs_are_decided_by_people(
    db: Database, contest: MadeContest, an: Staffer, accept: bool, stem: str
) -> None:
    number = read(db, an, legacy_file(), "cau-hoi.csv")
    found = shown(db, an, number)
    assert (found.line.state, [offer.accepted for offer in found.offers]) == ("refused", [None])
    decide_repair(db, actor=an.username, number=number, kind=RepairKind.LEGACY_TEXT, accept=accept, now=NOW)
    assert import_progress(db, actor=an.username, number=number, now=NOW).state == "reading"
    read_import(db, number=number, clock=lambda: NOW)
    found = shown(db, an, number, part="cau")
    assert found.line.state == "ready"
    assert found.questions[0].stem == stem
    assert confirm(db, an, number, pool="main", topic="A", difficulty=1) == 1


def test_an_offer_that_nobody_answered_stops_the_import(db: Database, contest: MadeContest, an: Staffer) -> None:
    lines = ["Mã,Câu hỏi,Phương án A,Phương án B,Đáp án đúng", "7,Bảy?,a,b,A", "100,Trăm?,a,b,A"]
    number = read(db, an, "\n".join(lines).encode(), "cau-hoi.csv")
    found = shown(db, an, number)
    assert [offer.kind for offer in found.offers] == [RepairKind.LOST_ZEROS]
    wanted = {"pool": "main", "topic": "A", "difficulty": 1}
    assert refusal(confirm, db, an, number, **wanted) is ErrorCode.IMPORT_UNDECIDED
    decide_repair(db, actor=an.username, number=number, kind=RepairKind.LOST_ZEROS, accept=True, now=NOW)
    read_import(db, number=number, clock=lambda: NOW)
    confirm(db, an, number, **wanted)
    assert question_detail(db, actor=an.username, code="007").topic == "A"


def test_dropped_while_it_is_read(db: Database, contest: MadeContest, an: Staffer) -> None:
    number = begin(db, an, workbook_of(5))
    drop_import(db, actor=an.username, number=number, now=NOW)
    read_import(db, number=number, clock=lambda: NOW)
    assert shown(db, an, number).line.state == "dropped"
    assert refusal(drop_import, db, actor=an.username, number=number, now=NOW) is ErrorCode.IMPORT_NOT_READY
    assert refusal(confirm, db, an, number) is ErrorCode.IMPORT_NOT_READY


def test_a_reader_that_died_is_told_and_its_job_can_be_dropped(db: Database, contest: MadeContest, an: Staffer) -> None:
    number = begin(db, an, workbook_of(5))
    soon, later = NOW + timedelta(seconds=20), NOW + timedelta(seconds=31)
    assert not import_list(db, actor=an.username, now=soon)[0].interrupted
    assert import_list(db, actor=an.username, now=later)[0].interrupted
    drop_import(db, actor=an.username, number=number, now=later)
    assert not import_list(db, actor=an.username, now=later)[0].interrupted


def test_a_reader_that_is_slow_stays_alive(
    db: Database, contest: MadeContest, an: Staffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin(db, an, workbook_of(5))
    beats = []
    monkeypatch.setattr(service, "BEAT_SECONDS", 0.02)
    monkeypatch.setattr(service, "_beat", lambda *_: beats.append(1))
    real = service.parse_file

    def slow(*args, **wanted):
        service.time.sleep(0.2)
        return real(*args, **wanted)

    monkeypatch.setattr(service, "parse_file", slow)

    async def whole() -> None:
        start_reading(db, number)
        await asyncio.gather(*service._running)

    asyncio.run(whole())
    assert len(beats) >= 3
    assert shown(db, an, number).line.state == "ready"


def test_nothing_is_half_written_when_the_last_row_fails(
    db: Database, contest: MadeContest, an: Staffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = read(db, an, workbook_of(50))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(service, "_log", broken)
    with pytest.raises(RuntimeError):
        confirm(db, an, number)
    assert (count(db), shown(db, an, number).line.state) == (18, "ready")


KILLED = """
    import os, signal, sys
    from datetime import UTC, datetime
    from cchc_app.data.crypto import new_keyring, use_keyring
    from cchc_app.data.engine import Database
    from cchc_app.services import import_questions as service
    use_keyring(new_keyring())
    service.acting = lambda *a, **k: None  # the account's secret is under the keys of the other process
    # Everything is inserted, nothing is committed: the power goes.
    service._log = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
    now = datetime(2026, 3, 11, 5, tzinfo=UTC)
    service.confirm_import(
        Database(sys.argv[1]), actor="an.le", number=int(sys.argv[2]), defaults=service.Defaults(), now=now
    )
"""


def test_a_server_killed_in_the_middle_of_an_import_leaves_nothing(
    db: Database, contest: MadeContest, an: Staffer
) -> None:
    number = read(db, an, workbook_of(200))
    command = [sys.executable, "-c", textwrap.dedent(KILLED), db.url, str(number)]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert count(db) == 18
    with db.read() as session:
        assert session.exec(select(func.count()).select_from(QuestionEvent)).one() == 0
        assert session.exec(select(func.count()).select_from(QuestionVersion)).one() == 18
    assert confirm(db, an, number) == 200  # and it can be done again


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.AUDITOR, Role.JUDGE])
def test_others_bring_and_decide_nothing(db: Database, contest: MadeContest, an: Staffer, role: Role) -> None:
    number, other = read(db, an, workbook_of(2)), make_staff(db, role)
    wanted = {"actor": other.username, "number": number, "now": NOW}
    assert refusal(begin, db, other, b"x") is ErrorCode.NOT_ALLOWED
    assert refusal(confirm, db, other, number) is ErrorCode.NOT_ALLOWED
    assert refusal(drop_import, db, **wanted) is ErrorCode.NOT_ALLOWED
    assert refusal(decide_repair, db, kind=RepairKind.LOST_ZEROS, accept=True, **wanted) is ErrorCode.NOT_ALLOWED
    if role is Role.JUDGE:
        assert refusal(shown, db, other, number) is ErrorCode.NOT_ALLOWED
        assert refusal(import_list, db, actor=other.username, now=NOW) is ErrorCode.NOT_ALLOWED
    else:
        assert shown(db, other, number).counts[Part.QUESTIONS] == 2


def test_an_import_that_is_not(db: Database, contest: MadeContest, an: Staffer) -> None:
    assert refusal(shown, db, an, 99) is ErrorCode.IMPORT_UNKNOWN
    assert refusal(confirm, db, an, 99) is ErrorCode.IMPORT_UNKNOWN
