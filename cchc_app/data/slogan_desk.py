"""Queries of the slogan round for organisers: every unit with its slogan, versions, publications."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from cchc_app.data.tables import (
    JudgingRound,
    Participant,
    Slogan,
    SloganException,
    SloganPublication,
    SloganVersion,
    Unit,
    UnitCode,
    UnitRepresentative,
)


@dataclass(frozen=True, slots=True)
class UnitSlogan:
    """A unit, its slogan if there is one, and the newest version of that if one was ever handed in."""

    unit: Unit
    slogan: Slogan | None
    version: SloganVersion | None


def units_with_slogans(session: Session, contest_id: int) -> list[UnitSlogan]:
    """Every unit in the official order."""
    rows = session.exec(
        select(Unit, Slogan, SloganVersion)
        .join(Slogan, col(Slogan.unit_id) == Unit.id, isouter=True)
        .join(
            SloganVersion,
            (col(SloganVersion.slogan_id) == Slogan.id) & (col(SloganVersion.number) == Slogan.version_number),
            isouter=True,
        )
        .where(Unit.contest_id == contest_id)
        .order_by(col(Unit.position))
    )
    return [UnitSlogan(*row) for row in rows]


def lock_unit(session: Session, *, contest_id: int, code: str) -> Unit | None:
    """A unit by its code, locked: what is decided about it happens one by one."""
    return session.exec(select(Unit).where(Unit.contest_id == contest_id, Unit.code == code).with_for_update()).first()


def unit_by_code(session: Session, *, contest_id: int, code: str) -> Unit | None:
    """A unit by its code."""
    return session.exec(select(Unit).where(Unit.contest_id == contest_id, Unit.code == code)).first()


def slogan_of_unit(session: Session, unit_id: int) -> Slogan | None:
    """The slogan of a unit."""
    return session.exec(select(Slogan).where(Slogan.unit_id == unit_id)).first()


def lock_slogan(session: Session, unit_id: int) -> Slogan | None:
    """The slogan of a unit as it is now, locked: a writer and an organiser act one after the other."""
    return session.exec(
        select(Slogan).where(Slogan.unit_id == unit_id).with_for_update().execution_options(populate_existing=True)
    ).first()


def versions(session: Session, slogan_id: int) -> list[tuple[SloganVersion, str]]:
    """Every version of a slogan with its writer's name, the newest first."""
    rows = session.exec(
        select(SloganVersion, Participant.full_name)
        .join(Participant, col(Participant.id) == SloganVersion.written_by)
        .where(SloganVersion.slogan_id == slogan_id)
        .order_by(col(SloganVersion.number).desc())
    )
    return list(rows.all())


def representatives(session: Session, contest_id: int) -> dict[int, list[tuple[UnitRepresentative, str]]]:
    """Open terms with the names of who serves them, by unit, the oldest first."""
    rows = session.exec(
        select(UnitRepresentative, Participant.full_name)
        .join(Participant, col(Participant.id) == UnitRepresentative.participant_id)
        .where(Participant.contest_id == contest_id, col(UnitRepresentative.ended_at).is_(None))
        .order_by(col(UnitRepresentative.id))
    )
    found: dict[int, list[tuple[UnitRepresentative, str]]] = {}
    for term, name in rows:
        found.setdefault(term.unit_id, []).append((term, name))
    return found


def newest_exceptions(session: Session, contest_id: int) -> dict[int, SloganException]:
    """What holds of late exceptions, by unit: of several, the newest."""
    rows = session.exec(
        select(SloganException)
        .join(Unit, col(Unit.id) == SloganException.unit_id)
        .where(Unit.contest_id == contest_id)
        .order_by(col(SloganException.id))
    )
    return {row.unit_id: row for row in rows}


def exceptions_of(session: Session, unit_id: int) -> Sequence[SloganException]:
    """Every late exception of a unit, the newest first."""
    return session.exec(
        select(SloganException).where(SloganException.unit_id == unit_id).order_by(col(SloganException.id).desc())
    ).all()


def codes_alive(session: Session, contest_id: int) -> dict[int, datetime]:
    """When the code of a unit that can still be used was made, by unit."""
    rows = session.exec(
        select(UnitCode.unit_id, UnitCode.made_at)
        .join(Unit, col(Unit.id) == UnitCode.unit_id)
        .where(Unit.contest_id == contest_id, col(UnitCode.ended_at).is_(None))
    )
    return dict(rows.all())


def people_of_unit(session: Session, *, unit_id: int, search: str, limit: int) -> Sequence[Participant]:
    """Participants of a unit who can act, by name.

    Args:
        search: Part of a name as `contest.text.fold` writes it; empty for all.
    """
    query = select(Participant).where(
        Participant.unit_id == unit_id, ~col(Participant.blocked), col(Participant.anonymised_at).is_(None)
    )
    if search:
        query = query.where(col(Participant.search_key).contains(search, autoescape=True))
    return session.exec(query.order_by(col(Participant.sort_key), col(Participant.id)).limit(limit)).all()


def judging_has_begun(session: Session, contest_id: int) -> bool:
    """Whether a judging round was ever opened: from then on what is judged stands still."""
    found = session.exec(select(JudgingRound.id).where(JudgingRound.contest_id == contest_id).limit(1))
    return found.first() is not None


def judging_span(session: Session, contest_id: int) -> tuple[datetime, datetime | None]:
    """When the first round was opened, and when the last one was closed; None while one is open.

    LookupError before there is one.
    """
    found = session.exec(
        select(JudgingRound).where(JudgingRound.contest_id == contest_id).order_by(col(JudgingRound.number))
    ).all()
    closed = [one.closed_at for one in found if one.closed_at is not None]
    return found[0].opened_at, max(closed) if len(closed) == len(found) else None


def newest_publication(session: Session, contest_id: int) -> SloganPublication | None:
    """The publication that counts."""
    return session.exec(
        select(SloganPublication)
        .where(SloganPublication.contest_id == contest_id)
        .order_by(col(SloganPublication.version).desc())
        .limit(1)
    ).first()


def publications(session: Session, contest_id: int) -> Sequence[SloganPublication]:
    """Every publication, the newest first."""
    return session.exec(
        select(SloganPublication)
        .where(SloganPublication.contest_id == contest_id)
        .order_by(col(SloganPublication.version).desc())
    ).all()


def is_published(session: Session, contest_id: int) -> bool:
    """Whether results of the slogan round are public."""
    count = select(func.count()).select_from(SloganPublication).where(SloganPublication.contest_id == contest_id)
    return session.exec(count).one() > 0


def add_publication(
    session: Session,
    *,
    contest_id: int,
    version: int,
    note: str,
    body: Mapping[str, Any],
    published_by: str,
    published_at: datetime,
) -> None:
    """Store a publication; the unique constraint refuses two of one version."""
    session.add(
        SloganPublication(
            contest_id=contest_id,
            version=version,
            note=note,
            body=dict(body),
            published_by=published_by,
            published_at=published_at,
        )
    )
    session.flush()


def agreed_authors(session: Session, slogan_ids: Iterable[int]) -> dict[int, str]:
    """Authors who agree to be named, by slogan: read when shown, so that whoever is forgotten is forgotten here too."""
    rows = session.exec(
        select(Slogan.id, SloganVersion.author)
        .join(SloganVersion, col(SloganVersion.slogan_id) == Slogan.id)
        .where(
            col(Slogan.id).in_(list(slogan_ids)),
            col(SloganVersion.number) == Slogan.version_number,
            col(SloganVersion.author_public),
            col(SloganVersion.author) != "",
        )
    )
    return {slogan_id or 0: author for slogan_id, author in rows}
