"""Article 14: winners by quota, everybody passed over with a reason, ties left to the committee."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.prize_rules import PrizeKind, PrizeQuota, PrizeRules
from cchc_app.contest.prizes import PrizeEntry, Proposal, SkipReason, propose

RULES = PrizeRules(quotas=(), one_per_person=True, normalised_identity_only=True, minimum_periods=3)
WEEK = 1


def quota(code: str, count: int, bloc: str | None = None, period: int | None = WEEK, **more: object) -> PrizeQuota:
    return PrizeQuota(
        code=code,
        title=code.title(),
        kind=more.get("kind", PrizeKind.INDIVIDUAL),
        period=period,
        bloc=bloc,
        count=count,
    )


def entry(
    number: int, bloc: str = "a", key: int | None = None, person: int | None = None, **facts: object
) -> PrizeEntry:
    """Entry `number` of person 100 + number, alone on its place unless told otherwise."""
    return PrizeEntry(
        entry_id=number,
        person=100 + number if person is None else person,
        bloc=bloc,
        rank_key=number if key is None else key,
        **facts,
    )


def awarded(
    entries: list[PrizeEntry],
    quotas: list[PrizeQuota],
    rules: PrizeRules = RULES,
    decisions: dict[str, set[int]] | None = None,
) -> Proposal:
    return propose(entries=entries, quotas=quotas, rules=rules, decisions=decisions or {})


def winners(proposal: Proposal) -> list[tuple[str, int]]:
    return [(one.quota.code, one.entry.entry_id) for one in proposal.winners]


def skipped(proposal: Proposal) -> list[tuple[str, int, SkipReason]]:
    return [(one.quota.code, one.entry.entry_id, one.reason) for one in proposal.skipped]


def to_decide(proposal: Proposal) -> list[tuple[str, list[int], int]]:
    return [(one.quota.code, [e.entry_id for e in one.entries], one.places) for one in proposal.to_decide]


def waiting(proposal: Proposal) -> list[tuple[str, int, str]]:
    return [(one.quota.code, one.places, one.decision.code) for one in proposal.waiting]


def shortfalls(proposal: Proposal) -> list[tuple[str, int]]:
    return [(one.quota.code, one.places) for one in proposal.shortfalls]


# One week by hand: rank, bloc, what is known.
BOARD = [
    entry(1, "a", ranked=False),  # an organiser
    entry(2, "b"),
    entry(3, "a", disqualified=True),
    entry(4, "a"),
    entry(5, "b", person=102),  # person 102 again, under another number
    entry(6, "b", identity_normalised=False),
    entry(7, "a"),
    entry(8, "a", key=8),  # 8, 9 and 10 are equal to the last step
    entry(9, "b", key=8),
    entry(10, "a", key=8, ranked=False),
    entry(11, "c"),
    entry(12, "a"),
    entry(13, "a"),
]
PRIZES = [quota("first", 1), quota("second", 2), quota("third", 1), quota("bloc_b", 1, "b"), quota("bloc_c", 3, "c")]


def test_the_week_by_hand() -> None:
    proposal = awarded(BOARD, PRIZES)
    assert winners(proposal) == [("first", 2), ("second", 4), ("second", 7), ("bloc_c", 11)]
    assert skipped(proposal) == [
        ("first", 1, SkipReason.UNRANKED),
        ("second", 3, SkipReason.DISQUALIFIED),
        ("second", 5, SkipReason.SAME_PERSON),
        ("second", 6, SkipReason.IDENTITY_NOT_NORMALISED),
        ("third", 10, SkipReason.UNRANKED),
        ("bloc_b", 2, SkipReason.ALREADY_WON),
        ("bloc_b", 5, SkipReason.SAME_PERSON),
        ("bloc_b", 6, SkipReason.IDENTITY_NOT_NORMALISED),
    ]
    assert to_decide(proposal) == [("third", [8, 9], 1)]
    assert waiting(proposal) == [("bloc_b", 1, "third")]
    assert shortfalls(proposal) == [("bloc_c", 2)]


def test_the_week_after_the_committee_has_decided() -> None:
    for_nine = awarded(BOARD, PRIZES, decisions={"third": {9}})
    assert winners(for_nine) == [("first", 2), ("second", 4), ("second", 7), ("third", 9), ("bloc_c", 11)]
    assert shortfalls(for_nine) == [("bloc_b", 1), ("bloc_c", 2)]
    for_eight = awarded(BOARD, PRIZES, decisions={"third": {8}})
    assert winners(for_eight)[3:] == [("third", 8), ("bloc_b", 9), ("bloc_c", 11)]
    for proposal in (for_nine, for_eight):
        assert (proposal.to_decide, proposal.waiting, proposal.outdated) == ((), (), ())


@pytest.mark.parametrize(
    "decisions",
    [
        pytest.param({"third": {8, 9}}, id="too many"),
        pytest.param({"third": set()}, id="nobody"),
        pytest.param({"third": {10}}, id="who cannot win"),
        pytest.param({"third": {12}}, id="who is not tied"),
        pytest.param({"first": {4}}, id="where there is no tie"),
        pytest.param({"unheard": {4}}, id="of no quota"),
    ],
)
def test_a_decision_that_does_not_fit_is_not_followed(decisions: dict[str, set[int]]) -> None:
    proposal = awarded(BOARD, PRIZES, decisions=decisions)
    assert proposal.outdated == tuple(decisions)
    assert replace(proposal, outdated=()) == awarded(BOARD, PRIZES)


def test_without_one_per_person_a_bloc_prize_may_follow_a_prize_of_all() -> None:
    proposal = awarded(BOARD, PRIZES, replace(RULES, one_per_person=False))
    assert winners(proposal) == [("first", 2), ("second", 4), ("second", 7), ("bloc_b", 2), ("bloc_c", 11)]
    assert to_decide(proposal) == [("third", [8, 9], 1)]
    assert waiting(proposal) == []


def test_without_one_per_person_an_open_tie_of_all_does_not_hold_a_bloc() -> None:
    prizes = [quota("all", 1), quota("next", 1), quota("bloc_b", 2, "b")]
    board = [entry(1, "a", key=1), entry(2, "b", key=1), entry(3, "b")]
    proposal = awarded(board, prizes, replace(RULES, one_per_person=False))
    assert winners(proposal) == [("bloc_b", 2), ("bloc_b", 3)]
    assert waiting(proposal) == [("next", 1, "all")]
    assert waiting(awarded(board, prizes)) == [("next", 1, "all"), ("bloc_b", 2, "all")]


def test_nobody_wins_twice_on_one_list_whatever_the_rule() -> None:
    board = [entry(1), entry(2)]
    for one in (True, False):
        proposal = awarded(board, [quota("first", 1), quota("second", 1)], replace(RULES, one_per_person=one))
        assert winners(proposal) == [("first", 1), ("second", 2)]


def test_a_bloc_prize_that_ranks_higher_is_given_first() -> None:
    proposal = awarded([entry(1), entry(2)], [quota("bloc_a", 1, "a"), quota("all", 1)])
    assert winners(proposal) == [("bloc_a", 1), ("all", 2)]
    assert skipped(proposal) == [("all", 1, SkipReason.ALREADY_WON)]


def test_ties_that_fit_into_the_places_are_no_question() -> None:
    board = [entry(1, key=1), entry(2, key=1), entry(3)]
    assert winners(awarded(board, [quota("first", 2)])) == [("first", 1), ("first", 2)]
    proposal = awarded(board, [quota("first", 3)])
    assert winners(proposal) == [("first", 1), ("first", 2), ("first", 3)]


def test_who_cannot_win_does_not_make_a_tie() -> None:
    board = [entry(1, key=1), entry(2, key=1, disqualified=True)]
    proposal = awarded(board, [quota("first", 1)])
    assert (winners(proposal), to_decide(proposal)) == ([("first", 1)], [])


def test_a_tie_over_several_prizes_is_decided_prize_by_prize() -> None:
    board = [entry(1, key=1), entry(2, key=1), entry(3, key=1), entry(4)]
    prizes = [quota("first", 1), quota("second", 1), quota("third", 2)]
    before = awarded(board, prizes)
    assert to_decide(before) == [("first", [1, 2, 3], 1)]
    assert waiting(before) == [("second", 1, "first"), ("third", 2, "first")]
    between = awarded(board, prizes, decisions={"first": {3}})
    assert to_decide(between) == [("second", [1, 2], 1)]
    after = awarded(board, prizes, decisions={"first": {3}, "second": {1}})
    assert winners(after) == [("first", 3), ("second", 1), ("third", 2), ("third", 4)]


def test_a_prize_gives_what_is_certain_before_it_waits() -> None:
    board = [entry(1, "b"), entry(2, "a", key=2), entry(3, "b", key=2), entry(4, "b")]
    proposal = awarded(board, [quota("all", 2), quota("bloc_b", 1, "b")])
    assert winners(proposal) == [("all", 1)]
    assert to_decide(proposal) == [("all", [2, 3], 1)]
    board.insert(0, entry(9, "a"))
    proposal = awarded(board, [quota("all", 3), quota("bloc_a", 1, "a")], replace(RULES, one_per_person=False))
    assert winners(proposal) == [("all", 9), ("all", 1), ("bloc_a", 9)]


@pytest.mark.parametrize(
    ("facts", "rules", "reason"),
    [
        pytest.param({"periods": 2}, RULES, SkipReason.BELOW_MINIMUM, id="two of three weeks"),
        pytest.param({"periods": 3}, RULES, None, id="three weeks"),
        pytest.param({"meets_minimum": False, "periods": 4}, RULES, SkipReason.BELOW_MINIMUM, id="below the gate"),
        pytest.param(
            {"periods": 3, "identity_normalised": False}, RULES, SkipReason.IDENTITY_NOT_NORMALISED, id="nine digits"
        ),
        pytest.param(
            {"periods": 3, "identity_normalised": False},
            replace(RULES, normalised_identity_only=False),
            None,
            id="nine digits are enough",
        ),
        pytest.param({"ranked": False, "disqualified": True}, RULES, SkipReason.UNRANKED, id="the first reason"),
        pytest.param(
            {"periods": 1, "identity_normalised": False}, RULES, SkipReason.BELOW_MINIMUM, id="minimum before identity"
        ),
    ],
)
def test_eligibility_for_the_whole_contest(facts: dict, rules: PrizeRules, reason: SkipReason | None) -> None:
    proposal = awarded([entry(1, **facts)], [quota("overall", 1, period=None)], rules)
    assert winners(proposal) == ([("overall", 1)] if reason is None else [])
    assert skipped(proposal) == ([] if reason is None else [("overall", 1, reason)])


@pytest.mark.parametrize("kind", [PrizeKind.UNIT, PrizeKind.SLOGAN])
def test_units_and_slogans_need_no_periods_but_their_own_minimum(kind: PrizeKind) -> None:
    board = [entry(1, meets_minimum=False), entry(2, ranked=False), entry(3, periods=0)]
    proposal = awarded(board, [quota("best", 1, period=None, kind=kind)])
    assert winners(proposal) == [("best", 3)]
    assert skipped(proposal) == [("best", 1, SkipReason.BELOW_MINIMUM), ("best", 2, SkipReason.UNRANKED)]


def test_a_week_asks_for_no_other_weeks() -> None:
    assert winners(awarded([entry(1, periods=1)], [quota("first", 1)])) == [("first", 1)]


@pytest.mark.parametrize(
    ("board", "expected", "reasons"),
    [
        pytest.param(
            [entry(1, person=7), entry(2, person=7), entry(3)],
            [1, 3],
            [(2, SkipReason.SAME_PERSON)],
            id="the better entry counts",
        ),
        pytest.param(
            [entry(1, person=7, key=1), entry(2, person=7, key=1), entry(3)],
            [1, 3],
            [(2, SkipReason.SAME_PERSON)],
            id="tied with oneself",
        ),
        pytest.param(
            [entry(1, person=7), entry(2, person=7, disqualified=True), entry(3)],
            [3],
            [(1, SkipReason.DISQUALIFIED), (2, SkipReason.DISQUALIFIED)],
            id="disqualified under the other number",
        ),
        pytest.param(
            [entry(1, person=7), entry(2, person=7, ranked=False), entry(3)],
            [3],
            [(1, SkipReason.UNRANKED), (2, SkipReason.UNRANKED)],
            id="staff under the other number",
        ),
        pytest.param(
            [entry(1, person=7, identity_normalised=False), entry(2, person=7), entry(3)],
            [1, 3],
            [(2, SkipReason.SAME_PERSON)],
            id="normalised under the other number",
        ),
        pytest.param(
            [entry(1, person=7, meets_minimum=False), entry(2, person=7), entry(3)],
            [1, 3],
            [(2, SkipReason.SAME_PERSON)],
            id="minimum met under the other number",
        ),
    ],
)
def test_one_person_with_two_identities(
    board: list[PrizeEntry], expected: list[int], reasons: list[tuple[int, SkipReason]]
) -> None:
    proposal = awarded(board, [quota("first", 3)])
    assert [number for _, number in winners(proposal)] == expected
    assert [(number, reason) for _, number, reason in skipped(proposal)] == reasons
    assert shortfalls(proposal) == [("first", 3 - len(expected))]


def test_no_entries_and_no_quotas() -> None:
    assert shortfalls(awarded([], [quota("first", 2)])) == [("first", 2)]
    assert awarded([entry(1)], []) == Proposal(
        winners=(), skipped=(), to_decide=(), waiting=(), shortfalls=(), outdated=()
    )


@pytest.mark.parametrize(
    ("board", "prizes", "message"),
    [
        ([entry(1)], [quota("w1", 1), quota("w2", 1, period=2)], "several scopes"),
        ([entry(1)], [quota("w1", 1), quota("u", 1, kind=PrizeKind.UNIT)], "several scopes"),
        ([entry(1), entry(1, key=5)], [quota("w1", 1)], "comes twice"),
        ([entry(1, key=1), entry(2), entry(3, key=1)], [quota("w1", 1)], "stand apart"),
    ],
)
def test_input_that_is_no_board_of_one_scope_is_refused(
    board: list[PrizeEntry], prizes: list[PrizeQuota], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        awarded(board, prizes)


def boards(*, ties: bool) -> st.SearchStrategy[list[PrizeEntry]]:
    one = st.tuples(
        st.sampled_from("ab"),
        st.sampled_from([True, True, True, False]),
        st.sampled_from([False, False, False, True]),
        st.booleans(),
        st.integers(0, 12),
        st.booleans(),
    )

    def build(rows: list[tuple]) -> list[PrizeEntry]:
        key, entries = 0, []
        for i, (bloc, ranked, disqualified, normalised, person, same) in enumerate(rows):
            key += not (ties and same)
            facts = {"ranked": ranked, "disqualified": disqualified, "identity_normalised": normalised}
            entries.append(entry(i, bloc, key=key, person=person, **facts))
        return entries

    return st.lists(one, max_size=14).map(build)


def prize_lists() -> st.SearchStrategy[list[PrizeQuota]]:
    one = st.tuples(st.sampled_from([None, "a", "b"]), st.integers(1, 4))
    return st.lists(one, max_size=5).map(lambda rows: [quota(f"q{i}", n, bloc) for i, (bloc, n) in enumerate(rows)])


def rule_sets() -> st.SearchStrategy[PrizeRules]:
    return st.builds(
        lambda one, normalised: replace(RULES, one_per_person=one, normalised_identity_only=normalised),
        st.booleans(),
        st.booleans(),
    )


def eligible(board: list[PrizeEntry], rules: PrizeRules) -> list[PrizeEntry]:
    """The better entry of everybody who may win, written as the article words it."""
    chosen = {}
    for one in board:
        own = [other for other in board if other.person == one.person]
        known = any(other.identity_normalised for other in own) or not rules.normalised_identity_only
        if known and all(other.ranked and not other.disqualified for other in own):
            chosen.setdefault(one.person, one)
    return list(chosen.values())


def by_the_book(board: list[PrizeEntry], prizes: list[PrizeQuota], rules: PrizeRules) -> list[tuple[str, int]]:
    """Winners where nobody ties: for every prize the best who have not won yet, here or (one each) anywhere."""
    given: list[tuple[PrizeQuota, PrizeEntry]] = []
    for prize in prizes:
        gone = {e.person for p, e in given if rules.one_per_person or p.bloc == prize.bloc}
        left = [e for e in eligible(board, rules) if prize.bloc in (None, e.bloc) and e.person not in gone]
        given += [(prize, e) for e in left[: prize.count]]
    return [(prize.code, e.entry_id) for prize, e in given]


@given(boards(ties=False), prize_lists(), rule_sets())
def test_without_ties_the_winners_are_those_of_the_book(
    board: list[PrizeEntry], prizes: list[PrizeQuota], rules: PrizeRules
) -> None:
    proposal = awarded(board, prizes, rules)
    assert winners(proposal) == by_the_book(board, prizes, rules)
    assert (proposal.to_decide, proposal.waiting) == ((), ())


@given(boards(ties=True), prize_lists(), rule_sets())
def test_places_add_up_and_nobody_ineligible_wins(
    board: list[PrizeEntry], prizes: list[PrizeQuota], rules: PrizeRules
) -> None:
    proposal = awarded(board, prizes, rules)
    may_win = {e.entry_id for e in eligible(board, rules)}
    assert {e.entry_id for one in proposal.to_decide for e in one.entries} <= may_win
    assert {one.entry.entry_id for one in proposal.winners} <= may_win
    for prize in prizes:
        places = [sum(w.quota == prize for w in proposal.winners)]
        for part in (proposal.to_decide, proposal.waiting, proposal.shortfalls):
            places += [one.places for one in part if one.quota == prize]
        assert sum(places) == prize.count
    assert all(0 < one.places < len(one.entries) for one in proposal.to_decide)
    per_scope = [w.entry.person for w in proposal.winners]
    per_list = [(w.quota.bloc, w.entry.person) for w in proposal.winners]
    assert len(set(per_list)) == len(per_list)
    assert not rules.one_per_person or len(set(per_scope)) == len(per_scope)


@given(boards(ties=True), prize_lists(), rule_sets())
def test_who_stands_ahead_of_a_winner_has_a_reason_or_a_prize(
    board: list[PrizeEntry], prizes: list[PrizeQuota], rules: PrizeRules
) -> None:
    proposal = awarded(board, prizes, rules)
    for one in proposal.winners:
        bloc = one.quota.bloc
        accounted = {w.entry.entry_id for w in proposal.winners if w.quota.bloc == bloc}
        accounted |= {s.entry.entry_id for s in proposal.skipped if s.quota.bloc == bloc}
        ahead = [e for e in board if bloc in (None, e.bloc) and e.rank_key < one.entry.rank_key]
        assert {e.entry_id for e in ahead} <= accounted
    passed = [(s.quota.bloc, s.entry.entry_id) for s in proposal.skipped]
    assert len(set(passed)) == len(passed)


@given(boards(ties=True), prize_lists(), rule_sets(), st.randoms(use_true_random=False))
def test_decisions_settle_everything(
    board: list[PrizeEntry], prizes: list[PrizeQuota], rules: PrizeRules, random: object
) -> None:
    """Tie by tie: what was certain stays, no decision is outdated by the next one, and in the end nothing is open."""
    decisions: dict[str, set[int]] = {}
    proposal = awarded(board, prizes, rules)
    while proposal.to_decide:
        first = proposal.to_decide[0]
        decisions[first.quota.code] = {e.entry_id for e in random.sample(first.entries, first.places)}
        before, proposal = proposal, awarded(board, prizes, rules, decisions)
        assert set(winners(before)) <= set(winners(proposal))
        assert proposal.outdated == ()
    assert proposal.waiting == ()
    assert len(proposal.winners) + sum(one.places for one in proposal.shortfalls) == sum(p.count for p in prizes)


@given(boards(ties=False), prize_lists(), rule_sets(), st.data())
def test_more_places_or_fewer_rivals_harm_no_winner(
    board: list[PrizeEntry], prizes: list[PrizeQuota], rules: PrizeRules, data: st.DataObject
) -> None:
    before = {one.entry.person for one in awarded(board, prizes, rules).winners}
    if prizes:
        i = data.draw(st.integers(0, len(prizes) - 1))
        more = [*prizes[:i], replace(prizes[i], count=prizes[i].count + 1), *prizes[i + 1 :]]
        assert before <= {one.entry.person for one in awarded(board, more, rules).winners}
    if board:
        gone = data.draw(st.sampled_from(board)).person
        fewer = [replace(e, disqualified=e.disqualified or e.person == gone) for e in board]
        assert before - {gone} <= {one.entry.person for one in awarded(fewer, prizes, rules).winners}


@given(boards(ties=True), prize_lists(), rule_sets())
def test_more_places_undo_nothing_that_was_certain_on_one_list(
    board: list[PrizeEntry], prizes: list[PrizeQuota], rules: PrizeRules
) -> None:
    for prize in prizes:
        before = {one.entry.entry_id for one in awarded(board, [prize], rules).winners}
        more = awarded(board, [replace(prize, count=prize.count + 1)], rules)
        assert before <= {one.entry.entry_id for one in more.winners}
