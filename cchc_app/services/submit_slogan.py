"""Writing a unit's slogan: draft, hand in, replace, withdraw. What two people write at once is never overwritten."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest import receipts, slogans
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.slogans import Status, Writing
from cchc_app.data import slogans as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Slogan, SloganVersion
from cchc_app.services.consents import refuse_if_withdrawn
from cchc_app.services.representatives import require_writer

# As long as a draft can be: more than anybody writes, less than a message may hold.
MAX_TYPED = 6_000


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft that is committed."""

    revision: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """A version that is committed."""

    receipt: str
    number: int
    revision: int
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as it would be handed in."""

    writing: Writing
    words: int


def preview(db: Database, *, writing: Writing) -> Preview:
    """What would be handed in.

    Raises:
        ContestError: as `contest.slogans.checked`.
    """
    with db.read() as session:
        rules = contest_in_force(session).rule_set.slogan
    checked = slogans.checked(writing=writing, rules=rules)
    return Preview(checked, slogans.count(checked.text))


def kept(writing: Writing) -> Writing:
    """A draft as it is stored: cut, and without what a database cannot hold."""
    return Writing(
        text=slogans.storable(writing.text[:MAX_TYPED]),
        explanation=slogans.storable(writing.explanation[:MAX_TYPED]),
        author=slogans.storable(writing.author[:MAX_TYPED]),
        author_public=writing.author_public,
    )


def save_draft(db: Database, *, participant_id: int, writing: Writing, revision: int, now: datetime) -> Saved:
    """Keep a draft, whatever it says. What is as it was stored is not stored again.

    Args:
        participant_id: Who writes.
        writing: As typed.
        revision: The newest the writer has seen.
        now: When it came (aware).

    Raises:
        ContestError: NOT_REPRESENTATIVE, CONSENT_WITHDRAWN, SLOGAN_NOT_OPEN, SLOGAN_CLOSED; SLOGAN_CONFLICT (by, at)
            when somebody has saved something else meanwhile, and then nothing changes.
    """
    stored = kept(writing)
    with db.write() as session:
        _, slogan = _open_slogan(session, participant_id, now)
        if slogan.revision > 0 and rows.stored_draft(slogan) == stored:
            return Saved(slogan.revision, slogan.draft_at)
        _refuse_if_unseen(session, slogan, revision)
        _keep_draft(session, slogan, stored, participant_id, now)
        return Saved(slogan.revision, now)


def submit(db: Database, *, participant_id: int, writing: Writing, revision: int, now: datetime) -> Receipt:
    """Hand in, or replace what was handed in: a new version. Doing it twice is doing it once.

    Args:
        participant_id: Who writes.
        writing: As typed.
        revision: The newest the writer has seen.
        now: When it came (aware).

    Raises:
        ContestError: as `save_draft` and `contest.slogans.checked`; SLOGAN_DISQUALIFIED.
    """
    with db.write() as session:
        contest, slogan = _open_slogan(session, participant_id, now)
        checked = slogans.checked(writing=writing, rules=contest.rule_set.slogan)
        _refuse_if_disqualified(slogan)
        newest = rows.newest_version(session, slogan)
        if newest is not None and slogan.status == Status.SUBMITTED and _handed_in(newest) == checked:
            return Receipt(newest.receipt, newest.number, slogan.revision, newest.written_at)
        if slogan.revision == 0 or _normalised(rows.stored_draft(slogan)) != checked:
            _refuse_if_unseen(session, slogan, revision)
        _keep_draft(session, slogan, checked, participant_id, now)
        return _append(session, contest, slogan, checked, Status.SUBMITTED, participant_id, now)


def withdraw(db: Database, *, participant_id: int, revision: int, now: datetime) -> Receipt:
    """Take back what was handed in; the draft stays and may be handed in again.

    Args:
        participant_id: Who withdraws.
        revision: The newest the writer has seen.
        now: When it came (aware).

    Raises:
        ContestError: as `save_draft`; SLOGAN_NOT_SUBMITTED, SLOGAN_DISQUALIFIED.
    """
    with db.write() as session:
        contest, slogan = _open_slogan(session, participant_id, now)
        _refuse_if_disqualified(slogan)
        newest = rows.newest_version(session, slogan)
        if newest is None or slogan.status != Status.SUBMITTED:
            raise ContestError(ErrorCode.SLOGAN_NOT_SUBMITTED)
        _refuse_if_unseen(session, slogan, revision)
        slogan.revision += 1
        return _append(session, contest, slogan, _handed_in(newest), Status.WITHDRAWN, participant_id, now)


def _open_slogan(session: Session, participant_id: int, now: datetime) -> tuple[ContestInForce, Slogan]:
    """The locked slogan of the unit a person may write for now; everything is checked under the lock."""
    contest = contest_in_force(session)
    person = require_writer(session, participant_id)
    refuse_if_withdrawn(session, participant_id)
    slogan = rows.lock_slogan(
        session, contest_id=contest.contest_id, unit_id=person.unit_id, participant_id=participant_id, now=now
    )
    exception = rows.exception_of(session, person.unit_id)
    slogans.require_open(rule_set=contest.rule_set, exception=exception, now=now)
    return contest, slogan


def _refuse_if_unseen(session: Session, slogan: Slogan, revision: int) -> None:
    if revision != slogan.revision:
        by = rows.name_of(session, slogan.draft_by)
        raise ContestError(ErrorCode.SLOGAN_CONFLICT, by=by, at=slogan.draft_at)


def _refuse_if_disqualified(slogan: Slogan) -> None:
    if slogan.disqualified_at is not None:
        raise ContestError(ErrorCode.SLOGAN_DISQUALIFIED)


def _keep_draft(session: Session, slogan: Slogan, writing: Writing, participant_id: int, now: datetime) -> None:
    slogan.draft_text, slogan.draft_explanation = writing.text, writing.explanation
    slogan.draft_author, slogan.draft_author_public = writing.author, writing.author_public
    slogan.draft_by, slogan.draft_at = participant_id, now
    slogan.revision += 1
    session.add(slogan)
    session.flush()


def _append(
    session: Session,
    contest: ContestInForce,
    slogan: Slogan,
    writing: Writing,
    status: Status,
    participant_id: int,
    now: datetime,
) -> Receipt:
    """A new version that counts from now on; the caller holds the lock and has raised the revision."""
    slogan.version_number += 1
    slogan.status = status.value
    session.add(slogan)
    token = "".join(secrets.choice(receipts.ALPHABET) for _ in range(receipts.TOKEN_LENGTH))
    version = SloganVersion(
        slogan_id=slogan.id or 0,
        number=slogan.version_number,
        action=status.value,
        receipt=receipts.make_for_slogan(contest_code=contest.code, token=token),
        text=writing.text,
        words=slogans.count(writing.text),
        explanation=writing.explanation,
        author=writing.author,
        author_public=writing.author_public,
        written_by=participant_id,
        written_at=now,
    )
    rows.add_version(session, version)
    return Receipt(version.receipt, version.number, slogan.revision, now)


def _handed_in(version: SloganVersion) -> Writing:
    return Writing(version.text, version.explanation, version.author, version.author_public)


def _normalised(writing: Writing) -> Writing:
    return Writing(
        slogans.normalise(writing.text),
        slogans.paragraphs(writing.explanation),
        slogans.normalise(writing.author),
        writing.author_public,
    )
