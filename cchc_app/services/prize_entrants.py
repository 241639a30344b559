"""Individuals for prizes: those with a place in an official result, and those who were left out of it and why."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlmodel import Session

from cchc_app.contest import official, ranking
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import RuleSet
from cchc_app.data import official as results
from cchc_app.data import prize_lists as rows
from cchc_app.data.contests import ContestInForce
from cchc_app.data.standings import board_entry, counted_paper, settled_actuals
from cchc_app.data.tables import Attempt, OfficialResult, Participant, RuleSetVersion


@dataclass(frozen=True, slots=True)
class Line:
    """A line of individuals with what speaks against it now; `number` is 0 for those who were left out."""

    place: official.Place
    number: int
    ranked: bool
    disqualified: bool
    normalised: bool

    @property
    def rank_key(self) -> str:
        """Its place's."""
        return self.place.rank_key


def frozen(session: Session, result: OfficialResult, merged: Mapping[int, int]) -> Iterator[Line]:
    """The frozen places, once they are seen to be those that the digest is of, with their people as they are now."""
    places = list(results.places(session, result.id or 0))
    rules = session.get_one(RuleSetVersion, result.rule_set_id)
    digest = official.digest(board=result.board, rule_set_digest=rules.digest, places=places, units=result.units)
    if digest != result.digest:
        raise ContestError(ErrorCode.RESULT_DAMAGED)
    people = rows.people_of_result(session, result.id or 0)
    for number, place in enumerate(places, 1):
        own = people[place.participant_id]
        # An account that was put into another one is closed and ranked nowhere: its person is ranked as the kept one.
        kept = people[merged.get(place.participant_id, place.participant_id)]
        yield Line(place, number, kept.ranked, own.disqualified or kept.disqualified, own.identity_normalised)


def outsiders(session: Session, contest: ContestInForce, result: OfficialResult, rule_set: RuleSet) -> Sequence[Line]:
    """Who finished but has no place, with the key that would have ordered them."""
    period_ids = results.board_periods(contest.period_ids, result.board)
    actuals = settled_actuals(session, contest.contest_id, rule_set)
    pairs = rows.left_out(session, result_id=result.id or 0, period_ids=period_ids)
    found = []
    for _, own in groupby(pairs, key=lambda pair: pair[1].id):
        papers = list(own)
        person, weeks = papers[0][1], defaultdict(list)
        for attempt, _ in papers:
            weeks[attempt.period_id].append(attempt)
        counted = [counted_paper(attempts, rule_set, actuals) for attempts in weeks.values()]
        place = _would_be(person, counted, rule_set, actuals)
        found.append(Line(place, 0, person.ranked, person.disqualified, person.identity_normalised))
    return sorted(found, key=lambda line: line.rank_key)


def _would_be(
    person: Participant, counted: Sequence[Attempt], rule_set: RuleSet, actuals: Mapping[int, int]
) -> official.Place:
    whole = board_entry(counted, actuals)
    return official.Place(
        rank_key=ranking.rank_key(entry=whole, chain=rule_set.quiz.tie_break),
        participant_id=person.id or 0,
        unit_id=person.unit_id,
        attempt_id=whole.attempt_id,
        points=whole.points,
        correct=sum(paper.correct or 0 for paper in counted),
        total=sum(len(paper.paper) for paper in counted),
        time_used_ms=whole.time_used_ms,
        finished_at=whole.finished_at,
    )
