"""Files of the slogan round: the judges' figures, no formulas, and minutes that LibreOffice reads."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry
from cchc_app.services.slogan_files import minutes_file, slogan_list_file, slogan_results_file
from tests.factories import NOW, make_contest
from tests.judged import AFTER, POINTS, SCORES, TOTALS, Judged, make_judged
from tests.office import convert
from tests.slogans import make_slogan, with_units
from tests.staff import make_staff


def sheet(body: bytes, number: int = 0) -> list[list]:
    """The rows of a sheet."""
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(number).to_python()


def codes(judged: Judged) -> list[str]:
    return [f"KH-{code:03}" for code in judged.codes]


def test_the_list_is_what_the_page_shows_on_all_its_pages(db: Database) -> None:
    contest = with_units(db, make_contest(db), 60)
    organiser = make_staff(db, Role.ORGANISER).username
    made = make_slogan(db, contest, unit=3)
    _, heads, *rows = sheet(slogan_list_file(db, actor=organiser, asked={}, now=NOW))
    assert (heads[0], heads[5], len(rows)) == ("STT", "Khẩu hiệu", 60)
    assert rows[3][:7] == [4, "U3", "UBND xã Đồng Bằng 03", "Xã, phường, đặc khu", "Đã gửi", made.text, 9]
    filtered = slogan_list_file(db, actor=organiser, asked={"trang-thai": "submitted", "trang": "9"}, now=NOW)
    assert [row[1] for row in sheet(filtered)[2:]] == ["U3"]
    with db.read() as session:
        logged = session.exec(select(AuditEntry)).all()
    assert [(one.action, one.actor, one.subject) for one in logged] == [
        (Action.SLOGAN_FILE_TAKEN, organiser, "file:slogan_list")
    ] * 2


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://evil.example","x")', "+1+1", "-2", "@SUM(A1)", "http://a.example", "007"]
)
def test_no_cell_is_ever_a_formula_a_link_or_a_number(db: Database, text: str) -> None:
    contest = make_contest(db)
    make_slogan(db, contest, unit=0, text=text)
    body = slogan_list_file(db, actor=make_staff(db, Role.ORGANISER).username, asked={}, now=NOW)
    assert sheet(body)[2][5] == text
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page
        assert "<hyperlink" not in page


def test_results_hold_every_score(db: Database) -> None:
    judged = make_judged(db)
    body = slogan_results_file(db, actor=judged.organiser.username, now=AFTER)
    _, _, *slogans = sheet(body)
    assert [row[1] for row in slogans] == codes(judged)
    assert [f"{row[6]:.2f}".replace(".", ",") for row in slogans] == list(SCORES)
    assert [row[7] for row in slogans] == ["35/4", "77/12", "19/4"]
    _, heads, *scores = sheet(body, 1)
    assert heads[4:7] == ["Spirit (×3)", "Form (×1)", "Tổng"]
    by_slogan = [[f"{row[6]:.2f}".replace(".", ",") for row in scores if row[0] == code] for code in codes(judged)]
    assert by_slogan == [list(totals) for totals in TOTALS]
    assert [row[4:6] for row in scores if row[0] == codes(judged)[0]] == [[9, 8], [8, 7], [10, 9]]


def test_the_minutes_open_in_libreoffice_with_the_same_figures(db: Database, tmp_path: Path) -> None:
    judged = make_judged(db)
    document = tmp_path / "bien-ban.docx"
    document.write_bytes(minutes_file(db, actor=judged.organiser.username, now=AFTER + timedelta(hours=1)))
    text = convert(document, "txt:Text (encoded):UTF8", tmp_path).read_text("utf-8-sig")
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG",
        "BIÊN BẢN",
        "Hải Phòng, ngày 18 tháng 3 năm 2026",
        "Nơi nhận:",
        "THƯ KÝ",
        "CHỦ TRÌ",
        f"Giải Nhất: {codes(judged)[0]} (UBND phường Lê Chân).",
        f"Giải Nhì: {codes(judged)[1]} (Sở Y tế).",
    ):
        assert said in text, said
    pdf = PdfReader(io.BytesIO(convert(document, "pdf", tmp_path).read_bytes()))
    fonts = {str(font["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    # The same widths, where the first is not installed.
    assert [name for name in fonts if "TimesNewRoman" in name or "LiberationSerif" in name]
    printed = "\n".join(page.extract_text() for page in pdf.pages)
    for rank, (code, given, totals, score) in enumerate(zip(codes(judged), POINTS, TOTALS, SCORES, strict=True), 1):
        line = printed[printed.index(f"\n{rank} {code} ") :]
        assert re.findall(r"^GK\d: (\S+)$", line, re.MULTILINE)[:3] == list(totals)
        assert re.search(r"^\d+,\d\d(?= –)", line, re.MULTILINE)[0] == score
        for n, ((spirit, form), total) in enumerate(zip(given, totals, strict=True), 1):
            assert f"{code} GK{n} {spirit} {form} {total}" in printed


def test_the_minutes_are_laid_out_as_the_decree_says(db: Database) -> None:
    judged = make_judged(db)
    paper = docx.Document(io.BytesIO(minutes_file(db, actor=judged.organiser.username, now=AFTER)))
    [section] = paper.sections
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    assert [round(edge / Mm(1)) for edge in (section.top_margin, section.bottom_margin)] == [20, 20]
    assert [round(edge / Mm(1)) for edge in (section.left_margin, section.right_margin)] == [30, 20]
    style = paper.styles["Normal"]
    assert (style.font.name, style.font.size) == ("Times New Roman", Pt(14))
    runs = [run for paragraph in paper.paragraphs for run in paragraph.runs]
    cells = [cell for table in paper.tables for row in table.rows for cell in row.cells]
    runs += [run for cell in cells for paragraph in cell.paragraphs for run in paragraph.runs]
    small = {run.text for run in runs if run.font.size is not None and run.font.size < Pt(13)}
    # 12 and 11 points, as laid down.
    state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert small == {state, "Nơi nhận:", "- Ban Tổ chức hội thi;", "- Lưu: Hồ sơ chấm."}


def test_unfinished_minutes_say_so_and_none_exist_before_a_round(db: Database) -> None:
    judged = make_judged(db, close=False)
    body = minutes_file(db, actor=judged.organiser.username, now=AFTER)
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(body)).paragraphs)
    assert "việc chấm chưa kết thúc" in text


def test_before_a_round_there_is_nothing_and_nothing_is_logged(db: Database) -> None:
    make_contest(db)
    organiser = make_staff(db, Role.ORGANISER).username
    for make in (minutes_file, slogan_results_file):
        with pytest.raises(ContestError, match="JUDGING_UNFINISHED"):
            make(db, actor=organiser, now=NOW)
    with db.read() as session:
        assert session.exec(select(AuditEntry)).all() == []


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ORGANISER, Role.AUDITOR)])
def test_others_take_no_file(db: Database, role: Role) -> None:
    make_contest(db)
    actor = make_staff(db, role).username
    for make in (
        minutes_file,
        slogan_results_file,
        lambda *args, **kwargs: slogan_list_file(*args, asked={}, **kwargs),
    ):
        with pytest.raises(ContestError) as refused:
            make(db, actor=actor, now=NOW)
        assert refused.value.code is ErrorCode.NOT_ALLOWED


def test_an_auditor_takes_files_and_is_logged(db: Database) -> None:
    make_judged(db)
    auditor = make_staff(db, Role.AUDITOR).username
    assert sheet(slogan_results_file(db, actor=auditor, now=AFTER))[1][0] == "Hạng"
    with db.read() as session:
        assert session.exec(select(AuditEntry.actor).where(AuditEntry.action == Action.SLOGAN_FILE_TAKEN)).all() == [
            auditor
        ]
