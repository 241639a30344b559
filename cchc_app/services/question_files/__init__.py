"""Files of questions: xlsx, CSV, GIFT, Aiken and Moodle XML in; xlsx, GIFT and Moodle XML out. No database here."""

from cchc_app.services.question_files.duplicates import Duplicate, duplicates, stem_key
from cchc_app.services.question_files.gift import write_gift
from cchc_app.services.question_files.model import (
    Column,
    FileKind,
    ParsedFile,
    ParsedQuestion,
    Repair,
    RepairKind,
    RowError,
)
from cchc_app.services.question_files.moodle_xml import write_moodle_xml
from cchc_app.services.question_files.parsing import parse_file
from cchc_app.services.question_files.write_workbooks import template_xlsx, write_xlsx

__all__ = [
    "Column",
    "Duplicate",
    "FileKind",
    "ParsedFile",
    "ParsedQuestion",
    "Repair",
    "RepairKind",
    "RowError",
    "duplicates",
    "parse_file",
    "stem_key",
    "template_xlsx",
    "write_gift",
    "write_moodle_xml",
    "write_xlsx",
]
