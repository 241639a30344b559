"""Questions in Aiken: a question on one line, options on a line each, then the letter of the right one.

Source: Moodle's documentation of the format (docs.moodle.org, "Aiken format"). Small letters are taken, too.
"""

import re

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files.bodies import decoded
from cchc_app.services.question_files.model import OPTION_COLUMNS, Column, Draft, Reading

_OPTION = re.compile(r"\s*([A-Za-z])\s*[.)](\s*)(.*)")
_ANSWER = re.compile(r"\s*ANSWER\s*:(.*)", re.IGNORECASE)


def read_aiken(body: bytes) -> Reading:
    """The drafts of an Aiken file.

    Raises:
        FileRefused: FILE_UNREADABLE.
    """
    text, guessed = decoded(body)
    reading = Reading()
    if guessed:
        reading.warn(None, Column.FILE, ErrorCode.ENCODING_GUESSED)
    reader = _Reader(reading)
    for number, line in enumerate(text.splitlines(), 1):
        reader.line(number, line)
    reader.end()
    return reading


class _Reader:
    """Goes through the lines; one question is open at a time."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._open: Draft | None = None
        self._blank_before = False

    def line(self, number: int, line: str) -> None:
        """Take one line in."""
        answer = _ANSWER.fullmatch(line)
        option = self._option_in(line)
        if not line.strip():
            pass
        elif answer is not None:
            self._answer(number, answer[1])
        elif option is not None:
            self._option(number, option)
        else:
            self._words(number, line)
        self._blank_before = not line.strip()

    def _option_in(self, line: str) -> re.Match[str] | None:
        """An option; one without a space after its letter must be the next one, or a name would be taken for it."""
        found = _OPTION.fullmatch(line)
        if found is None or found[2] or not found[3]:
            return found
        return found if self._open is not None and found[1].upper() == self._next_letter(self._open) else None

    @staticmethod
    def _next_letter(draft: Draft) -> str:
        return chr(ord("A") + len(draft.options))

    def end(self) -> None:
        """The file is over: a question that is still open has no answer."""
        if self._open is not None:
            self._reading.drafts.append(self._open)
            self._open = None

    def _answer(self, number: int, letters: str) -> None:
        draft = self._draft(number)
        draft.key = letters
        self.end()

    def _option(self, number: int, option: re.Match[str]) -> None:
        draft = self._draft(number)
        if option[1].upper() != self._next_letter(draft):
            column = OPTION_COLUMNS[min(len(draft.options), len(OPTION_COLUMNS) - 1)]
            self._reading.refuse(number, column, ErrorCode.OPTION_GAP)
            self._reading.spoil(draft.row)
        draft.options.append(option[3])

    def _words(self, number: int, line: str) -> None:
        if self._open is not None and self._open.options and self._blank_before:
            self.end()
        if self._open is None:
            self._open = Draft(number, {Column.STEM: line})
        else:
            # Where the line break was meant nobody can know: the whole question is refused, and read on.
            column = Column.OPTIONS if self._open.options else Column.STEM
            self._reading.refuse(number, column, ErrorCode.AIKEN_LINE)
            self._reading.spoil(self._open.row)

    def _draft(self, number: int) -> Draft:
        self._open = self._open or Draft(number)
        return self._open
