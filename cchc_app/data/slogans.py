"""Queries of units' slogans: the one row of a unit, what was handed in, more time for one unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from cchc_app.contest.slogans import Status, Writing
from cchc_app.data.inserts import insert_into
from cchc_app.data.tables import Participant, Slogan, SloganException, SloganVersion


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One thing a unit handed in, or its withdrawal, with who did it."""

    number: int
    action: str
    receipt: str
    text: str
    words: int
    explanation: str
    author: str
    author_public: bool
    writer: str
    written_at: datetime


def lock_slogan(session: Session, *, contest_id: int, unit_id: int, participant_id: int, now: datetime) -> Slogan:
    """The one slogan of a unit, made if it is not there, locked until the transaction ends.

    The unique constraint decides when two make it at once; a new one has revision 0 and an empty draft.
    """
    session.execute(
        insert_into(session, Slogan)
        .values(
            contest_id=contest_id,
            unit_id=unit_id,
            status=Status.DRAFT.value,
            revision=0,
            draft_text="",
            draft_explanation="",
            draft_author="",
            draft_author_public=False,
            draft_by=participant_id,
            draft_at=now,
            version_number=0,
        )
        .on_conflict_do_nothing(index_elements=["contest_id", "unit_id"])
    )
    return session.exec(
        select(Slogan)
        .where(Slogan.contest_id == contest_id, Slogan.unit_id == unit_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def slogan_of(session: Session, *, contest_id: int, unit_id: int) -> Slogan | None:
    """The slogan of a unit; None before anything was written."""
    return session.exec(select(Slogan).where(Slogan.contest_id == contest_id, Slogan.unit_id == unit_id)).first()


def stored_draft(slogan: Slogan) -> Writing:
    """The draft a slogan holds."""
    return Writing(slogan.draft_text, slogan.draft_explanation, slogan.draft_author, slogan.draft_author_public)


def name_of(session: Session, participant_id: int) -> str:
    """A participant's full name."""
    return session.exec(select(Participant.full_name).where(Participant.id == participant_id)).one()


def add_version(session: Session, version: SloganVersion) -> None:
    """Append to what a unit handed in."""
    session.add(version)
    session.flush()


def newest_version(session: Session, slogan: Slogan) -> SloganVersion | None:
    """What counts of a slogan, or its withdrawal; None before the first."""
    return session.exec(
        select(SloganVersion).where(SloganVersion.slogan_id == slogan.id, SloganVersion.number == slogan.version_number)
    ).first()


def versions_of(session: Session, slogan_id: int) -> Sequence[VersionLine]:
    """Everything a unit handed in and withdrew, the newest first."""
    found = session.exec(
        select(SloganVersion, Participant.full_name)
        .join(Participant, col(Participant.id) == SloganVersion.written_by)
        .where(SloganVersion.slogan_id == slogan_id)
        .order_by(col(SloganVersion.number).desc())
    )
    return [
        VersionLine(
            row.number,
            row.action,
            row.receipt,
            row.text,
            row.words,
            row.explanation,
            row.author,
            row.author_public,
            writer,
            row.written_at,
        )
        for row, writer in found
    ]


def exception_of(session: Session, unit_id: int) -> datetime | None:
    """Until when the newest exception of a unit lets it hand in; None when it has none."""
    return session.exec(
        select(SloganException.closes_at)
        .where(SloganException.unit_id == unit_id)
        .order_by(col(SloganException.id).desc())
        .limit(1)
    ).first()
