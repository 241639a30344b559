"""Participation by unit and bloc, against the boards' own rows."""

import io
from datetime import date
from fractions import Fraction

import pytest
from python_calamine import CalamineWorkbook

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.tables import UnitHeadcount
from cchc_app.services.participation import ParticipationTable, participation_file, participation_table
from tests.factories import NOW, WEEK, MadeContest, finish_paper, make_contest, make_person
from tests.filled import Filling, fill, more_units
from tests.queries import counted_queries
from tests.staff import make_staff


@pytest.fixture
def contest(db: Database) -> MadeContest:
    made = more_units(db, make_contest(db), 6)
    for unit, correct in ((0, 4), (0, 2), (1, 3)):
        finish_paper(db, made, make_person(db, made, unit=unit), week=2, correct=correct)
    finish_paper(db, made, make_person(db, made, unit=2), week=1, correct=1)
    finish_paper(db, made, make_person(db, made, unit=3, ranked=False), week=2, correct=4)
    return made


@pytest.fixture
def organiser(db: Database) -> str:
    return make_staff(db, Role.ORGANISER).username


def ask(db: Database, actor: str, *, now=NOW, **asked: str) -> ParticipationTable:
    return participation_table(db, actor=actor, asked={name.replace("_", "-"): v for name, v in asked.items()}, now=now)


def codes(found: ParticipationTable) -> list[str]:
    return [line.code for line in found.lines]


def test_units_of_the_open_week(db: Database, contest: MadeContest, organiser: str) -> None:
    found = ask(db, organiser)
    assert (found.board, found.boards, found.found, found.count) == (2, (1, 2, 0), 6, 6)
    first, second, third, fourth, *_ = found.lines
    assert (first.headcount, first.registered, first.participants) == (50, 2, 2)
    assert (first.rate, first.score) == (Fraction(4), Fraction(75))
    assert (second.rate, second.score) == (Fraction(2), Fraction(75))
    assert (third.registered, third.participants, third.rate, third.score) == (1, 0, Fraction(0), None)
    assert (fourth.registered, fourth.participants) == (1, 0)  # staff are not ranked
    [bloc, *_] = found.blocs
    assert (bloc.code, bloc.headcount, bloc.registered, bloc.participants) == ("cap_xa", 100, 3, 3)
    assert (bloc.rate, bloc.score) == (Fraction(3), Fraction(75))


def test_search_filters_orders(db: Database, contest: MadeContest, organiser: str) -> None:
    assert codes(ask(db, organiser, tim="Lê chân")) == ["U0"]
    assert codes(ask(db, organiser, tim="u4")) == ["U4"]
    assert codes(ask(db, organiser, co_nguoi="khong")) == ["U2", "U3", "U4", "U5"]
    assert codes(ask(db, organiser, khoi="cap_xa")) == ["U0", "U1"]
    assert codes(ask(db, organiser, xep="ty-le", giam="1"))[:2] == ["U0", "U1"]
    assert codes(ask(db, organiser, xep="dang-ky", giam="1"))[0] == "U0"
    assert codes(ask(db, organiser, bang="1", xep="da-thi", giam="1"))[0] == "U2"
    assert codes(ask(db, organiser, bang="chung-cuoc", co_nguoi="khong")) == ["U3", "U4", "U5"]
    assert ask(db, organiser, bang="3").board == 2  # not open yet


def test_the_headcount_of_a_closed_week_stays(db: Database, contest: MadeContest, organiser: str) -> None:
    def since(day: date, headcount: int) -> None:
        row = {"unit_id": contest.unit_ids[0], "source": "test", "set_by": "test", "set_at": NOW}
        with db.write() as session:
            session.add(UnitHeadcount(**row, effective_from=day, headcount=headcount))

    since(date(2026, 3, 8), 60)  # the last day of week 1
    since(date(2026, 3, 9), 70)  # the first of week 2
    since(date(2026, 3, 13), 90)  # after NOW
    assert ask(db, organiser, bang="1").lines[0].headcount == 60
    assert ask(db, organiser, bang="2").lines[0].headcount == 70
    assert ask(db, organiser, bang="2", now=NOW + WEEK).lines[0].headcount == 90


def test_a_unit_without_headcount_has_no_rate(db: Database, organiser: str) -> None:
    contest = make_contest(db)
    with db.write() as session:
        session.delete(session.get_one(UnitHeadcount, (contest.unit_ids[1], date(2000, 1, 1))))
    found = ask(db, organiser)
    assert [(line.headcount, line.rate) for line in found.lines] == [(50, Fraction(0)), (None, None)]
    assert (found.blocs[0].headcount, found.blocs[0].rate) == (None, None)


def test_the_file_holds_what_the_address_finds(db: Database, contest: MadeContest, organiser: str) -> None:
    body = participation_file(db, actor=organiser, asked={"khoi": "cap_xa", "xep": "ten"}, now=NOW)
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    rows = book.get_sheet_by_name("Đơn vị").to_python()
    assert [row[1] for row in rows[2:]] == ["Sở Y tế", "UBND phường Lê Chân"]
    assert rows[3][3:] == [50.0, 2.0, 2.0, 4.0, 75.0]
    assert book.get_sheet_by_name("Khối").to_python()[2][3] == 100.0


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
def test_others_are_refused(db: Database, contest: MadeContest, role: Role) -> None:
    with pytest.raises(ContestError) as refused:
        ask(db, make_staff(db, role).username)
    assert refused.value.code is ErrorCode.NOT_ALLOWED


@pytest.mark.parametrize("units", [3, 40])
def test_queries_do_not_grow(db: Database, organiser: str, units: int) -> None:
    contest = more_units(db, make_contest(db), units)
    fill(db, contest, Filling(people=units))
    with counted_queries(db) as statements:
        ask(db, organiser)
    assert len(statements) == 6
