"""The door: a file of questions in, everything that can be said about it out."""

from collections.abc import Callable, Collection

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files.aiken import read_aiken
from cchc_app.services.question_files.bodies import kind_of
from cchc_app.services.question_files.checks import Checker
from cchc_app.services.question_files.csv_files import read_csv
from cchc_app.services.question_files.gift import read_gift
from cchc_app.services.question_files.model import (
    Column,
    FileKind,
    FileRefused,
    ParsedFile,
    Progress,
    Reading,
    RepairKind,
    RowError,
)
from cchc_app.services.question_files.moodle_xml import read_moodle_xml
from cchc_app.services.question_files.sheets import MAX_ROWS
from cchc_app.services.question_files.workbooks import read_workbook

_READERS: dict[FileKind, Callable[[bytes], Reading]] = {
    FileKind.XLSX: read_workbook,
    FileKind.CSV: read_csv,
    FileKind.GIFT: read_gift,
    FileKind.AIKEN: read_aiken,
    FileKind.MOODLE_XML: read_moodle_xml,
}


def parse_file(
    name: str,
    body: bytes,
    *,
    accept: Collection[RepairKind] = (),
    keep: Collection[RepairKind] = (),
    progress: Progress | None = None,
) -> ParsedFile:
    """Read a file of questions; never raises for what is in it.

    Args:
        name: The file's name; its ending and the content must agree.
        body: The file.
        accept: Repairs a person has agreed to, after seeing them offered by an earlier call.
        keep: Repairs a person has declined. A number that should be a date stays refused: it is no date as it is.
        progress: Told at least every 100 questions how many are done, and of how many.
    """
    kind = None
    try:
        kind = kind_of(name, body)
        reading = _READERS[kind](body)
        if len(reading.drafts) > MAX_ROWS:
            raise FileRefused(ErrorCode.FILE_TOO_MANY_ROWS)
    except FileRefused as refusal:
        return ParsedFile(kind, errors=(refusal.problem,))
    checker = Checker(reading, accept, keep)
    rows = tuple(checker.questions(progress))
    if not reading.drafts and not reading.errors:
        reading.refuse(None, Column.FILE, ErrorCode.FILE_NO_QUESTIONS)
    return ParsedFile(
        kind=kind,
        rows=rows,
        errors=tuple(sorted(reading.errors, key=_place)),
        warnings=tuple(sorted(reading.warnings, key=_place)),
        repairs=tuple(checker.repairs),
    )


def _place(problem: RowError) -> int:
    """Problems in the order of the file, those of the whole of it first."""
    return problem.row or 0
