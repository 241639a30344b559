"""What is exported is imported as it was: xlsx, GIFT and Moodle XML."""

from collections.abc import Callable
from importlib import resources

import pytest
from hypothesis import given, settings

from cchc_app.services.question_files import (
    ParsedQuestion,
    parse_file,
    write_gift,
    write_moodle_xml,
    write_xlsx,
)
from tests.services.question_files.strategies import banks

BANK = resources.files("cchc_app.presets").joinpath("questions.csv").read_bytes()
WRITERS: dict[str, Callable[[list[ParsedQuestion]], bytes]] = {
    "q.xlsx": write_xlsx,
    "q.gift": lambda questions: write_gift(questions).encode(),
    "q.txt": lambda questions: write_gift(questions).encode(),
    "q.xml": write_moodle_xml,
}


@pytest.mark.parametrize("name", ["q.xlsx", "q.gift", "q.xml"])
@settings(max_examples=100, deadline=None)
@given(bank=banks())
def test_exported_and_imported_again(name: str, bank: list[ParsedQuestion]) -> None:
    parsed = parse_file(name, WRITERS[name](bank))
    assert (parsed.errors, parsed.warnings, parsed.repairs) == ((), (), ())
    assert list(parsed.rows) == bank


@pytest.mark.parametrize("name", WRITERS)
def test_the_bank_that_comes_with_the_contest(name: str) -> None:
    from_csv = parse_file("questions.csv", BANK)
    assert len(from_csv.rows) == 120
    assert parse_file(name, WRITERS[name](list(from_csv.rows))).rows == from_csv.rows
