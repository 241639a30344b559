"""Putting a CMND account into the CCCD account of the same person: both histories stay, one entry counts."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action, participant_name
from cchc_app.data import audit, merges
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.quiz import OPEN
from cchc_app.data.tables import Attempt, Participant, PersonMerge, Unit
from cchc_app.services.deeds import authorise
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.services.unrank import log_unranked


@dataclass(frozen=True, slots=True)
class Side:
    """One of two accounts, as an organiser may see it."""

    participant_id: int
    full_name: str
    unit_name: str
    citizen_id_masked: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts that look like one person's: the same name, without case and accents, and the same birth date."""

    card: Side  # with a CCCD: the one to keep
    old: Side  # with a CMND


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: papers that count for the kept account now, and papers beyond what the week allows."""

    moved: int
    surplus: int


def offers(db: Database, *, actor: str) -> tuple[Pair, ...]:
    """Pairs of accounts to be looked at by an organiser.

    Args:
        actor: Username of who looks.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        found = merges.pairs(session, contest_in_force(session).contest_id)
        return tuple(Pair(_side(session, card), _side(session, old)) for card, old in found)


def merge(db: Database, *, actor: str, code: str, kept_id: int, merged_id: int, reason: str, now: datetime) -> Merged:
    """Put one account into another.

    In every period the papers that were begun first count, as many as the regulations allow one person; what is beyond
    that stays with the closed account, which nobody can sign in to. The kept account keeps its unit; it is ranked only
    if both were.

    Args:
        actor: Username of who does it.
        code: A fresh code of the actor.
        kept_id: The account with the CCCD.
        merged_id: The account with the CMND.
        reason: Why, for the record.
        now: When.

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, SIGN_IN_LOCKED, CODE_WRONG, CONTEST_MISSING; MERGE_REFUSED unless the
            first has a CCCD and the second a CMND, both have one name and one birth date, none is merged or erased yet
            and no paper is open.
    """
    why = authorise(db, actor=actor, code=code, reason=reason, now=now)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest = contest_in_force(session)
        people = merges.lock_two(session, kept_id, merged_id)
        kept, merged = people.get(kept_id), people.get(merged_id)
        if kept is None or merged is None or not _may(session, kept, merged, contest.contest_id):
            raise ContestError(ErrorCode.MERGE_REFUSED)
        attempts = list(merges.counted_attempts(session, (kept_id, merged_id)))
        if any(attempt.status == OPEN for attempt in attempts):
            raise ContestError(ErrorCode.MERGE_REFUSED)
        moved, surplus = _share_out(session, attempts, kept_id, merged_id, contest)
        merges.keep(
            session,
            PersonMerge(merged_id=merged_id, kept_id=kept_id, reason=why, moved=moved, merged_at=now),
        )
        ranked_before, kept.ranked = kept.ranked, kept.ranked and merged.ranked
        session.add(kept)
        merges.close_account(session, merged, now=now)
        merges.rank_anew(
            session,
            [kept, merged],
            contest_id=contest.contest_id,
            period_numbers={row_id: number for number, row_id in contest.period_ids.items()},
            rules=contest.rule_set,
            now=now,
        )
        _log(session, actor, kept_id, merged_id, Merged(len(moved), surplus), now)
        if ranked_before and not kept.ranked:
            log_unranked(session, participant_id=kept_id, actor=actor, now=now)
    return Merged(moved=len(moved), surplus=surplus)


def _log(session: Session, actor: str, kept_id: int, merged_id: int, done: Merged, now: datetime) -> None:
    """Ids and counts only: the reason people write may be personal, and the log is for ever."""
    audit.append(
        session,
        at=now,
        actor=actor,
        action=Action.MERGED,
        subject=participant_name(merged_id),
        after={"kept": participant_name(kept_id), "moved": done.moved, "surplus": done.surplus},
    )


def _may(session: Session, kept: Participant, merged: Participant, contest_id: int) -> bool:
    return (
        kept.contest_id == merged.contest_id == contest_id
        and kept.identity_normalised
        and not merged.identity_normalised
        and kept.anonymised_at is None
        and merged.anonymised_at is None
        and (kept.search_key, kept.birth_date) == (merged.search_key, merged.birth_date)
        and not merges.is_merged(session, merged.id or 0)
        and not merges.is_merged(session, kept.id or 0)
    )


def _share_out(
    session: Session, attempts: list[Attempt], kept_id: int, merged_id: int, contest: ContestInForce
) -> tuple[list[list[int]], int]:
    """Give each account its papers; what was moved as `PersonMerge.moved` holds it, and how many do not count."""
    begun: Counter[int | None] = Counter()
    moved: list[list[int]] = []
    surplus = 0
    for attempt in attempts:
        begun[attempt.period_id] += 1
        counts = begun[attempt.period_id] <= contest.rule_set.quiz.attempts_allowed
        surplus += not counts
        owner = kept_id if counts else merged_id
        if attempt.participant_id != owner:
            moved.append([attempt.id or 0, attempt.participant_id, attempt.number])
            merges.give(session, attempt, owner)
    return moved, surplus


def _side(session: Session, account: Participant) -> Side:
    unit_name = session.get_one(Unit, account.unit_id).name
    return Side(account.id or 0, account.full_name, unit_name, account.citizen_id_masked)
