"""Reading the data files of presets, and saying exactly what is wrong with a bad one."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from cchc_app.contest.characters import canonical

FOLDER: Traversable = resources.files("cchc_app.presets")
FIRST_ROW = 2  # as a spreadsheet counts: the head is row 1


class Flaw(StrEnum):
    """What can be wrong in a preset."""

    FILE_MISSING = "file_missing"
    UNREADABLE = "unreadable"
    KEY_MISSING = "key_missing"
    COLUMN_MISSING = "column_missing"
    NO_ROWS = "no_rows"
    CELLS = "cells"
    EMPTY = "empty"
    UNTIDY = "untidy"  # not NFC, invisible characters or stray spaces
    REPEATED = "repeated"
    UNKNOWN = "unknown"
    NOT_A_NUMBER = "not_a_number"
    RULES = "rules"
    BANK_TOO_SMALL = "bank_too_small"


@dataclass(frozen=True, slots=True)
class Problem:
    """One flaw: the file, the row as a spreadsheet counts it (None: the whole file), what was found there."""

    file: str
    row: int | None
    flaw: Flaw
    value: str = ""


class PresetError(Exception):
    """A preset that cannot be set up, with every problem found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.file}:{p.row or '-'} {p.flaw} {p.value}" for p in problems))
        self.problems = problems


@dataclass(slots=True)
class Table:
    """A CSV file whose every cell is a tidy text, and the problems its readers find."""

    file: str
    rows: list[dict[str, str]]
    problems: list[Problem] = field(default_factory=list)

    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Every row with its number."""
        return enumerate(self.rows, FIRST_ROW)

    def require(self, holds: bool, row: int, flaw: Flaw, value: str) -> None:
        """Note a problem of one row unless `holds`."""
        if not holds:
            self.problems.append(Problem(self.file, row, flaw, value))

    def require_filled(self, row: int, cells: dict[str, str], *columns: str) -> None:
        """Note every empty cell of these columns."""
        for column in columns:
            self.require(cells[column] != "", row, Flaw.EMPTY, column)

    def require_unique(self, *columns: str) -> None:
        """Note every row that repeats a value, however it is written, that an earlier one has in the same column."""
        for column in columns:
            seen: set[str] = set()
            for row, cells in self.numbered():
                value = cells[column].casefold()
                self.require(value not in seen, row, Flaw.REPEATED, cells[column])
                seen.add(value)

    def number(self, row: int, text: str, allowed: range) -> int:
        """`text` as a whole number; noted as a problem, and the first allowed one instead, when it is not allowed."""
        number = int(text) if text.isascii() and text.isdigit() else -1
        self.require(number in allowed, row, Flaw.NOT_A_NUMBER, text)
        return number if number in allowed else allowed[0]


def preset_names(folder: Traversable = FOLDER) -> list[str]:
    """The presets there are: one JSON file each."""
    return sorted(entry.name.removesuffix(".json") for entry in folder.iterdir() if entry.name.endswith(".json"))


def read_json(file: str, *, folder: Traversable = FOLDER) -> dict[str, Any]:
    """An object from a JSON file.

    Raises:
        PresetError: FILE_MISSING, UNREADABLE.
    """
    try:
        body = json.loads(_read(file, folder))
    except json.JSONDecodeError as error:
        raise PresetError(Problem(file, error.lineno, Flaw.UNREADABLE, error.msg)) from None
    if not isinstance(body, dict):
        raise PresetError(Problem(file, None, Flaw.UNREADABLE, type(body).__name__))
    return body


def read_table(file: str, columns: tuple[str, ...], *, folder: Traversable = FOLDER) -> Table:
    """A CSV file with at least these columns and one row.

    Raises:
        PresetError: FILE_MISSING, UNREADABLE, COLUMN_MISSING, NO_ROWS, CELLS, UNTIDY; the last two for every row.
    """
    reader = csv.DictReader(_read(file, folder).splitlines(keepends=True))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise PresetError(*(Problem(file, 1, Flaw.COLUMN_MISSING, column) for column in missing))
    rows: list[dict[str, Any]] = list(reader)
    if not rows:
        raise PresetError(Problem(file, None, Flaw.NO_ROWS))
    table = Table(file, rows)
    for row, cells in table.numbered():
        whole = None not in cells and None not in cells.values()
        table.require(whole, row, Flaw.CELLS, "")
        for value in cells.values() if whole else ():
            table.require(value == canonical(value), row, Flaw.UNTIDY, value)
    if table.problems:
        raise PresetError(*table.problems)
    return table


def _read(file: str, folder: Traversable) -> str:
    try:
        return folder.joinpath(file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PresetError(Problem(file, None, Flaw.FILE_MISSING)) from None
    except UnicodeDecodeError as error:
        raise PresetError(Problem(file, None, Flaw.UNREADABLE, error.reason)) from None
