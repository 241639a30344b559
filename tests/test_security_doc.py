"""docs/security.md names every key, every table about people and every limit as they are."""

import re
from pathlib import Path

from pydantic import SecretStr
from sqlmodel import SQLModel

import cchc_app.data.tables  # noqa: F401  (fills the metadata)
from cchc_app.contest.lockout import FREE_TRIES, PAUSES
from cchc_app.data.rotation import encrypted_columns
from cchc_app.services.throttle import FAILURE, LIMITS, QUESTION, TRY
from cchc_app.settings import MAX_MESSAGE, Settings

TEXT = (Path(__file__).parents[1] / "docs" / "security.md").read_text("utf-8")
WORDS = " ".join(TEXT.split())


def rows(heading: str) -> set[str]:
    section = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"`([^`]+)`", "\n".join(re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE))))


def test_every_key_is_explained() -> None:
    secret = {f"CCHC_{name.upper()}" for name, field in Settings.model_fields.items() if field.annotation is SecretStr}
    assert rows("Keys") == secret


def test_every_table_about_people_is_explained() -> None:
    """A new table that hangs on participants or papers, or holds something encrypted, is added there as well."""
    encrypted = {column.table.name for column in encrypted_columns()}
    about_people = (
        {"participant", "sign_in_guard"}
        | encrypted
        | {
            name
            for name, table in SQLModel.metadata.tables.items()
            for key in table.foreign_keys
            if key.target_fullname in ("participant.id", "attempt.id")
        }
    )
    assert rows("What is stored how") == about_people


def test_limits_are_the_ones_that_hold() -> None:
    minutes = [round(pause.total_seconds() / 60) for pause in PAUSES]
    assert FREE_TRIES == 5
    assert f"a lock of {', '.join(map(str, minutes[:-1]))} and {minutes[-1]} minutes" in WORDS
    tries, (failures, failures_an_hour), question = LIMITS[TRY][0], LIMITS[FAILURE], LIMITS[QUESTION][0]
    said = f"{tries.amount} tries a minute, {failures.amount} failures a minute, {failures_an_hour.amount} an hour"
    assert said in WORDS
    assert f"at most {question.amount} times a minute" in WORDS
    assert f"{MAX_MESSAGE // 1024} KiB" in WORDS
