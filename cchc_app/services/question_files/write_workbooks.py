"""Workbooks of questions: the bank written out, and the empty template with its help."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from cchc_app.services.question_files.model import LETTERS, OPTION_COLUMNS, Column, ParsedQuestion
from cchc_app.services.question_files.sheets import MAX_ROWS
from cchc_app.services.question_files.tables import DATES, REQUIRED
from cchc_app.texts.question_files import (
    DIFFICULTIES,
    EXAMPLES,
    HELP,
    HELP_HEAD,
    HELP_SHEET,
    POOLS,
    SHEET,
    column_title,
)
from cchc_app.texts.question_files import REQUIRED as REQUIRED_MARK

COLUMNS = (
    *(Column.CODE, Column.POOL, Column.TOPIC, Column.DIFFICULTY, Column.STEM),
    *OPTION_COLUMNS,
    *(Column.KEY, Column.EXPLANATION, Column.LEGAL_BASIS, *DATES),
)
TEMPLATE_ROWS = 1000
_WIDTHS = {Column.STEM: 60, Column.EXPLANATION: 50, Column.LEGAL_BASIS: 40, Column.TOPIC: 28}
# Texts stay texts: nothing typed becomes a formula, a number or a link.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def write_xlsx(questions: Iterable[ParsedQuestion]) -> bytes:
    """A workbook that `read_workbook` turns into the same questions."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as workbook:
        _sheet(workbook, [_cells(question) for question in questions])
    return out.getvalue()


def template_xlsx() -> bytes:
    """The workbook to fill in: headings, lists to choose from, two examples, and a sheet of help."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as workbook:
        sheet = _sheet(workbook, [_example(example) for example in EXAMPLES])
        for column in COLUMNS:
            _add_choice(sheet, column)
        _help(workbook)
    return out.getvalue()


def _cells(question: ParsedQuestion) -> dict[Column, Any]:
    return {
        Column.CODE: question.code,
        Column.POOL: POOLS[question.pool][0] if question.pool else "",
        Column.TOPIC: question.topic,
        Column.DIFFICULTY: question.difficulty,
        Column.STEM: question.stem,
        **dict(zip(OPTION_COLUMNS, question.options, strict=False)),
        Column.KEY: ", ".join(LETTERS[place] for place in question.key),
        Column.EXPLANATION: question.explanation,
        Column.LEGAL_BASIS: question.legal_basis,
        Column.VALID_FROM: question.valid_from,
        Column.VALID_UNTIL: question.valid_until,
    }


def _example(example: dict[str, Any]) -> dict[Column, Any]:
    plain = {Column(name): value for name, value in example.items() if name not in ("options", "difficulty")}
    options = dict(zip(OPTION_COLUMNS, example["options"], strict=False))
    return plain | options | {Column.DIFFICULTY: int(example["difficulty"])}


def _sheet(workbook: xlsxwriter.Workbook, rows: Sequence[dict[Column, Any]]) -> Any:
    sheet = workbook.add_worksheet(SHEET)
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF7", "border": 1})
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    number = workbook.add_format({"num_format": "0", "valign": "top"})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(COLUMNS):
        form = day if column in DATES else number if column is Column.DIFFICULTY else text
        sheet.set_column(place, place, _WIDTHS.get(column, 16), form)
        sheet.write_string(0, place, column_title(column), head)
        for row, cells in enumerate(rows, 1):
            _write(sheet, row, place, cells.get(column), form)
    return sheet


def _write(sheet: Any, row: int, place: int, value: Any, form: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, place, value, form)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, form)
    else:
        sheet.write_datetime(row, place, value, form)


def _add_choice(sheet: Any, column: Column) -> None:
    """A list to choose from, where there is one. The key's may be overruled: several letters are allowed."""
    choices: dict[Column, list[Any]] = {
        Column.POOL: [names[0] for names in POOLS.values()],
        Column.DIFFICULTY: list(DIFFICULTIES),
        Column.KEY: list(LETTERS),
    }
    if column not in choices:
        return
    place = COLUMNS.index(column)
    rule = {
        "validate": "list",
        "source": choices[column],
        "input_message": HELP[column],
        "error_type": "information" if column is Column.KEY else "stop",
        "error_message": HELP[column],
    }
    sheet.data_validation(1, place, min(TEMPLATE_ROWS, MAX_ROWS), place, rule)


def _help(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet(HELP_SHEET)
    bold = workbook.add_format({"bold": True})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24, wrapped)
    sheet.set_column(1, 1, 90, wrapped)
    sheet.write_row(0, 0, HELP_HEAD, bold)
    for row, column in enumerate(COLUMNS, 1):
        words = HELP["options"] if column in OPTION_COLUMNS else HELP[column]
        sheet.write_row(row, 0, [column_title(column), words, REQUIRED_MARK if column in REQUIRED else ""])
