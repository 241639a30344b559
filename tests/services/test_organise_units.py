"""Units for organisers: figures, changes nobody writes over, headcounts by day, files all or nothing."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, ImportJob, PersonMerge, RosterEntry, Unit, UnitHeadcount
from cchc_app.data.units import headcounts
from cchc_app.services import import_units
from cchc_app.services.change_units import UnitForm, add_unit, change_unit, set_headcount
from cchc_app.services.organise_units import unit_detail, unit_file, unit_table
from cchc_app.services.sanction_people import disqualify
from cchc_app.services.unit_files import HEADCOUNTS, UNITS, parse_units, template
from tests.factories import NOW, every_row, finish_paper, make_contest, make_person
from tests.queries import counted_queries
from tests.services.test_sanction_people import coded
from tests.staff import Staffer, make_staff

TODAY = NOW.date()
LATER = NOW + timedelta(hours=1)


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def sheet(*rows: tuple[object, ...]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return file.getvalue()


def organiser(db: Database) -> Staffer:
    return make_staff(db, Role.ORGANISER)


def units(db: Database) -> list[tuple[str, str, str]]:
    with db.read() as session:
        return [(row.code, row.name, row.bloc) for row in session.exec(select(Unit).order_by(col(Unit.position)))]


def refused(work: Any, *args: Any, **kwargs: Any) -> ErrorCode:
    with pytest.raises(ContestError) as error:
        work(*args, **kwargs)
    return error.value.code


def test_figures_of_every_unit(db: Database) -> None:
    contest, one = make_contest(db), organiser(db)
    people = [make_person(db, contest, unit=n % 2) for n in range(5)]
    for person in people[:3]:
        finish_paper(db, contest, person, week=1, correct=1)
    finish_paper(db, contest, people[0], week=2, correct=1)
    with db.write() as session:
        session.add(PersonMerge(merged_id=people[4].id, kept_id=people[0].id, reason="", moved=[], merged_at=NOW))
    table = unit_table(db, actor=one.username, asked={}, now=NOW)
    assert table.period_number == 2
    assert [
        (line.code, line.headcount, line.source, line.registered, line.this_week, line.overall, line.permille)
        for line in table.lines
    ] == [("U0", 50, "synthetic", 2, 1, 2, 40), ("U1", 50, "synthetic", 2, 0, 1, 20)]
    disqualify(db, **coded(one, people[0]))
    assert unit_table(db, actor=one.username, asked={}, now=NOW).lines[0].overall == 1


def test_searched_filtered_and_sorted(db: Database) -> None:
    contest, one = make_contest(db), organiser(db)
    finish_paper(db, contest, make_person(db, contest, unit=1), correct=1)

    def codes(**asked: str) -> list[str]:
        return [line.code for line in unit_table(db, actor=one.username, asked=asked, now=NOW).lines]

    assert codes() == ["U0", "U1"]
    assert codes(giam="1") == ["U1", "U0"]
    assert codes(xep="ty-le") == ["U0", "U1"]
    assert codes(xep="ten") == ["U1", "U0"]
    assert codes(tim="LÊ CHÂN") == ["U0"]
    assert codes(tim="u1") == ["U1"]
    assert codes(**{"tham-gia": "chua-co-ai"}) == ["U0"]
    assert codes(**{"tham-gia": "da-thi"}) == ["U1"]
    assert codes(khoi="cap_xa", tim="%") == []


def test_queries_do_not_grow_with_the_list(db: Database) -> None:
    make_contest(db)
    one = organiser(db)
    counts = []
    for codes in ((), ("U2", "U3", "U4")):
        for code in codes:
            add_unit(db, actor=one.username, code=code, form=UnitForm("Xã mới", "cap_xa"), now=NOW)
        with counted_queries(db) as sent:
            unit_table(db, actor=one.username, asked={}, now=NOW)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 9


def test_a_new_unit_stands_at_the_end_of_its_bloc(db: Database) -> None:
    make_contest(db)
    one = organiser(db).username
    add_unit(db, actor=one, code="S1", form=UnitForm("Sở  Nội vụ ", "so_nganh", "SNV"), now=NOW)
    add_unit(db, actor=one, code="U2", form=UnitForm("Xã An Hưng", "cap_xa"), now=NOW)
    assert [code for code, _, _ in units(db)] == ["U0", "U1", "U2", "S1"]
    form = UnitForm("Xã An Hưng", "so_nganh")
    change_unit(db, actor=one, code="U2", form=form, seen=UnitForm("Xã An Hưng", "cap_xa"), now=NOW)
    assert [code for code, _, _ in units(db)] == ["U0", "U1", "S1", "U2"]
    detail = unit_detail(db, actor=one, code="S1", now=NOW)
    assert (detail.line.name, detail.aliases, detail.headcounts) == ("Sở Nội vụ", "snv", ())
    assert refused(add_unit, db, actor=one, code="S1", form=form, now=NOW) is ErrorCode.UNIT_CODE_TAKEN
    assert refused(add_unit, db, actor=one, code="S 2", form=form, now=NOW) is ErrorCode.UNIT_CODE_INVALID
    bad = UnitForm("X", "cap_xa")
    assert refused(add_unit, db, actor=one, code="S2", form=bad, now=NOW) is ErrorCode.UNIT_NAME_INVALID
    bad = UnitForm("Xã", "xa")
    assert refused(add_unit, db, actor=one, code="S2", form=bad, now=NOW) is ErrorCode.UNIT_BLOC_UNKNOWN


def test_the_second_of_two_who_change_a_unit_is_told(db: Database) -> None:
    make_contest(db)
    first, second = organiser(db), organiser(db)
    seen = UnitForm("Sở Y tế", "cap_xa")
    change_unit(db, actor=first.username, code="U1", form=UnitForm("Sở Y tế mới", "so_nganh"), seen=seen, now=NOW)
    with pytest.raises(ContestError) as error:
        change_unit(db, actor=second.username, code="U1", form=UnitForm("Sở Y", "cap_xa"), seen=seen, now=LATER)
    assert (error.value.code, error.value.details) == (ErrorCode.UNIT_EDITED, {"by": first.username, "at": NOW})
    assert ("U1", "Sở Y tế mới", "so_nganh") in units(db)


def test_two_change_a_unit_at_once(db: Database) -> None:
    make_contest(db)
    staff, start = [organiser(db), organiser(db)], Barrier(2)

    def one(n: int) -> str:
        start.wait()
        seen, form = UnitForm("Sở Y tế", "cap_xa"), UnitForm(f"Sở {n} mới", "cap_xa")
        try:
            change_unit(db, actor=staff[n].username, code="U1", form=form, seen=seen, now=NOW)
        except ContestError as error:
            return error.code.name
        return "done"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(one, range(2))) == ["UNIT_EDITED", "done"]


def test_headcounts_hold_from_their_day(db: Database) -> None:
    contest, one = make_contest(db), organiser(db).username
    what = {"actor": one, "code": "U0", "source": "Công văn 15", "now": NOW}
    assert set_headcount(db, **what, headcount="1.250", from_day="10/03/2026") == (1250, date(2026, 3, 10))
    set_headcount(db, **what, headcount="60", from_day="2026-03-20")
    set_headcount(db, **what, headcount="61", from_day="20/3/2026")  # a correction of the same day
    with db.read() as session:
        for day, number in ((9, 50), (10, 1250), (19, 1250), (20, 61)):
            found = headcounts(session, contest.contest_id, on=date(2026, 3, day))
            assert found[contest.unit_ids[0]] == number
    line = unit_table(db, actor=one, asked={}, now=NOW).lines[0]
    assert (line.headcount, line.since, line.source) == (1250, date(2026, 3, 10), "Công văn 15")
    for headcount in ("0", "", "-3", "100001", "1,5"):
        assert refused(set_headcount, db, **what, headcount=headcount, from_day="1/1/2026") is (
            ErrorCode.HEADCOUNT_INVALID
        )
    for day in ("", "31/02/2026", "1/1/26", "0/1/2026"):
        assert refused(set_headcount, db, **what, headcount="5", from_day=day) is ErrorCode.DAY_INVALID


GOOD = csv(
    "Mã;Tên đơn vị;Khối;Tên gọi khác;Số người;Từ ngày",
    "U0;UBND phường Lê Chân;Xã, phường, đặc khu;;;",
    "U1;Sở Y tế thành phố;so_nganh;SYT;70;01/03/2026",
    "N1;Trung tâm Mới;đơn vị sự nghiệp;;35;",
)


def test_a_file_is_shown_then_written_whole(db: Database) -> None:
    make_contest(db)
    one = organiser(db).username
    before = every_row(db, without="import_job")
    number = import_units.read_file(db, actor=one, kind=UNITS, body=GOOD, name="don-vi.csv", now=NOW)
    assert every_row(db, without="import_job") == before
    page = import_units.job_page(db, actor=one, number=number)
    assert (page.line.state, dict(page.line.counts), page.problems) == (
        "ready",
        {"added": 1, "changed": 1, "same": 1, "wrong": 0},
        (),
    )
    assert [(change.code, change.action) for change in page.changes] == [("U1", "changed"), ("N1", "added")]
    import_units.confirm(db, actor=one, number=number, now=LATER)
    assert units(db) == [
        ("U0", "UBND phường Lê Chân", "cap_xa"),
        ("U1", "Sở Y tế thành phố", "so_nganh"),
        ("N1", "Trung tâm Mới", "su_nghiep"),
    ]
    with db.read() as session:
        found = {(row.effective_from, row.headcount) for row in session.exec(select(UnitHeadcount))}
        actions = [entry.action for entry in session.exec(select(AuditEntry))]
    assert {(date(2026, 3, 1), 70), (TODAY, 35)} <= found
    assert actions == ["units_imported"]
    assert refused(import_units.confirm, db, actor=one, number=number, now=LATER) is ErrorCode.IMPORT_OVER
    again = import_units.read_file(db, actor=one, kind=UNITS, body=GOOD, name="don-vi.csv", now=LATER)
    assert import_units.job_page(db, actor=one, number=again).line.counts["same"] == 3


def test_nothing_is_written_over_what_changed_meanwhile(db: Database) -> None:
    make_contest(db)
    one = organiser(db).username
    number = import_units.read_file(db, actor=one, kind=UNITS, body=GOOD, name="x.csv", now=NOW)
    set_headcount(db, actor=one, code="U1", headcount="9", from_day="01/03/2026", source="", now=NOW)
    before = every_row(db)
    assert refused(import_units.confirm, db, actor=one, number=number, now=LATER) is ErrorCode.IMPORT_STALE
    assert every_row(db) == before
    import_units.drop(db, actor=one, number=number, now=LATER)
    assert [line.state for line in import_units.recent_jobs(db, actor=one)] == ["dropped"]


def test_two_confirm_at_once(db: Database) -> None:
    make_contest(db)
    staff, start = [organiser(db), organiser(db)], Barrier(2)
    number = import_units.read_file(db, actor=staff[0].username, kind=UNITS, body=GOOD, name="x.csv", now=NOW)

    def one(organiser: Staffer) -> str:
        start.wait()
        try:
            import_units.confirm(db, actor=organiser.username, number=number, now=NOW)
        except ContestError as error:
            return error.code.name
        return "done"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(one, staff)) == ["IMPORT_OVER", "done"]
    assert len(units(db)) == 3


HEADS = "Mã;Tên đơn vị;Khối;Số người;Từ ngày"
BAD_ROWS = [
    (f"{HEADS}\n;Sở;so_nganh;;", 2, "Mã", ErrorCode.UNIT_CODE_INVALID),
    (f"{HEADS}\nA B;Sở X;so_nganh;;", 2, "Mã", ErrorCode.UNIT_CODE_INVALID),
    (f"{HEADS}\nA;X;so_nganh;;", 2, "Tên đơn vị", ErrorCode.UNIT_NAME_INVALID),
    (f"{HEADS}\nA;Sở X;sở;;", 2, "Khối", ErrorCode.UNIT_BLOC_UNKNOWN),
    (f"{HEADS}\nA;Sở X;so_nganh;0;", 2, "Số người", ErrorCode.HEADCOUNT_INVALID),
    (f"{HEADS}\nA;Sở X;so_nganh;mười;", 2, "Số người", ErrorCode.HEADCOUNT_INVALID),
    (f"{HEADS}\nA;Sở X;so_nganh;5;32/01/2026", 2, "Từ ngày", ErrorCode.DAY_INVALID),
    (f"{HEADS}\nA;Sở X;so_nganh;=1+1;", 2, "Số người", ErrorCode.CELL_FORMULA),
    (f"{HEADS}\nA;#REF!;so_nganh;;", 2, "Tên đơn vị", ErrorCode.CELL_FORMULA),
    (f"{HEADS}\nA;Sở X;so_nganh;;\n\na;Sở Y;so_nganh;;", 4, "Mã", ErrorCode.ROW_REPEATED),
    ("Mã;Khối\nA;so_nganh", 1, "Tên đơn vị", ErrorCode.SHEET_COLUMN_MISSING),
    (f"{HEADS}\n;;;;", 0, "", ErrorCode.SHEET_EMPTY),
    ("", 1, "Mã", ErrorCode.SHEET_COLUMN_MISSING),
    ("\0\1", 0, "", ErrorCode.SHEET_UNREADABLE),
    ("x" * 5_000_001, 0, "", ErrorCode.SHEET_TOO_LARGE),
    (HEADS + "\nA;Sở X;so_nganh;;" * 20_001, 0, "", ErrorCode.SHEET_TOO_LARGE),
]


@pytest.mark.parametrize(("text", "row", "column", "code"), BAD_ROWS)
def test_bad_rows_are_told_by_row_and_column(text: str, row: int, column: str, code: ErrorCode) -> None:
    found = parse_units(text.encode(), "x.csv", kind=UNITS, today=TODAY)
    assert (found.problems[0].row, found.problems[0].column, found.problems[0].code) == (row, column, code)


def test_wrong_extensions_and_bytes_are_refused() -> None:
    for body, name in (
        (GOOD, "x.xlsx"),
        (sheet(("Mã",)), "x.csv"),
        (b"PK\3\4broken", "x.xlsx"),
        (b"\xff\xfe", "x.csv"),
    ):
        assert parse_units(body, name, kind=UNITS, today=TODAY).problems[0].code == ErrorCode.SHEET_UNREADABLE


def test_one_bad_row_and_nothing_can_be_written(db: Database) -> None:
    make_contest(db)
    one = organiser(db).username
    body = csv("Mã đơn vị,Số người,Từ ngày", "U0,60,01/03/2026", "U9,60,01/03/2026", "U1,0,01/03/2026")
    number = import_units.read_file(db, actor=one, kind=HEADCOUNTS, body=body, name="x.csv", now=NOW)
    page = import_units.job_page(db, actor=one, number=number)
    assert page.line.state == "refused"
    assert [(problem.row, problem.code) for problem in page.problems] == [
        (3, ErrorCode.UNIT_UNKNOWN),
        (4, ErrorCode.HEADCOUNT_INVALID),
    ]
    assert refused(import_units.confirm, db, actor=one, number=number, now=NOW) is ErrorCode.IMPORT_OVER


def test_a_lost_zero_is_recognised(db: Database) -> None:
    make_contest(db)
    one = organiser(db).username
    add_unit(db, actor=one, code="0123", form=UnitForm("Xã Số Không", "cap_xa"), now=NOW)
    body = sheet(("Mã", "Tên đơn vị", "Khối"), (123, "Xã Số Không", "cap_xa"))
    number = import_units.read_file(db, actor=one, kind=UNITS, body=body, name="x.xlsx", now=NOW)
    [problem] = import_units.job_page(db, actor=one, number=number).problems
    assert (problem.code, problem.value) == (ErrorCode.UNIT_CODE_LOST_ZERO, "0123")


@pytest.mark.parametrize("kind", [UNITS, HEADCOUNTS])
def test_templates_can_be_read_back(kind: str) -> None:
    found = parse_units(template(kind), "mau.xlsx", kind=kind, today=TODAY)
    assert (len(found.rows), found.problems) == (2, ())


ROSTER = csv("Số CCCD,Họ và tên,Ngày sinh", "031085012345,Trần Thị Bình,05/09/1985")


def test_a_roster_is_tried_then_stored_and_the_job_holds_nobodys_data(db: Database) -> None:
    make_contest(db)
    one = organiser(db).username
    send = {"actor": one, "unit": "U0", "name": "ds.csv", "restore_zeros": False, "now": NOW}
    import_units.read_roster_file(db, **send, body=ROSTER, trial=True)
    with db.read() as session:
        assert session.exec(select(RosterEntry)).all() == []
    import_units.read_roster_file(db, **send, body=ROSTER, trial=False)
    lost = ROSTER.replace(b"031085012345", b"31085012345")
    import_units.read_roster_file(db, **send, body=lost, trial=False)
    assert [(line.state, dict(line.counts)) for line in import_units.recent_jobs(db, actor=one)] == [
        ("refused", {"wrong": 1}),
        ("done", {"people": 1, "before": 0}),
        ("dropped", {"people": 1, "before": 0}),
    ]
    with db.read() as session:
        assert len(session.exec(select(RosterEntry)).all()) == 1
        kept = repr([job.body for job in session.exec(select(ImportJob))])
        [entry] = session.exec(select(AuditEntry)).all()
    assert "85012345" not in kept and "Bình" not in kept
    assert (entry.actor, entry.action, entry.subject) == (one, "roster_imported", "unit:U0")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JUDGE, Role.ADMINISTRATOR])
def test_only_organisers_change_units(db: Database, role: Role) -> None:
    make_contest(db)
    one = make_staff(db, role).username
    before = every_row(db)
    form, now = UnitForm("Xã mới", "cap_xa"), NOW
    number = {"actor": one, "number": 1, "now": now}
    for work in (
        lambda: add_unit(db, actor=one, code="N1", form=form, now=now),
        lambda: change_unit(db, actor=one, code="U0", form=form, seen=form, now=now),
        lambda: set_headcount(db, actor=one, code="U0", headcount="5", from_day="1/1/2026", source="", now=now),
        lambda: import_units.read_file(db, actor=one, kind=UNITS, body=GOOD, name="x.csv", now=now),
        lambda: import_units.read_roster_file(
            db, actor=one, unit="U0", body=ROSTER, name="x.csv", restore_zeros=False, trial=False, now=now
        ),
        lambda: import_units.confirm(db, **number),
        lambda: import_units.drop(db, **number),
    ):
        assert refused(work) is ErrorCode.NOT_ALLOWED
    assert every_row(db) == before


def test_the_file_holds_what_is_filtered(db: Database) -> None:
    make_contest(db)
    body = unit_file(db, actor=make_staff(db, Role.AUDITOR).username, asked={"tim": "y te"}, now=NOW)
    lines = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert [line[0] for line in lines[2:]] == ["U1"]
