"""Item analysis: figures equal to SciPy's on generated papers, undefined ones None, flags where they belong."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.item_analysis import (
    FEWEST_PAPERS,
    ItemFlag,
    ItemRow,
    ItemSums,
    OptionSums,
    analyse,
    correlation,
    discrimination,
    facility,
    option_discrimination,
    sums_of,
)

OPTIONS = 4


def scipy_r(binary: list[bool], other: list[float]) -> float | None:
    """SciPy's point-biserial; None where it warns that one of the two does not vary."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", scipy.stats.ConstantInputWarning)
        warnings.simplefilter("ignore", scipy.stats.NearConstantInputWarning)
        value = scipy.stats.pointbiserialr(binary, other).statistic
    return None if np.isnan(value) else float(value)


def generated(papers: int, *, sizes: tuple[int, ...] = (20,), key: int = 0, seed: int = 1) -> list[ItemRow]:
    """Papers of people of differing ability; the able choose option `key`, the others guess; some leave it out."""
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(papers):
        size, ability = int(random.choice(sizes)), random.beta(4, 2)
        option = None
        if random.random() > 0.05:
            option = key if random.random() < ability else int(random.integers(OPTIONS))
        right = option == key
        rows.append(ItemRow(size, int(random.binomial(size - 1, ability)) + right, right, option))
    return rows


def rest_of(row: ItemRow) -> float:
    return (row.paper_right - row.right) / (row.size - 1)


def item_rows() -> st.SearchStrategy[list[ItemRow]]:
    """Papers from few values, so that columns without variance come up; sizes of 2 to 5 questions."""

    def row(size: int, others: float, option: int | None) -> ItemRow:
        right = option == 0
        return ItemRow(size, round(others * (size - 1)) + right, right, option)

    shares = st.sampled_from([0.0, 0.25, 0.5, 1.0])
    one = st.builds(row, st.integers(2, 5), shares, st.sampled_from([None, 0, 1, 2]))
    return st.lists(one, min_size=2, max_size=40)


@pytest.mark.parametrize("sizes", [(20,), (10, 20, 35), (2,)])
def test_figures_of_generated_papers_are_those_of_scipy(sizes: tuple[int, ...]) -> None:
    rows = generated(3_000, sizes=sizes)
    rests = [rest_of(row) for row in rows]
    sums = sums_of(rows, option_count=OPTIONS)
    assert facility(sums) == pytest.approx(np.mean([row.right for row in rows]), abs=1e-12)
    assert discrimination(sums) == pytest.approx(scipy_r([row.right for row in rows], rests), abs=1e-12)
    for option in range(OPTIONS):
        chosen = [row.option == option for row in rows]
        assert option_discrimination(sums, option) == pytest.approx(scipy_r(chosen, rests), abs=1e-12)


@given(item_rows())
def test_small_data_agree_with_scipy_where_it_is_defined(rows: list[ItemRow]) -> None:
    sums = sums_of(rows, option_count=OPTIONS)
    rests = [rest_of(row) for row in rows]
    right = [row.right for row in rows]
    ours = discrimination(sums)
    if len(set(right)) == 1 or len(set(rests)) == 1:
        assert ours is None
    else:
        assert ours == pytest.approx(scipy_r(right, rests), abs=1e-9)
        assert -1 <= ours <= 1


@given(item_rows(), st.data())
def test_sums_of_parts_stand_for_the_whole(rows: list[ItemRow], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(rows)))
    parts = sums_of(rows[:cut], option_count=OPTIONS) + sums_of(rows[cut:], option_count=OPTIONS)
    whole = sums_of(rows, option_count=OPTIONS)
    analysed = [analyse(sums=sums, key={0}, times={}, all_papers=len(rows)) for sums in (parts, whole)]
    assert analysed[0] == analysed[1]


@given(item_rows())
def test_shares_add_up_to_the_answered(rows: list[ItemRow]) -> None:
    report = analyse(sums=sums_of(rows, option_count=OPTIONS), key={0}, times={}, all_papers=len(rows))
    answered = sum(row.option is not None for row in rows)
    assert sum(option.share for option in report.options) == pytest.approx(answered / len(rows))
    assert report.facility == report.options[0].share
    assert report.discrimination == report.options[0].discrimination


