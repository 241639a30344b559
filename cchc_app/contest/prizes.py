"""Who is proposed for which prize. Source: Article 14 of the regulations.

1. The prize list holds quotas in the published order; an earlier one is the higher prize. A quota belongs to a scope:
   individuals, units or slogans, of one period or of the whole contest; and to one list of it: everybody's, or one
   bloc's.
2. Every list is gone through in rank order, each quota from where the one before it on the same list ended: nobody
   wins twice on one list. With `one_per_person` nobody wins twice in one scope either, whatever the list.
3. Passed over, with the reason: who is not ranked (staff); who is disqualified; a person's second entry, for one person
   counts once, at the better place; who is below the minimum participation; whose identity is not normalised, if the
   rules ask for it; who already won a higher prize. What speaks against one entry of a person (not ranked,
   disqualified) speaks against all of them; what speaks for one (identity, participation) speaks for all.
4. Entries with one rank key tie beyond the chain. If more of them are eligible than places are left, the committee
   decides: all of them are listed, with the places left. What depends on that decision waits for it.
5. Fewer eligible entries than places: fewer winners, and the places left over are counted.
"""

from collections import deque
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from cchc_app.contest.prize_rules import PrizeKind, PrizeQuota, PrizeRules


class SkipReason(StrEnum):
    """Why an entry was passed over (Article 14.3); the first that applies."""

    UNRANKED = "unranked"
    DISQUALIFIED = "disqualified"
    SAME_PERSON = "same_person"
    BELOW_MINIMUM = "below_minimum"
    IDENTITY_NOT_NORMALISED = "identity_not_normalised"
    ALREADY_WON = "already_won"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrizeEntry:
    """One row of a board with what eligibility needs.

    Attributes:
        entry_id: Of the attempt, unit or slogan; names the entry in decisions.
        person: Who is behind it: one number for all accounts that are known to be one person's; for units and slogans
            the unit.
        bloc: Code of the unit's bloc.
        rank_key: What the board is ordered by; entries with equal keys tie.
        ranked: False for staff, and for a unit without a rank.
        disqualified: Whether the person, the unit or the slogan was.
        identity_normalised: False for an account known by a 9-digit number only.
        periods: Periods in which an individual finished a paper; not looked at for units and slogans.
        meets_minimum: Whether a unit, or a slogan's unit, had the participation asked for.
    """

    entry_id: int
    person: int
    bloc: str
    rank_key: Hashable
    ranked: bool = True
    disqualified: bool = False
    identity_normalised: bool = True
    periods: int = 1
    meets_minimum: bool = True


