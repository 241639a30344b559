"""Rows behind setting the contest up: its texts, the draft of its rules, their publication, what has begun."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, func, update
from sqlmodel import Session, col, select

from cchc_app.contest.changes import Begun
from cchc_app.contest.regulations import RuleSet, digest, to_json
from cchc_app.data.quiz import OPEN
from cchc_app.data.tables import (
    Attempt,
    AuditEntry,
    AuthSession,
    Contest,
    JudgingRound,
    Participant,
    Period,
    RuleSetDraft,
    RuleSetVersion,
    SignInTicket,
)


def lock_contest(session: Session, contest_id: int) -> Contest:
    """The contest's row, locked: those who set it up do so one by one."""
    return session.exec(
        select(Contest)
        .where(Contest.id == contest_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def draft(session: Session, contest_id: int) -> RuleSetDraft | None:
    """The draft of the rules; None before anybody has written one."""
    return session.get(RuleSetDraft, contest_id, populate_existing=True)


def begun(session: Session, contest_id: int) -> Begun:
    """What has happened under the rules of a contest."""
    numbers = session.exec(
        select(Period.number).where(
            Period.contest_id == contest_id, exists().where(col(Attempt.period_id) == Period.id)
        )
    ).all()
    judging = session.exec(select(exists().where(col(JudgingRound.contest_id) == contest_id))).one()
    return Begun(frozenset(numbers), judging)


def has_open_paper(session: Session, contest_id: int) -> bool:
    """Whether somebody is taking a counted paper of a contest."""
    return session.exec(
        select(
            exists()
            .where(col(Attempt.period_id) == Period.id, col(Attempt.status) == OPEN)
            .where(col(Period.contest_id) == contest_id)
        )
    ).one()


def last_close(session: Session, contest_id: int) -> datetime | None:
    """When the last period of a contest closes."""
    return session.exec(select(func.max(Period.closes_at)).where(Period.contest_id == contest_id)).one()


def end_sessions(session: Session, contest_id: int, *, now: datetime) -> None:
    """Sign everybody of a contest out: its accounts are of that contest alone."""
    people = select(Participant.id).where(Participant.contest_id == contest_id)
    session.execute(delete(SignInTicket).where(col(SignInTicket.participant_id).in_(people)))
    session.execute(
        update(AuthSession)
        .where(col(AuthSession.participant_id).in_(people), col(AuthSession.revoked_at).is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )


def versions(session: Session, contest_id: int) -> Sequence[RuleSetVersion]:
    """Every published version of the rules, the newest first."""
    return session.exec(
        select(RuleSetVersion)
        .where(RuleSetVersion.contest_id == contest_id)
        .order_by(col(RuleSetVersion.version).desc())
    ).all()


def add_version(session: Session, contest_id: int, rule_set: RuleSet, *, now: datetime) -> None:
    """Put rules in force and bring the rows of the periods in step; periods that stay keep their ids.

    The database refuses to remove a period that has papers.
    """
    session.add(
        RuleSetVersion(
            contest_id=contest_id,
            version=rule_set.version,
            digest=digest(rule_set),
            body=to_json(rule_set),
            published_at=now,
        )
    )
    rows = {row.number: row for row in session.exec(select(Period).where(Period.contest_id == contest_id))}
    for rules in rule_set.periods:
        window = {"opens_at": rules.opens_at, "closes_at": rules.closes_at}
        row = rows.pop(rules.number, None)
        session.add(
            Period.model_validate({"contest_id": contest_id, "number": rules.number, **window})
            if row is None
            else row.sqlmodel_update(window)
        )
    for row in rows.values():
        session.delete(row)
    session.flush()


def last_change(session: Session, *, subject: str, action: str) -> AuditEntry | None:
    """The newest entry of the log about a subject's changes: who changed it last, and when."""
    return session.exec(
        select(AuditEntry)
        .where(AuditEntry.subject == subject, AuditEntry.action == action)
        .order_by(col(AuditEntry.seq).desc())
        .limit(1)
    ).first()
