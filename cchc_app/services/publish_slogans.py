"""Publishing the result of the slogan round: frozen once confirmed, corrected only by a new version with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.prize_rules import PrizeQuota
from cchc_app.contest.slogan_prizes import Award, award, slogan_quotas
from cchc_app.contest.staffing import Action
from cchc_app.data import audit, people
from cchc_app.data import slogan_desk as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Contest
from cchc_app.services.judging_results import RoundsResult, SloganResult, results_in
from cchc_app.services.organise_slogans import one_sentence
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.services.staff_sign_in import require_fresh
from cchc_app.texts.judging import code_name


@dataclass(frozen=True, slots=True)
class AwardLine:
    """Slogans of one rank and the prizes in question; of several prizes, or an empty one, the committee decides."""

    rank: int
    prizes: tuple[str, ...]
    slogans: tuple[SloganResult, ...]


@dataclass(frozen=True, slots=True)
class PastPublication:
    """One version that was published."""

    version: int
    note: str
    published_by: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class PublicationDesk:
    """What organisers look at before they publish.

    Attributes:
        result: Of the judges; None before a round was opened.
        awards: What publishing now would say.
        prizes: The quotas.
        obstacle: Why it cannot be published now; None when it can.
        history: What was published, the newest first.
    """

    result: RoundsResult | None
    awards: tuple[AwardLine, ...]
    prizes: tuple[PrizeQuota, ...]
    obstacle: ContestError | None
    history: tuple[PastPublication, ...]


def publication_desk(db: Database, *, actor: str) -> PublicationDesk:
    """The judges' result as it would be published now.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        contest_id, prizes = contest.contest_id, slogan_quotas(contest.rule_set.prizes)
        result = result_of(session, contest_id)
        history = tuple(
            PastPublication(one.version, one.note, one.published_by, one.published_at)
            for one in rows.publications(session, contest_id)
        )
    if result is None:
        return PublicationDesk(None, (), prizes, ContestError(ErrorCode.JUDGING_UNFINISHED), history)
    by_id = {slogan.slogan_id: slogan for slogan in result.slogans}
    awards = tuple(
        AwardLine(one.rank, one.prizes, tuple(by_id[slogan_id] for slogan_id in one.members))
        for one in _awards(result, prizes)
    )
    return PublicationDesk(result, awards, prizes, obstacle(result), history)


def publish(db: Database, *, actor: str, note: str, code: str, now: datetime) -> int:
    """Freeze the result as it is now and show it to everybody.

    Args:
        note: Needed for a correction: what changed and why, public.
        code: A fresh code of the actor; asked for after everything else is in order, so that none is used up in vain.

    Returns:
        The version.

    Raises:
        ContestError: NOT_ALLOWED, JUDGING_UNFINISHED, TALK_WITHOUT_NOTE, NOTHING_TO_PUBLISH, CORRECTION_REASON_MISSING,
            SIGN_IN_LOCKED, CODE_WRONG.
    """
    words = one_sentence(note)
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
        _publishable(session, words)
    require_fresh(db, actor=actor, code=code, now=now)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        session.get_one(Contest, contest_in_force(session).contest_id, with_for_update=True)
        contest, result, version = _publishable(session, words)
        rows.add_publication(
            session,
            contest_id=contest.contest_id,
            version=version,
            note=words,
            body=_body(session, contest, result),
            published_by=actor,
            published_at=now,
        )
        audit.append(
            session,
            at=now,
            actor=actor,
            action=Action.SLOGANS_PUBLISHED,
            subject=f"slogan_publication:{version}",
            after={"note": words, "slogans": len(result.slogans)},
        )
        return version


def obstacle(result: RoundsResult) -> ContestError | None:
    """Why a result cannot be published; None when it can."""
    if not result.complete:
        return ContestError(ErrorCode.JUDGING_UNFINISHED)
    silent = [slogan for slogan in result.slogans if slogan.needs_talk and not slogan.notes and slogan.rank is not None]
    if silent:
        codes = ", ".join(code_name(slogan.code_number) for slogan in silent)
        return ContestError(ErrorCode.TALK_WITHOUT_NOTE, codes=codes)
    if all(slogan.rank is None for slogan in result.slogans):
        return ContestError(ErrorCode.NOTHING_TO_PUBLISH)
    return None


def _publishable(session: Session, note: str) -> tuple[ContestInForce, RoundsResult, int]:
    """The contest, its result and the version it would be."""
    contest = contest_in_force(session)
    result = result_of(session, contest.contest_id)
    refusal = ContestError(ErrorCode.JUDGING_UNFINISHED) if result is None else obstacle(result)
    if result is None or refusal is not None:
        raise refusal or ContestError(ErrorCode.JUDGING_UNFINISHED)
    newest = rows.newest_publication(session, contest.contest_id)
    if newest is not None and not note:
        raise ContestError(ErrorCode.CORRECTION_REASON_MISSING)
    return contest, result, newest.version + 1 if newest else 1


def result_of(session: Session, contest_id: int) -> RoundsResult | None:
    """The judges' result as the caller's transaction sees it; None before a round was opened."""
    if not rows.judging_has_begun(session, contest_id):
        return None
    return results_in(session, contest_id)


def _awards(result: RoundsResult, prizes: tuple[PrizeQuota, ...]) -> tuple[Award, ...]:
    ranked = [(slogan.rank, slogan.slogan_id) for slogan in result.slogans if slogan.rank is not None]
    return award(ranked, prizes)


def _body(session: Session, contest: ContestInForce, result: RoundsResult) -> Mapping[str, Any]:
    """What is frozen. No author: they are read when shown, from where they can be forgotten."""
    prizes = slogan_quotas(contest.rule_set.prizes)
    won = {slogan_id: one.prizes for one in _awards(result, prizes) for slogan_id in one.members}
    units = {unit.id: unit for unit in people.units(session, contest.contest_id)}
    return {
        "prizes": [{"title": prize.title, "count": prize.count} for prize in prizes],
        "slogans": [
            {
                "slogan_id": slogan.slogan_id,
                "unit": slogan.unit_name,
                "bloc": units[slogan.unit_id].bloc,
                "place": units[slogan.unit_id].position,
                "code": code_name(slogan.code_number),
                "text": slogan.text,
                "rank": slogan.rank,
                "tied": slogan.tied,
                "score": str(slogan.score),
                "tie_scores": [str(score) for score in slogan.tie_scores],
                "prizes": list(won.get(slogan.slogan_id, ())),
            }
            for slogan in result.slogans
            if slogan.rank is not None
        ],
    }