def test_millions_of_equal_papers_lose_no_digit() -> None:
    """Where floats cancel: a huge mean, one paper that differs."""
    n = 6_000_000
    sums = ItemSums(
        size=1_000_000,
        papers=n,
        right=1,
        rest=n * 999_998 + 1,
        rest_squares=(n - 1) * 999_998**2 + 999_999**2,
        rest_right=999_999,
        options=(),
    )
    assert discrimination([sums]) == 1.0


def test_papers_of_one_question_count_for_the_facility_only() -> None:
    rows = generated(200)
    lone = [ItemRow(1, 1, True, 0)] * 100
    sums = sums_of(rows + lone, option_count=OPTIONS)
    assert discrimination(sums) == discrimination(sums_of(rows, option_count=OPTIONS))
    assert facility(sums) == (sum(row.right for row in rows) + 100) / 300


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no paper"),
        pytest.param([ItemRow(5, 3, True, 0)], id="one paper"),
        pytest.param([ItemRow(5, n, True, 0) for n in (1, 3, 5)], id="all right"),
        pytest.param([ItemRow(5, n, False, 1) for n in (0, 2, 4)], id="none right"),
        pytest.param([ItemRow(5, 3, True, 0), ItemRow(5, 2, False, 1)], id="equal rest scores"),
        pytest.param([ItemRow(1, 1, True, 0), ItemRow(1, 0, False, 1)], id="no rest"),
        pytest.param([ItemRow(3, 2, True, 0), ItemRow(5, 2, False, 1)], id="equal shares of unequal papers"),
    ],
)
def test_discrimination_without_variance_is_none(rows: list[ItemRow]) -> None:
    assert discrimination(sums_of(rows, option_count=OPTIONS)) is None


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(ItemRow(5, 0, True, 0), id="right but nothing right on the paper"),
        pytest.param(ItemRow(5, 5, False, 1), id="wrong but everything right"),
        pytest.param(ItemRow(5, 2, True, 4), id="no such option"),
        pytest.param(ItemRow(5, 2, True, -1), id="an option below the first"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(row: ItemRow) -> None:
    with pytest.raises(ValueError, match=r"other questions|does not have"):
        sums_of([row], option_count=OPTIONS)


@pytest.mark.parametrize(
    ("sums", "message"),
    [
        ({"n": 2, "x": 3, "y": 1, "xy": 1, "y2": 1}, "sums of no data"),
        ({"n": 2, "x": 1, "y": 4, "xy": 2, "y2": 2}, "sums of no data"),
        ({"n": 4, "x": 2, "y": 2, "xy": 9, "y2": 2}, "do not belong together"),
    ],
)
def test_sums_that_no_data_can_have_are_refused(sums: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        correlation(**sums)


def papers(counts: dict[tuple[int | None, int], int], key: int = 0) -> list[ItemRow]:
    """Papers of 11 questions: (option, right answers to the ten others) to how many."""
    return [
        ItemRow(11, rest + (option == key), option == key, option)
        for (option, rest), count in counts.items()
        for _ in range(count)
    ]


GOOD = {(0, 9): 40, (0, 5): 10, (1, 3): 15, (2, 4): 15, (3, 2): 15, (None, 1): 5}


@pytest.mark.parametrize(
    ("rows", "flags"),
    [
        pytest.param(papers(GOOD), [], id="a good question"),
        pytest.param(papers({(0, 9): 15, (1, 3): 14}), [ItemFlag.TOO_FEW_PAPERS], id="29 papers"),
        pytest.param([], [ItemFlag.TOO_FEW_PAPERS], id="never drawn"),
        pytest.param(papers({(0, 9): 20, (1, 3): 27, (2, 4): 27, (3, 2): 26}), [ItemFlag.TOO_HARD], id="a fifth right"),
        pytest.param(
            papers({(0, 9): 21, (1, 3): 27, (2, 4): 27, (3, 2): 25}), [], id="a little more than a fifth right"
        ),
        pytest.param(papers({(0, 9): 95, (1, 3): 2, (2, 4): 2, (3, 2): 1}), [ItemFlag.TOO_EASY], id="95 of 100 right"),
        pytest.param(
            papers({(0, 9): 50, (1, 3): 25, (2, 4): 25}), [ItemFlag.DISTRACTOR_UNCHOSEN], id="an option for nobody"
        ),
        pytest.param(
            papers({(0, 6): 30, (0, 4): 30, (1, 6): 10, (1, 4): 10, (2, 5): 10, (3, 5): 10}),
            [ItemFlag.DOES_NOT_DISCRIMINATE],
            id="right or wrong by chance",
        ),
        pytest.param(
            papers({(0, 9): 40, (0, 1): 10, (1, 10): 20, (2, 1): 15, (3, 1): 15}),
            [ItemFlag.DISTRACTOR_ATTRACTS_STRONG],
            id="the best prefer another",
        ),
        pytest.param(
            papers({(0, 3): 30, (1, 9): 50, (2, 3): 10, (3, 3): 10}),
            [ItemFlag.DOES_NOT_DISCRIMINATE, ItemFlag.DISTRACTOR_ATTRACTS_STRONG, ItemFlag.POSSIBLY_WRONG_KEY],
            id="the key names the wrong option",
        ),
    ],
)
def test_flags(rows: list[ItemRow], flags: list[ItemFlag]) -> None:
    report = analyse(sums=sums_of(rows, option_count=OPTIONS), key={0}, times={}, all_papers=len(rows))
    assert list(report.flags) == flags


def test_flags_name_their_option() -> None:
    rows = papers({(0, 3): 30, (1, 9): 60, (2, 3): 10})
    report = analyse(sums=sums_of(rows, option_count=OPTIONS), key={0}, times={}, all_papers=len(rows))
    assert [option.flags for option in report.options] == [
        (),
        (ItemFlag.DISTRACTOR_ATTRACTS_STRONG,),
        (),
        (ItemFlag.DISTRACTOR_UNCHOSEN,),
    ]
    assert [option.accepted for option in report.options] == [True, False, False, False]


def test_an_option_accepted_beside_the_key_is_no_distractor() -> None:
    rows = [replace(row, right=row.option in (0, 1)) for row in papers({(0, 9): 30, (2, 3): 20, (3, 3): 20})]
    rows += [ItemRow(11, 11, True, 1)] * 30
    report = analyse(sums=sums_of(rows, option_count=OPTIONS), key={0, 1}, times={}, all_papers=len(rows))
    assert report.flags == ()
    assert report.facility == 0.6


def test_weak_signs_among_few_papers_are_no_signs() -> None:
    """A distractor with r = 0.1 is chance among 100 papers and a fact among 10,000."""
    few = papers({(0, 9): 40, (0, 1): 20, (1, 9): 10, (1, 1): 6, (2, 1): 12, (3, 1): 12})
    many = few * 100
    for rows, raised in ((few, False), (many, True)):
        report = analyse(sums=sums_of(rows, option_count=OPTIONS), key={0}, times={}, all_papers=len(rows))
        assert 0.05 < report.options[1].discrimination < 0.19
        assert (ItemFlag.DISTRACTOR_ATTRACTS_STRONG in report.flags) is raised


def test_a_whole_report() -> None:
    rows = papers(GOOD)
    report = analyse(sums=sums_of(rows, option_count=OPTIONS), key={0}, times={1_000: 3, 4_000: 1}, all_papers=400)
    assert (report.papers, report.exposure, report.facility) == (100, 0.25, 0.5)
    assert (report.mean_ms, report.median_ms) == (1_750, 1_000)
    assert [option.share for option in report.options] == [0.5, 0.15, 0.15, 0.15]
    assert report.discrimination == pytest.approx(scipy_r([r.right for r in rows], [rest_of(r) for r in rows]))


def test_a_question_never_drawn_has_no_figures() -> None:
    report = analyse(sums=(), key={0}, times={}, all_papers=0)
    assert (report.papers, report.exposure, report.facility, report.discrimination) == (0, None, None, None)
    assert (report.mean_ms, report.median_ms, report.options) == (None, None, ())


def test_sums_that_cannot_be_of_one_question_are_refused() -> None:
    one = sums_of(papers(GOOD), option_count=OPTIONS)
    with pytest.raises(ValueError, match="more papers with the question"):
        analyse(sums=one, key={0}, times={}, all_papers=99)
    other = replace(one[0], options=(OptionSums(0, 0),))
    with pytest.raises(ValueError, match="different question versions"):
        analyse(sums=(*one, other), key={0}, times={}, all_papers=1_000)


def test_the_fewest_papers_are_enough() -> None:
    rows = papers({(0, 9): 15, (1, 3): 5, (2, 3): 5, (3, 3): 5})
    assert len(rows) == FEWEST_PAPERS
    assert analyse(sums=sums_of(rows, option_count=OPTIONS), key={0}, times={}, all_papers=30).flags == ()
