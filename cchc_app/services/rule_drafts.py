"""Writing new rules: a draft that several organisers share, and its publication as a new version."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest import changes, paper
from cchc_app.contest.access import Permission
from cchc_app.contest.changes import Begun, Difference, LockState, RuleField
from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import BlueprintLine, RuleSet, digest, from_json, to_json
from cchc_app.contest.staffing import Action
from cchc_app.data import audit, people, quiz
from cchc_app.data import contest_setup as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import RuleSetDraft
from cchc_app.services.edited import refuse_stale
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.services.staff_sign_in import require_fresh
from cchc_app.texts.formats import local

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class LineCheck:
    """Whether the bank can fill one line of the blueprint."""

    line: BlueprintLine
    available: int


@dataclass(frozen=True, slots=True)
class DraftView:
    """The draft beside the rules in force.

    Attributes:
        in_force: What holds now.
        draft: What is being written; the rules in force before anybody has written anything.
        revision: Goes up with every saving; a form carries the one it was filled in from.
        edited_by: Who saved last; empty before anybody has.
        edited_at: When.
        begun: What has happened under the rules in force.
        locks: How far each field may be changed.
        differences: What publishing would change.
        lines: The draft's blueprint against the bank of today.
        can_draw: Whether a whole paper can be drawn from that bank.
        topics: Topics of the bank, as the blueprint may name them.
        blocs: Codes of the blocs units belong to, in the official order.
    """

    in_force: RuleSet
    draft: RuleSet
    revision: int
    edited_by: str
    edited_at: datetime | None
    begun: Begun
    locks: dict[tuple[RuleField, int | None], LockState]
    differences: tuple[Difference, ...]
    lines: tuple[LineCheck, ...]
    can_draw: bool
    topics: tuple[str, ...]
    blocs: tuple[str, ...]


def rule_draft(db: Database, *, actor: str, now: datetime) -> DraftView:
    """The draft of the contest in force.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        return _view(session, contest_in_force(session), now)


