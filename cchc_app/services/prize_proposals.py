"""A proposal of prizes from the newest official result and the published slogans, as JSON types that can be frozen.

The body of a list
    reason: Why this version replaces a published one; empty for the first.
    withdrawn: Whether this version takes the published one back; it then has no scopes.
    rule_set: Digest of the rules whose quotas it fills.
    result, slogans: Version (and digest) of what it was made from; null if there was none yet.
    decisions: What the committee decided about ties, by quota: entries, reason, by, at.
    scopes: One for each kind of prize of the board, with what it is missing, winners, skipped, to_decide, waiting,
        shortfalls. People are ids: names are read when shown.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import merge
from typing import Any

from sqlmodel import Session

from cchc_app.contest import collective, official, ranking
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.collective import UnrankedReason
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.prize_rules import PrizeKind, PrizeQuota, Scope, quotas_of, scopes
from cchc_app.contest.prizes import PrizeEntry, Proposal, propose
from cchc_app.data import official as results
from cchc_app.data import prize_lists as rows
from cchc_app.data import slogan_desk
from cchc_app.data.contests import ContestInForce, rule_set_of
from cchc_app.data.tables import OfficialResult, SloganPublication
from cchc_app.services.prize_entrants import frozen, outsiders

Decisions = Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class _Board:
    """Entries of one scope in rank order, and what a list says of each."""

    entries: list[PrizeEntry] = field(default_factory=list)
    facts: dict[int, dict[str, Any]] = field(default_factory=dict)

    def add(self, entry: PrizeEntry, **facts: Any) -> None:
        self.entries.append(entry)
        self.facts[entry.entry_id] = {"entry": entry.entry_id, **facts}


def board_scopes(contest: ContestInForce, board: int) -> tuple[Scope, ...]:
    """The scopes of the rule set that a board's list is about."""
    period = None if board == OVERALL else board
    return tuple(scope for scope in scopes(contest.rule_set.prizes) if scope.period == period)


