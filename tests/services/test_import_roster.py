"""Rosters: read whole or not at all, lost zeros offered and never restored unasked, compared at registration."""

import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from sqlalchemy import text
from sqlmodel import select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, Participant, RosterEntry
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.import_roster import Imported, import_roster
from cchc_app.services.register import Application, Step, check, register
from cchc_app.services.roster_files import Flaw, Problem, RosterError, read_roster
from cchc_app.services.throttle import get_throttle
from cchc_app.texts.roster import problems
from tests.factories import NOW, make_contest

HEAD = "Số CCCD,Họ và tên,Ngày sinh,Số CMND cũ"
GOOD = "031085012345,Nguyễn Văn An,05/09/1985,031234567"
FORM = Application("031085012345", "Nguyễn Văn An", "05/09/1985", "U0", "", "407193", "407193", True)
HERE = {"address": "192.0.2.1", "now": NOW}


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    get_throttle.cache_clear()


def csv_file(folder: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8-sig") -> Path:
    path = folder / "roster.csv"
    path.write_bytes("\r\n".join([head, *lines]).encode(encoding))
    return path


def xlsx_file(folder: Path, *rows: tuple[object, ...]) -> Path:
    """A workbook as spreadsheets write it: numbers as numbers, a date as a number with a date format."""

    def cell(value: object) -> str:
        if isinstance(value, date):
            return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, int):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'

    lines = "".join(f"<row>{''.join(cell(value) for value in row)}</row>" for row in rows)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relation}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{relation}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
        f'Type="{relation}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {main}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{lines}</sheetData></worksheet>",
    }
    path = folder / "roster.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return path


def found(path: Path, **options: bool) -> list[Problem]:
    with pytest.raises(RosterError) as refused:
        read_roster(path, restore_zeros=options.get("restore_zeros", False), now=NOW)
    return list(refused.value.problems)


def test_a_csv_file(tmp_path: Path) -> None:
    (person,) = read_roster(csv_file(tmp_path, GOOD, "", ",,,"), restore_zeros=False, now=NOW).values()
    assert (person.number, person.former_number, person.full_name, person.birth_date) == (
        "031085012345",
        "031234567",
        "Nguyễn Văn An",
        date(1985, 9, 5),
    )
    assert "031085012345" not in repr(person)


def test_headings_in_other_spellings(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "1;NGUYỄN VĂN AN;1985-09-05;031085012345", head="STT;HỌ TÊN;ngay sinh;Số định danh")
    assert read_roster(path, restore_zeros=False, now=NOW)[2].number == "031085012345"


def test_a_spreadsheet_with_a_lost_zero(tmp_path: Path) -> None:
    rows = [("Số CCCD", "Họ và tên", "Ngày sinh"), (31085012345, "Nguyễn Văn An", date(1985, 9, 5))]
    path = xlsx_file(tmp_path, *rows)
    assert found(path) == [Problem(2, ErrorCode.CITIZEN_ID_LOST_ZERO, "031085012345")]
    assert "031085012345; nếu đúng" in problems(found(path))
    person = read_roster(path, restore_zeros=True, now=NOW)[2]
    assert (person.number, person.birth_date) == ("031085012345", date(1985, 9, 5))


def test_every_problem_is_told_by_row(tmp_path: Path) -> None:
    lines = [
        GOOD,
        "031985012345,Trần Thị Bình,05/09/1985,",
        "031085054321,,05/09/1985,",
        "031085054322,Trần Thị Bình,31/02/1985,",
        "123456789,Trần Thị Bình,05/09/1985,",
        "031085054323,Trần Thị Bình,05/09/1985,12",
        GOOD,
    ]
    assert found(csv_file(tmp_path, *lines), restore_zeros=True) == [
        Problem(3, ErrorCode.CITIZEN_ID_CENTURY),
        Problem(4, ErrorCode.NAME_EMPTY),
        Problem(5, ErrorCode.BIRTH_DATE_INVALID),
        Problem(6, ErrorCode.CITIZEN_ID_LENGTH),
        Problem(7, ErrorCode.CITIZEN_ID_LENGTH),
        Problem(8, Flaw.REPEATED),
    ]


@pytest.mark.parametrize("case", ["not there", "not a workbook", "not UTF-8", "no rows", "no column", "a bomb", "long"])
def test_files_that_cannot_be_taken_in(tmp_path: Path, case: str) -> None:
    path, flaw = tmp_path / "roster.xlsx", Flaw.UNREADABLE
    if case == "not a workbook":
        path.write_bytes(b"PK\x03\x04 nothing")
    elif case == "not UTF-8":
        path = csv_file(tmp_path, GOOD, encoding="utf-16")
    elif case == "no rows":
        path, flaw = csv_file(tmp_path), Flaw.NO_ROWS
    elif case == "no column":
        path, flaw = csv_file(tmp_path, GOOD, head="a,b,c,d"), Flaw.COLUMN_MISSING
    elif case == "a bomb":
        flaw = Flaw.TOO_LARGE
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    elif case == "long":
        path, flaw = csv_file(tmp_path, *[GOOD] * 20_001), Flaw.TOO_LARGE
    assert {problem.what for problem in found(path)} == {flaw}