@dataclass(frozen=True, slots=True)
class Winner:
    """An entry proposed for a prize."""

    quota: PrizeQuota
    entry: PrizeEntry


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that was passed over when a prize's places were filled, and why. Listed once for each list."""

    quota: PrizeQuota
    entry: PrizeEntry
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class ToDecide:
    """Tied entries of which `places` win; the committee says which."""

    quota: PrizeQuota
    entries: tuple[PrizeEntry, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Places of a prize that depend on what the committee decides about `decision`."""

    quota: PrizeQuota
    places: int
    decision: PrizeQuota


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Places of a prize for which there is no eligible entry."""

    quota: PrizeQuota
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the standings, the rules and the decisions so far give; each list in the order it was found.

    Winners, places to decide, waiting places and shortfalls of a quota add up to its count. `outdated` holds the codes
    of decisions that were not followed, because there is no such tie (any more).
    """

    winners: tuple[Winner, ...]
    skipped: tuple[Skipped, ...]
    to_decide: tuple[ToDecide, ...]
    waiting: tuple[Waiting, ...]
    shortfalls: tuple[Shortfall, ...]
    outdated: tuple[str, ...]


def propose(
    *,
    entries: Sequence[PrizeEntry],
    quotas: Sequence[PrizeQuota],
    rules: PrizeRules,
    decisions: Mapping[str, Collection[int]],
) -> Proposal:
    """The winners of one scope, as far as rules can say (Article 14).

    Args:
        entries: One board in rank order, best first; those that cannot win may be among them.
        quotas: All quotas of one scope, see `prize_rules.quotas_of`.
        rules: What else is asked of winners.
        decisions: What the committee decided so far: code of the quota to the ids of the entries that win.

    ValueError if quotas are of several scopes, an entry comes twice, or entries with equal keys stand apart.
    """
    _require(len({quota.scope for quota in quotas}) <= 1, "quotas of several scopes")
    _require(len({entry.entry_id for entry in entries}) == len(entries), "an entry comes twice")
    keys = [key for key, _ in groupby(entries, key=lambda entry: entry.rank_key)]
    _require(len(set(keys)) == len(keys), "entries with equal keys stand apart")
    overall = any(quota.kind is PrizeKind.INDIVIDUAL and quota.period is None for quota in quotas)
    minimum_periods = rules.minimum_periods if overall else 0
    draft = _Draft(entries, rules, minimum_periods, decisions)
    for quota in quotas:
        draft.fill(quota)
    return draft.proposal()


class _Draft:
    """A proposal in the making: what is left of every list, who has won, whose fate the committee holds."""

    def __init__(
        self,
        entries: Sequence[PrizeEntry],
        rules: PrizeRules,
        minimum_periods: int,
        decisions: Mapping[str, Collection[int]],
    ) -> None:
        self._entries = entries
        self._one_per_person = rules.one_per_person
        self._refusals = _refusals(entries, rules, minimum_periods)
        self._decisions = decisions
        self._lists: dict[str | None, deque[PrizeEntry]] = {}
        self._won: set[int] = set()
        self._open: dict[tuple[str | None, int], PrizeQuota] = {}
        self._followed: set[str] = set()
        self._winners: list[Winner] = []
        self._skipped: list[Skipped] = []
        self._to_decide: list[ToDecide] = []
        self._waiting: list[Waiting] = []
        self._shortfalls: list[Shortfall] = []

    def fill(self, quota: PrizeQuota) -> None:
        """Give the quota's places to the next on its list."""
        places = quota.count
        while places:
            tied = self._next_tied(quota)
            if not tied:
                self._shortfalls.append(Shortfall(quota, places))
                return
            held = next((self._open[key] for key in self._fates(quota, tied) if key in self._open), None)
            if held is not None:
                self._keep(quota, tied)
                self._waiting.append(Waiting(quota, places, held))
                return
            if len(tied) > places:
                self._settle_tie(quota, tied, places)
                return
            self._award(quota, tied)
            places -= len(tied)

    def proposal(self) -> Proposal:
        """The finished value."""
        return Proposal(
            winners=tuple(self._winners),
            skipped=tuple(self._skipped),
            to_decide=tuple(self._to_decide),
            waiting=tuple(self._waiting),
            shortfalls=tuple(self._shortfalls),
            outdated=tuple(code for code in self._decisions if code not in self._followed),
        )

    def _next_tied(self, quota: PrizeQuota) -> list[PrizeEntry]:
        """Take the next eligible entries of one key off the list, and note who is passed over; empty at its end."""
        queue = self._queue(quota)
        while queue:
            group = [queue.popleft()]
            while queue and queue[0].rank_key == group[0].rank_key:
                group.append(queue.popleft())
            reasons = [(entry, self._reason(entry)) for entry in group]
            self._skipped += [Skipped(quota, entry, reason) for entry, reason in reasons if reason is not None]
            if eligible := [entry for entry, reason in reasons if reason is None]:
                return eligible
        return []

    def _reason(self, entry: PrizeEntry) -> SkipReason | None:
        reason = self._refusals.get(entry.entry_id)
        if reason is None and self._one_per_person and entry.person in self._won:
            return SkipReason.ALREADY_WON
        return reason

    def _settle_tie(self, quota: PrizeQuota, tied: list[PrizeEntry], places: int) -> None:
        chosen = set(self._decisions.get(quota.code, ()))
        if len(chosen) == places and chosen <= {entry.entry_id for entry in tied}:
            self._followed.add(quota.code)
            self._award(quota, [entry for entry in tied if entry.entry_id in chosen])
            self._keep(quota, [entry for entry in tied if entry.entry_id not in chosen])
            return
        self._to_decide.append(ToDecide(quota, tuple(tied), places))
        self._keep(quota, tied)
        self._open |= dict.fromkeys(self._fates(quota, tied), quota)

    def _award(self, quota: PrizeQuota, entries: Sequence[PrizeEntry]) -> None:
        self._winners += [Winner(quota, entry) for entry in entries]
        self._won |= {entry.person for entry in entries}

    def _keep(self, quota: PrizeQuota, entries: Sequence[PrizeEntry]) -> None:
        self._queue(quota).extendleft(reversed(entries))

    def _fates(self, quota: PrizeQuota, entries: Sequence[PrizeEntry]) -> list[tuple[str | None, int]]:
        """What an open decision touches: the person in the whole scope, or on this list only."""
        return [(None if self._one_per_person else quota.bloc, entry.person) for entry in entries]

    def _queue(self, quota: PrizeQuota) -> deque[PrizeEntry]:
        if quota.bloc not in self._lists:
            on_list = (entry for entry in self._entries if quota.bloc in (None, entry.bloc))
            self._lists[quota.bloc] = deque(on_list)
        return self._lists[quota.bloc]


def _refusals(entries: Sequence[PrizeEntry], rules: PrizeRules, minimum_periods: int) -> dict[int, SkipReason]:
    """What keeps an entry from any prize, by its id; nothing for those who may win."""
    of_person: dict[int, list[PrizeEntry]] = {}
    for entry in entries:
        of_person.setdefault(entry.person, []).append(entry)
    refusals = {}
    for own in of_person.values():
        reason = _personal_refusal(own, rules, minimum_periods)
        for place, entry in enumerate(own):
            second = place > 0 and reason not in (SkipReason.UNRANKED, SkipReason.DISQUALIFIED)
            if second or reason is not None:
                refusals[entry.entry_id] = SkipReason.SAME_PERSON if second else reason
    return refusals


def _personal_refusal(own: Sequence[PrizeEntry], rules: PrizeRules, minimum_periods: int) -> SkipReason | None:
    if not all(entry.ranked for entry in own):
        return SkipReason.UNRANKED
    if any(entry.disqualified for entry in own):
        return SkipReason.DISQUALIFIED
    if max(entry.periods for entry in own) < minimum_periods or not any(entry.meets_minimum for entry in own):
        return SkipReason.BELOW_MINIMUM
    if rules.normalised_identity_only and not any(entry.identity_normalised for entry in own):
        return SkipReason.IDENTITY_NOT_NORMALISED
    return None


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(f"prizes: {otherwise}")
