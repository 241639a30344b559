"""Rows of synthetic participants: made for demonstrations, told from real people by `synthetic`, removable at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from cchc_app.contest.identity import mask
from cchc_app.contest.slogans import Status
from cchc_app.contest.text import fold, name_collation_key
from cchc_app.data import freezing
from cchc_app.data.crypto import keyring, new_token, token_hash
from cchc_app.data.judging import remove_judging
from cchc_app.data.privacy import PARTICIPATION
from cchc_app.data.tables import (
    Answer,
    Attempt,
    AttemptEvent,
    AuthSession,
    Consent,
    DataRequest,
    FrozenStanding,
    OfficialPlace,
    OfficialResult,
    Participant,
    PersonMerge,
    PinReset,
    PrizeList,
    Sanction,
    SignInTicket,
    Slogan,
    SloganPublication,
    SloganVersion,
    Standing,
    UnitCode,
    UnitMove,
    UnitRepresentative,
)
from cchc_app.data.unit_totals import recount

SESSION_LIFE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """A participant to be; without a PIN, so that nobody can sign in as them."""

    unit_id: int
    full_name: str
    birth_date: date
    number: str
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed."""

    people: int
    papers: int


def add_people(session: Session, people: Sequence[SyntheticPerson], *, contest_id: int) -> list[int]:
    """Insert participants; their ids in the same order."""
    rows = [
        Participant(
            contest_id=contest_id,
            unit_id=person.unit_id,
            full_name=person.full_name,
            search_key=fold(person.full_name),
            sort_key=name_collation_key(person.full_name),
            birth_date=person.birth_date,
            citizen_id=person.number,
            citizen_id_index=keyring().blind_index(person.number),
            citizen_id_masked=mask(person.number),
            synthetic=True,
            created_at=person.registered_at,
        )
        for person in people
    ]
    session.add_all(rows)
    session.flush()
    return [row.id or 0 for row in rows]


def open_sessions(session: Session, participant_ids: Sequence[int], *, notice: str, now: datetime) -> Mapping[int, str]:
    """Sessions and consents by which the answer ledger lets these people in; nobody has the tokens.

    Returns:
        Token hashes by participant id.
    """
    session.add_all(
        Consent(participant_id=participant_id, purpose=PARTICIPATION, version=notice, given_at=now)
        for participant_id in participant_ids
    )
    hashes = {participant_id: token_hash(new_token()) for participant_id in participant_ids}
    session.add_all(
        AuthSession(
            token_hash=hashed,
            participant_id=participant_id,
            created_at=now,
            last_seen_at=now,
            idle_expires_at=now + SESSION_LIFE,
            expires_at=now + SESSION_LIFE,
        )
        for participant_id, hashed in hashes.items()
    )
    session.flush()
    return hashes


def close_sessions(session: Session, participant_ids: Sequence[int]) -> None:
    """Remove what `open_sessions` made."""
    for table in (AuthSession, Consent):
        session.execute(delete(table).where(col(table.participant_id).in_(participant_ids)))


def remove_people(session: Session) -> Removed:
    """Delete every synthetic participant with all that hangs on them; boards that showed them get a new version."""
    people = select(Participant.id).where(col(Participant.synthetic))
    papers = select(Attempt.id).where(col(Attempt.participant_id).in_(people))
    removed = Removed(
        people=session.exec(select(func.count()).select_from(people.subquery())).one(),
        papers=session.exec(select(func.count()).select_from(papers.subquery())).one(),
    )
    contests = session.exec(select(Participant.contest_id).where(col(Participant.synthetic)).distinct()).all()
    versions = select(SloganVersion.slogan_id).where(col(SloganVersion.written_by).in_(people))
    remove_judging(
        session, select(Slogan.id).where(or_(col(Slogan.draft_by).in_(people), col(Slogan.id).in_(versions)))
    )
    # A result that names slogans which are no more.
    judged = select(Slogan.contest_id).where(col(Slogan.draft_by).in_(people))
    session.execute(delete(SloganPublication).where(col(SloganPublication.contest_id).in_(judged)))
    _remove_slogans(session, people)
    _remove_results(session, people)
    for part in (Answer, AttemptEvent):
        session.execute(delete(part).where(col(part.attempt_id).in_(papers)))
    for table in (
        Standing,
        FrozenStanding,
        Attempt,
        AuthSession,
        SignInTicket,
        Consent,
        DataRequest,
        Sanction,
        UnitMove,
        PinReset,
        UnitRepresentative,
    ):
        session.execute(delete(table).where(col(table.participant_id).in_(people)))
    for side in (PersonMerge.merged_id, PersonMerge.kept_id):
        session.execute(delete(PersonMerge).where(col(side).in_(people)))
    session.execute(delete(Participant).where(col(Participant.synthetic)))
    for contest_id in contests:
        recount(session, contest_id)
        freezing.forget(session, contest_id)
    return removed


def _remove_slogans(session: Session, people: SelectOfScalar[Any]) -> None:
    """Slogans that synthetic people were the last to write, whole; of the others, the versions such people left."""
    theirs = select(Slogan.id).where(col(Slogan.draft_by).in_(people))
    session.execute(
        delete(SloganVersion).where(
            or_(col(SloganVersion.written_by).in_(people), col(SloganVersion.slogan_id).in_(theirs))
        )
    )
    session.execute(delete(Slogan).where(col(Slogan.draft_by).in_(people)))
    newest = select(func.max(SloganVersion.number)).where(SloganVersion.slogan_id == col(Slogan.id)).scalar_subquery()
    # A draft somebody real began on a slogan that is gone now.
    emptied = update(Slogan).where(col(Slogan.version_number) > 0, newest.is_(None))
    session.execute(
        emptied.values(version_number=0, status=Status.DRAFT.value).execution_options(synchronize_session=False)
    )
    used = update(UnitCode).where(col(UnitCode.used_by).in_(people))
    session.execute(used.values(used_by=None).execution_options(synchronize_session=False))


def _remove_results(session: Session, people: Any) -> None:
    """Official results and prize lists that name people who are no more: the rest would say another thing."""
    results = select(OfficialPlace.result_id).where(col(OfficialPlace.participant_id).in_(people))
    named = session.execute(
        select(OfficialResult.id, OfficialResult.contest_id).where(col(OfficialResult.id).in_(results))
    ).all()
    ids, contests = [row[0] for row in named], {row[1] for row in named}
    session.execute(delete(OfficialPlace).where(col(OfficialPlace.result_id).in_(ids)))
    session.execute(delete(OfficialResult).where(col(OfficialResult.id).in_(ids)))
    session.execute(delete(PrizeList).where(col(PrizeList.contest_id).in_(contests)))
