"""Queries of what was judged: every task of a round with whose it is, the versions, what was said about them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from cchc_app.data.tables import (
    JudgingAssignment,
    JudgingNote,
    Slogan,
    SloganVersion,
    StaffAccount,
    Unit,
)


@dataclass(frozen=True, slots=True)
class GivenTask:
    """A task as organisers see it."""

    assignment_id: int
    round_id: int
    slogan_id: int
    version_id: int
    staff_id: int
    unit_id: int
    code_number: int
    disqualified: bool
    username: str
    display_name: str
    comment: str
    submitted: bool


@dataclass(frozen=True, slots=True)
class JudgedVersion:
    """A version with whose it is."""

    text: str
    author: str
    author_public: bool
    unit_name: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What was said about a slogan."""

    slogan_id: int
    display_name: str
    text: str
    written_at: datetime


def tasks_in(session: Session, round_ids: Collection[int]) -> list[GivenTask]:
    """Every task of these rounds, by blind number, then by the judges' usernames."""
    found = session.exec(
        select(JudgingAssignment, Slogan, StaffAccount.username, StaffAccount.display_name)
        .join(Slogan, col(Slogan.id) == JudgingAssignment.slogan_id)
        .join(StaffAccount, col(StaffAccount.id) == JudgingAssignment.staff_id)
        .where(col(JudgingAssignment.round_id).in_(round_ids))
        .order_by(col(Slogan.code_number), col(StaffAccount.username))
        .execution_options(populate_existing=True)
    )
    return [
        GivenTask(
            assignment_id=task.id or 0,
            round_id=task.round_id,
            slogan_id=task.slogan_id,
            version_id=task.version_id,
            staff_id=task.staff_id,
            unit_id=slogan.unit_id,
            code_number=slogan.code_number or 0,
            disqualified=slogan.disqualified_at is not None,
            username=username,
            display_name=display_name,
            comment=task.comment,
            submitted=task.submitted_at is not None,
        )
        for task, slogan, username, display_name in found
    ]


def judged_versions(session: Session, version_ids: Collection[int]) -> dict[int, JudgedVersion]:
    """What was judged, by version, with whose it is: for organisers."""
    found = session.exec(
        select(SloganVersion, Unit.name)
        .join(Slogan, col(Slogan.id) == SloganVersion.slogan_id)
        .join(Unit, col(Unit.id) == Slogan.unit_id)
        .where(col(SloganVersion.id).in_(version_ids))
    )
    return {
        version.id or 0: JudgedVersion(version.text, version.author, version.author_public, unit_name)
        for version, unit_name in found
    }


def add_note(session: Session, *, round_id: int, slogan_id: int, staff_id: int, text: str, now: datetime) -> None:
    """Keep what was said."""
    session.add(JudgingNote(round_id=round_id, slogan_id=slogan_id, staff_id=staff_id, text=text, written_at=now))
    session.flush()


def notes(session: Session, slogan_ids: Collection[int]) -> list[NoteRow]:
    """What was said about these slogans in any round, oldest first."""
    found = session.exec(
        select(JudgingNote, StaffAccount.display_name)
        .join(StaffAccount, col(StaffAccount.id) == JudgingNote.staff_id)
        .where(col(JudgingNote.slogan_id).in_(slogan_ids))
        .order_by(col(JudgingNote.id))
    )
    return [NoteRow(note.slogan_id, name, note.text, note.written_at) for note, name in found]