def build(
    session: Session, contest: ContestInForce, board: int, *, decisions: Decisions, reason: str
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The body of a list as it would be proposed now, and the decisions that are about no tie (any more).

    Raises:
        ContestError: PRIZES_NONE without a quota; RESULT_MISSING when there is nothing yet to propose from;
            RESULT_DAMAGED when the frozen places are not those of the digest.
    """
    wanted = board_scopes(contest, board)
    if not wanted:
        raise ContestError(ErrorCode.PRIZES_NONE)
    result = results.newest(session, contest_id=contest.contest_id, board=board)
    publication = slogan_desk.newest_publication(session, contest.contest_id) if board == OVERALL else None
    if result is None and publication is None:
        raise ContestError(ErrorCode.RESULT_MISSING)
    chosen = {code: set(decision["entries"]) for code, decision in decisions.items()}
    made = [_scope(session, contest, scope, result, publication, chosen) for scope in wanted]
    outdated = [set(found) for _, found in made]
    body = {
        "reason": reason,
        "withdrawn": False,
        "rule_set": contest.digest,
        "result": None if result is None else {"version": result.version, "digest": result.digest},
        "slogans": None if publication is None else {"version": publication.version},
        "decisions": {code: dict(decision) for code, decision in decisions.items()},
        "scopes": [scope for scope, _ in made],
    }
    return body, tuple(code for code in decisions if all(code in one for one in outdated))


def _scope(
    session: Session,
    contest: ContestInForce,
    scope: Scope,
    result: OfficialResult | None,
    publication: SloganPublication | None,
    chosen: Mapping[str, set[int]],
) -> tuple[dict[str, Any], tuple[str, ...]]:
    board = _source(session, contest, scope, result, publication)
    missing = "slogans" if scope.kind is PrizeKind.SLOGAN else "result"
    quotas = quotas_of(contest.rule_set.prizes, scope)
    proposal = propose(
        entries=board.entries if board else (),
        quotas=quotas if board else (),
        rules=contest.rule_set.prizes,
        decisions=chosen,
    )
    return (
        {
            "kind": scope.kind.value,
            "missing": None if board else missing,
            "quotas": [_quota(quota) for quota in quotas],
            **_json(proposal, board or _Board()),
        },
        proposal.outdated,
    )


def _source(
    session: Session,
    contest: ContestInForce,
    scope: Scope,
    result: OfficialResult | None,
    publication: SloganPublication | None,
) -> _Board | None:
    match scope.kind:
        case PrizeKind.INDIVIDUAL:
            return None if result is None else _individuals(session, contest, result)
        case PrizeKind.UNIT:
            return None if result is None else _units(session, result)
        case PrizeKind.SLOGAN:
            return None if publication is None else _slogans(session, contest, publication)


def _individuals(session: Session, contest: ContestInForce, result: OfficialResult) -> _Board:
    """Everybody with a place, and, at the place they would have had, those who were left out."""
    rule_set = rule_set_of(session, result.rule_set_id)
    merged = rows.merged_accounts(session, contest.contest_id)
    periods = _periods(session, contest, merged) if result.board == OVERALL else {}
    blocs = {unit_id: unit.bloc for unit_id, unit in rows.units(session, contest.contest_id).items()}
    steps = len(rule_set.quiz.tie_break) - 1  # without the last, which only makes the order total (Article 14.4)
    board = _Board()
    placed, left_out = frozen(session, result, merged), outsiders(session, contest, result, rule_set)
    for line in merge(placed, left_out, key=lambda line: line.rank_key):
        place, person = line.place, merged.get(line.place.participant_id, line.place.participant_id)
        board.add(
            PrizeEntry(
                entry_id=place.attempt_id,
                person=person,
                bloc=blocs[place.unit_id],
                rank_key=ranking.prefix(rank_key=place.rank_key, steps=steps),
                ranked=line.ranked,
                disqualified=line.disqualified,
                identity_normalised=line.normalised,
                periods=len(periods.get(person, ())),
            ),
            participant=place.participant_id,
            unit=place.unit_id,
            place=line.number,
            points=place.points,
            correct=place.correct,
            total=place.total,
            time_used_ms=place.time_used_ms,
        )
    return board


def _periods(session: Session, contest: ContestInForce, merged: Mapping[int, int]) -> Mapping[int, set[int]]:
    """In which periods every person finished a paper, under whichever account."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows.finished_periods(session, list(contest.period_ids.values())):
        found[merged.get(row.participant_id, row.participant_id)].add(row.period_id)
    return found


def _units(session: Session, result: OfficialResult) -> _Board:
    """The units' board as it was frozen."""
    rules = rule_set_of(session, result.rule_set_id).collective
    board = _Board()
    for line in result.units:
        formula = collective.formula(totals=official.totals_of(line), rules=rules)
        unknown = formula.unranked is UnrankedReason.HEADCOUNT_UNKNOWN
        ranked = formula.unranked is None
        board.add(
            PrizeEntry(
                entry_id=line["unit_id"],
                person=line["unit_id"],
                bloc=line["bloc"],
                # Without the official order, which only makes the order total (Article 14.4).
                rank_key=collective.order_key(formula)[:-1] if ranked else line["unit_id"],
                ranked=not unknown,
                meets_minimum=ranked,
            ),
            unit=line["unit_id"],
            place=line["rank"] or 0,
            participants=line["participants"],
            headcount=line["headcount"],
            result=None if formula.result is None else collective.hundredths(formula.result),
        )
    return board


def _slogans(session: Session, contest: ContestInForce, publication: SloganPublication) -> _Board:
    """The published slogans by rank; a line that does not name a slogan of the contest is passed over."""
    known = rows.slogans(session, contest.contest_id)
    lines = [line for line in publication.body.get("slogans", []) if _is_slogan(line, known)]
    board = _Board()
    for line in sorted(lines, key=lambda line: (line["rank"], line["slogan_id"])):
        slogan = known[line["slogan_id"]]
        board.add(
            PrizeEntry(
                entry_id=slogan.id,
                person=slogan.unit_id,
                bloc=slogan.bloc,
                rank_key=line["rank"],
                disqualified=slogan.disqualified_at is not None,
            ),
            unit=slogan.unit_id,
            place=line["rank"],
            text=str(line.get("text", "")),
            code=str(line.get("code", "")),
        )
    return board


def _is_slogan(line: object, known: Mapping[int, Any]) -> bool:
    return isinstance(line, dict) and isinstance(line.get("rank"), int) and line.get("slogan_id") in known


def _quota(quota: PrizeQuota) -> dict[str, Any]:
    return {"code": quota.code, "title": quota.title, "bloc": quota.bloc, "count": quota.count}


def _json(proposal: Proposal, board: _Board) -> dict[str, Any]:
    def facts(entry: PrizeEntry) -> dict[str, Any]:
        return board.facts[entry.entry_id]

    return {
        "winners": [{"quota": one.quota.code, **facts(one.entry)} for one in proposal.winners],
        "skipped": [
            {"quota": one.quota.code, "reason": one.reason.value, **facts(one.entry)} for one in proposal.skipped
        ],
        "to_decide": [
            {"quota": one.quota.code, "places": one.places, "entries": [facts(entry) for entry in one.entries]}
            for one in proposal.to_decide
        ],
        "waiting": [
            {"quota": one.quota.code, "places": one.places, "decision": one.decision.code} for one in proposal.waiting
        ],
        "shortfalls": [{"quota": one.quota.code, "places": one.places} for one in proposal.shortfalls],
    }
