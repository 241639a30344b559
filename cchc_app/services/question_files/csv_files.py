"""CSV files of questions."""

import csv
import io

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files.bodies import decoded
from cchc_app.services.question_files.model import Column, FileRefused, Reading
from cchc_app.services.question_files.sheets import MAX_COLUMNS, MAX_ROWS
from cchc_app.services.question_files.tables import FIRST_ROW, read_table

DELIMITERS = ",;\t"


def read_csv(body: bytes) -> Reading:
    """The drafts of a CSV file, whatever Unicode form and delimiter it has.

    Raises:
        FileRefused: FILE_UNREADABLE, FILE_TOO_MANY_ROWS.
    """
    text, guessed = decoded(body)
    reading = Reading()
    if guessed:
        reading.warn(None, Column.FILE, ErrorCode.ENCODING_GUESSED)
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        table = [row for row, _ in zip(rows, range(MAX_ROWS + FIRST_ROW), strict=False)]
    except csv.Error:
        raise FileRefused(ErrorCode.FILE_UNREADABLE) from None
    if len(table) > MAX_ROWS + 1 or any(len(row) > MAX_COLUMNS for row in table):
        raise FileRefused(ErrorCode.FILE_TOO_MANY_ROWS)
    read_table(table, reading)
    for draft in reading.drafts:
        code = draft.texts.get(Column.CODE, "").strip()
        draft.code_is_number = code.isascii() and code.isdigit() and not code.startswith("0")
    return reading