def save(db: Database, *, actor: str, revision: int, change: Callable[[RuleSet], RuleSet], now: datetime) -> DraftView:
    """Change the draft.

    Args:
        actor: Who does.
        revision: The draft the form was filled in from.
        change: Makes the new draft of the old one; may refuse.
        now: When.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, CHANGED_MEANWHILE, FIELD_LOCKED, WINDOW_INVALID.
        FieldErrors: What `change` refuses.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest, row = _locked(session, revision, now)
        new = change(_draft_of(contest, row))
        begun = rows.begun(session, contest.contest_id)
        # The note comes with the publication; a draft is refused only what no note could allow.
        changes.check_change(old=contest.rule_set, new=new, begun=begun, note="later", now=now)
        _store(session, contest, row, new, actor=actor, now=now)
        _log(session, contest, Action.RULES_DRAFTED, actor, now, after={"revision": revision + 1})
        return _view(session, contest, now)


def discard(db: Database, *, actor: str, revision: int, now: datetime) -> DraftView:
    """Make the draft what is in force again.

    Raises:
        ContestError: as `save`.
    """
    with db.read() as session:
        in_force = contest_in_force(session).rule_set
    return save(db, actor=actor, revision=revision, change=lambda _: in_force, now=now)


def publish(db: Database, *, actor: str, revision: int, note: str, code: str, now: datetime) -> DraftView:
    """Put the draft in force as the next version.

    Args:
        actor: Who does.
        revision: The draft that was looked at.
        note: Public; needed once a paper was handed out.
        code: A fresh code of the actor.
        now: When.

    Raises:
        ContestError: NOT_ALLOWED, SIGN_IN_LOCKED, CODE_WRONG, CONTEST_MISSING, CHANGED_MEANWHILE, RULES_UNCHANGED,
            FIELD_LOCKED, NOTE_MISSING, WINDOW_INVALID.
    """
    said = canonical(note[:LONGEST_NOTE])
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
        _refuse_unready(session, contest_in_force(session), said, now)
    require_fresh(db, actor=actor, code=code, now=now)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest, row = _locked(session, revision, now)
        _refuse_unready(session, contest, said, now)
        old = contest.rule_set
        new = replace(_draft_of(contest, row), version=old.version + 1, note=said)
        rows.add_version(session, contest.contest_id, new, now=now)
        _store(session, contest, row, new, actor=actor, now=now)
        before = {"version": old.version, "digest": contest.digest}
        after = {"version": new.version, "digest": digest(new), "note": said}
        _log(session, contest, Action.RULES_PUBLISHED, actor, now, before=before, after=after)
        return _view(session, contest_in_force(session), now)


def _refuse_unready(session: Session, contest: ContestInForce, note: str, now: datetime) -> None:
    new = _draft_of(contest, rows.draft(session, contest.contest_id))
    if not changes.differences(contest.rule_set, new):
        raise ContestError(ErrorCode.RULES_UNCHANGED)
    begun = rows.begun(session, contest.contest_id)
    changes.check_change(old=contest.rule_set, new=new, begun=begun, note=note, now=now)


def _locked(session: Session, revision: int, now: datetime) -> tuple[ContestInForce, RuleSetDraft | None]:
    rows.lock_contest(session, contest_in_force(session).contest_id)
    contest = contest_in_force(session)
    row = rows.draft(session, contest.contest_id)
    if revision != (row.revision if row else 0):
        refuse_stale(session, subject=_subject(contest), action=Action.RULES_DRAFTED, now=now)
    return contest, row


def _draft_of(contest: ContestInForce, row: RuleSetDraft | None) -> RuleSet:
    return from_json(row.body) if row else contest.rule_set


def _store(
    session: Session, contest: ContestInForce, row: RuleSetDraft | None, new: RuleSet, *, actor: str, now: datetime
) -> None:
    row = row or RuleSetDraft(contest_id=contest.contest_id, body={}, revision=0, edited_by=actor, edited_at=now)
    row.body, row.revision, row.edited_by, row.edited_at = to_json(new), row.revision + 1, actor, now
    session.add(row)
    session.flush()


def _log(session: Session, contest: ContestInForce, action: Action, actor: str, now: datetime, **sides) -> None:
    audit.append(session, at=now, actor=actor, action=action, subject=_subject(contest), **sides)


def _subject(contest: ContestInForce) -> str:
    return f"contest:{contest.contest_id}"


def _view(session: Session, contest: ContestInForce, now: datetime) -> DraftView:
    row = rows.draft(session, contest.contest_id)
    draft, begun = _draft_of(contest, row), rows.begun(session, contest.contest_id)
    pool = quiz.POOLS[quiz.COUNTED]
    bank = quiz.bank(session, contest_id=contest.contest_id, pool=pool, on=local(now).date())
    return DraftView(
        in_force=contest.rule_set,
        draft=draft,
        revision=row.revision if row else 0,
        edited_by=row.edited_by if row else "",
        edited_at=row.edited_at if row else None,
        begun=begun,
        locks=changes.locked(rule_set=contest.rule_set, begun=begun, now=now),
        differences=changes.differences(contest.rule_set, draft),
        lines=tuple(LineCheck(line, _available(bank, line)) for line in draft.quiz.blueprint),
        can_draw=_can_draw(bank, draft),
        topics=tuple(sorted({item.topic for item in bank})),
        blocs=tuple(dict.fromkeys(unit.bloc for unit in people.units(session, contest.contest_id))),
    )


def _available(bank: list[paper.BankItem], line: BlueprintLine) -> int:
    return sum(line.topic in (None, item.topic) and line.difficulty in (None, item.difficulty) for item in bank)


def _can_draw(bank: list[paper.BankItem], rule_set: RuleSet) -> bool:
    try:
        paper.draw(bank=bank, blueprint=rule_set.quiz.blueprint, seed="")
    except ContestError:
        return False
    return True
