"""Administrative papers as .docx in the layout of Nghị định 30/2020/NĐ-CP, appendix I: page, letterhead, parts.

A4, margins 20 mm above and below, 30 mm left, 20 mm right; Times New Roman 13 to 14 points; page numbers from the
second page on, in the middle of the upper margin.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY, SMALL = Pt(14), Pt(13)
CENTRE, LEFT, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
ABOVE_AND_BELOW, LEFT_MARGIN, RIGHT_MARGIN = Mm(20), Mm(30), Mm(20)
TEXT_WIDTH_MM = 160
FIRST_LINE = Mm(10)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a paper.

    Attributes:
        above: The body over the one that issues it.
        issuer: Who issues it.
        number: Its number and sign, with room for the number.
        state: Name of the state.
        motto: Its motto.
        place_and_date: Where and when.
    """

    above: str
    issuer: str
    number: str
    state: str
    motto: str
    place_and_date: str


def new_paper(title: str, author: str, created_at: datetime) -> Paper:
    """An empty page with its margins, its font and its page numbers."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.top_margin = section.bottom_margin = ABOVE_AND_BELOW
    section.left_margin, section.right_margin = LEFT_MARGIN, RIGHT_MARGIN
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    style: Any = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    _number_pages(section.header.paragraphs[0])
    paper.core_properties.title, paper.core_properties.author = title, author
    paper.core_properties.created = paper.core_properties.modified = created_at.replace(tzinfo=None)
    return paper


def letterhead(paper: Paper, head: Letterhead) -> None:
    """Issuer and number on the left, state, motto, place and date on the right."""
    table = paper.add_table(rows=2, cols=2)
    _widths(table, (68, 92))
    left, right = table.cell(0, 0), table.cell(0, 1)
    _line(left.paragraphs[0], head.above, size=SMALL)
    _line(left.add_paragraph(), head.issuer, size=SMALL, bold=True)
    _rule(left.add_paragraph(), share=1 / 3, width_mm=68)
    _line(right.paragraphs[0], head.state, size=SMALL, bold=True)
    _line(right.add_paragraph(), head.motto, size=BODY, bold=True)
    _rule(right.add_paragraph(), share=0.62, width_mm=92)
    _line(table.cell(1, 0).paragraphs[0], head.number, size=SMALL)
    _line(table.cell(1, 1).paragraphs[0], head.place_and_date, size=BODY, italic=True)


def name_and_subject(paper: Paper, name: str, subject: str) -> None:
    """The kind of paper and what it is about, with a rule under them."""
    heading = paper.add_paragraph()
    heading.paragraph_format.space_before = Pt(14)
    _line(heading, name, size=BODY, bold=True)
    _line(paper.add_paragraph(), subject, size=BODY, bold=True)
    _rule(paper.add_paragraph(), share=0.4, width_mm=TEXT_WIDTH_MM)


def heading(paper: Paper, text: str) -> None:
    """The heading of a part."""
    line = paper.add_paragraph()
    line.paragraph_format.space_before, line.paragraph_format.keep_with_next = Pt(8), True
    line.paragraph_format.first_line_indent = FIRST_LINE
    line.add_run(text).bold = True


def sentence(paper: Paper, text: str) -> None:
    """A paragraph of the body."""
    line = paper.add_paragraph(text)
    line.alignment = JUSTIFIED
    line.paragraph_format.space_before, line.paragraph_format.first_line_indent = Pt(6), FIRST_LINE


def grid(
    paper: Paper,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths_mm: Sequence[int],
    left: Sequence[int],
) -> None:
    """A table whose head is repeated on every page and whose rows are never cut.

    Args:
        headings: Of the columns.
        rows: Cells; a line break begins another line of the cell.
        widths_mm: Of the columns, together as wide as the text.
        left: Numbers of the columns set to the left; the others are centred.
    """
    table = paper.add_table(rows=1, cols=len(headings), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        _line(cell.paragraphs[0], text, size=SMALL, bold=True)
    _mark(table.rows[0]._tr, "w:tblHeader")
    for texts in rows:
        row = table.add_row()
        _mark(row._tr, "w:cantSplit")
        for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            lines = text.split("\n")
            for place, part in enumerate(lines):
                line = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
                _line(line, part, size=SMALL, align=LEFT if number in left else CENTRE)
    _widths(table, widths_mm)


def signatures(paper: Paper, *columns: tuple[str, str]) -> None:
    """Titles side by side with room to sign, and the name under it when it is known."""
    paper.add_paragraph()
    table = paper.add_table(rows=1, cols=len(columns))
    _mark(table.rows[0]._tr, "w:cantSplit")
    for cell, (title, name) in zip(table.rows[0].cells, columns, strict=True):
        _line(cell.paragraphs[0], title, size=BODY, bold=True)
        for _ in range(4):
            cell.add_paragraph()
        _line(cell.add_paragraph(), name, size=BODY, bold=True)


def recipients(paper: Paper, title: str, lines: Sequence[str]) -> None:
    """Who gets the paper."""
    first = paper.add_paragraph()
    first.paragraph_format.space_before = Pt(10)
    run = first.add_run(title)
    run.bold = run.italic = True
    run.font.size = Pt(12)
    for text in lines:
        paper.add_paragraph().add_run(text).font.size = Pt(11)


def as_bytes(paper: Paper) -> bytes:
    """The file."""
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _line(
    line: Paragraph,
    text: str,
    *,
    size: Pt,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTRE,
) -> None:
    line.alignment = align
    run = line.add_run(text)
    run.font.size, run.bold, run.italic = size, bold, italic


def _rule(line: Paragraph, *, share: float, width_mm: int) -> None:
    """A thin line under what stands above, in the middle, as wide as a share of its column."""
    aside = Mm(width_mm * (1 - share) / 2)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = aside
    line.paragraph_format.line_spacing = Pt(4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    # The schema wants borders before spacing and indents.
    line._p.get_or_add_pPr().insert(0, borders)


def _mark(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))


def _widths(table: Table, widths_mm: Sequence[int]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        cells: Sequence[_Cell] = column.cells
        for cell in cells:
            cell.width = Mm(width)


def _number_pages(line: Paragraph) -> None:
    line.alignment = CENTRE
    run = line.add_run()
    run.font.size = SMALL
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
