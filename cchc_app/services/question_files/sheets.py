"""A sheet's own text, gone through before any spreadsheet library lays it out: how far it reaches, what it computes."""

import re
from dataclasses import dataclass
from xml.parsers import expat

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files.model import FileRefused

MAX_ROWS = 20_000
MAX_COLUMNS = 200

_ADDRESS = re.compile(r"\$?([A-Z]{1,7})\$?(\d{1,9})", re.IGNORECASE)
_VALUES = ("v", "is", "f")


@dataclass(frozen=True, slots=True)
class OddCell:
    """A cell whose value is not what somebody typed: row from 1, place from 0, the error it shows or ""."""

    row: int
    place: int
    broken: str


class SheetScan:
    """Goes through a sheet once.

    Libraries lay a sheet out as one full rectangle, so a single cell far away would take all memory. Cells and rows
    may leave their address out; it is counted then, as spreadsheets do.
    """

    def __init__(self) -> None:
        self.odd: list[OddCell] = []
        self.filled = False
        self._row, self._place = 0, -1
        self._type = ""
        self._open = ""
        self._shown: list[str] = []
        self._computed = False

    def run(self, sheet: bytes) -> "SheetScan":
        """Read a sheet.

        Raises:
            FileRefused: FILE_TOO_MANY_ROWS, FILE_FORBIDDEN_XML, FILE_UNREADABLE.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(sheet, True)
        except (expat.ExpatError, ValueError, LookupError):
            raise FileRefused(ErrorCode.FILE_UNREADABLE) from None
        return self

    def _doctype(self, *_declared: object) -> None:
        raise FileRefused(ErrorCode.FILE_FORBIDDEN_XML)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open = name.rpartition(" ")[2]
        if self._open == "row":
            self._row, self._place = int(attributes.get("r", self._row + 1)), -1
        elif self._open == "c":
            self._cell(attributes)
        elif self._open in _VALUES:
            self._value()

    def _cell(self, attributes: dict[str, str]) -> None:
        address = _ADDRESS.fullmatch(attributes.get("r", ""))
        self._place += 1
        if address is not None:
            self._place, self._row = _place(address[1].upper()), int(address[2])
        self._type, self._shown, self._computed = attributes.get("t", ""), [], False

    def _value(self) -> None:
        self.filled = True
        self._computed |= self._open == "f"
        if self._row > MAX_ROWS + 1 or self._place >= MAX_COLUMNS:
            raise FileRefused(ErrorCode.FILE_TOO_MANY_ROWS)

    def _characters(self, text: str) -> None:
        if self._type == "e" and self._open == "v":
            self._shown.append(text)

    def _end(self, name: str) -> None:
        self._open = ""
        if name.rpartition(" ")[2] == "c" and (self._computed or self._type == "e"):
            self.odd.append(OddCell(self._row, self._place, "" if self._computed else "".join(self._shown) or "#"))


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