def taken_in(db: Database, path: Path, *, unit: str = "U0", now: datetime = NOW) -> Imported:
    return import_roster(db, unit=unit, path=path, restore_zeros=False, now=now)


def test_a_file_takes_the_place_of_the_roster(db: Database, tmp_path: Path) -> None:
    make_contest(db)
    assert taken_in(db, csv_file(tmp_path, GOOD)) == Imported(people=1, before=0)
    lines = [GOOD, "031085054321,Trần Thị Bình,05/09/1985,"]
    assert taken_in(db, csv_file(tmp_path, *lines)) == Imported(people=2, before=1)
    with pytest.raises(RosterError):
        taken_in(db, csv_file(tmp_path, GOOD, "wrong,,,"))
    with db.read() as session:
        assert len(session.exec(select(RosterEntry)).all()) == 2
    with db.engine.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM roster_entry")).all())
    for personal in ("031085012345", "031234567", "Nguyễn Văn An"):
        assert personal not in stored


def test_one_person_is_on_one_roster(db: Database, tmp_path: Path) -> None:
    make_contest(db)
    taken_in(db, csv_file(tmp_path, GOOD))
    with pytest.raises(RosterError) as refused:
        taken_in(db, csv_file(tmp_path, "031085054321,Trần Thị Bình,05/09/1985,", GOOD), unit="U1")
    assert refused.value.problems == (Problem(3, Flaw.ON_ANOTHER_ROSTER, "UBND phường Lê Chân"),)
    with pytest.raises(ContestError) as unknown:
        taken_in(db, csv_file(tmp_path, GOOD), unit="U9")
    assert unknown.value.code is ErrorCode.UNIT_UNKNOWN


@pytest.mark.parametrize(
    ("changes", "enters"),
    [
        ({}, True),
        ({"full_name": "NGUYEN  VAN AN"}, True),
        ({"citizen_id": "031234567"}, True),
        ({"full_name": "Nguyễn Văn Anh"}, False),
        ({"birth_date": "06/09/1985"}, False),
        ({"citizen_id": "031085012346"}, False),
        ({"unit": "U1"}, True),  # a unit that has handed in no list
    ],
)
async def test_registration_is_compared_with_the_roster(
    db: Database, tmp_path: Path, changes: dict[str, str], enters: bool
) -> None:
    make_contest(db)
    taken_in(db, csv_file(tmp_path, GOOD))
    form = replace(FORM, **changes)
    if enters:
        check(db, form, step=Step.WORKPLACE, **HERE)
        await register(db, form, **HERE)
        return
    with pytest.raises(FieldErrors) as early:
        check(db, form, step=Step.WORKPLACE, **HERE)
    with pytest.raises(FieldErrors) as late:
        await register(db, form, **HERE)
    for refused in (early, late):
        assert {name: error.code for name, error in refused.value.errors.items()} == {"unit": ErrorCode.NOT_ON_ROSTER}
    with db.read() as session:
        assert session.exec(select(Participant)).all() == []


async def test_a_roster_cannot_be_guessed_through(db: Database, tmp_path: Path) -> None:
    make_contest(db)
    taken_in(db, csv_file(tmp_path, GOOD))
    codes = []
    for day in range(1, 29):
        for month in (1, 2):
            try:
                check(db, replace(FORM, birth_date=f"{day}/{month}/1985"), step=Step.WORKPLACE, **HERE)
            except FieldErrors as refused:
                codes.append(refused.errors["unit"].code)
            except ContestError as refused:
                codes.append(refused.code)
    assert codes.count(ErrorCode.NOT_ON_ROSTER) == 30
    assert codes[-1] is ErrorCode.TOO_MANY_REQUESTS


def test_numbers_are_found_by_their_index(db: Database, tmp_path: Path) -> None:
    make_contest(db)
    taken_in(db, csv_file(tmp_path, GOOD))
    with db.read() as session:
        entry = session.exec(select(RosterEntry)).one()
    index = keyring().blind_index
    assert (entry.number_index, entry.former_number_index) == (index("031085012345"), index("031234567"))


def test_an_import_is_in_the_log(db: Database, tmp_path: Path) -> None:
    make_contest(db)
    for lines in ((GOOD,), (GOOD, "031085012346,Trần Văn Hai,01/02/1990,")):
        import_roster(db, unit="U0", path=csv_file(tmp_path, *lines), restore_zeros=False, now=NOW)
    with pytest.raises(RosterError):
        import_roster(db, unit="U0", path=csv_file(tmp_path, "1,x,y,"), restore_zeros=False, now=NOW)
    with db.read() as session:
        found = session.exec(select(AuditEntry).order_by(AuditEntry.seq)).all()  # type: ignore[arg-type]
    assert {(one.actor, one.action, one.subject) for one in found} == {("cchc", Action.ROSTER_IMPORTED, "unit:U0")}
    assert [(one.before, one.after) for one in found] == [
        ('{"people":0}', '{"people":1}'),
        ('{"people":1}', '{"people":2}'),
    ]
