"""Article 4: papers drawn by blueprint from a seed."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.paper import BankItem, PaperItem, draw, paper_digest
from cchc_app.contest.regulations import BlueprintLine

BANK = tuple(
    BankItem(question_version_id=i, topic="abc"[i % 3], difficulty=1 + i % 2, option_count=4) for i in range(1, 61)
)
BLUEPRINT = (
    BlueprintLine(4),
    BlueprintLine(3, topic="a"),
    BlueprintLine(2, topic="b", difficulty=2),
    BlueprintLine(1, topic="a", difficulty=1),
)
SEEDS = st.text(st.characters(codec="utf-8"), max_size=20)


def test_a_paper_is_the_published_recipe() -> None:
    """Recomputed by hand, without the module's code."""

    def h(purpose: str, identifier: object) -> str:
        return hashlib.sha256(f"s3ed:{purpose}:{identifier}".encode()).hexdigest()

    bank = [BankItem(i, "a", 1, 3) for i in (11, 12, 13, 14)]
    picked = sorted((11, 12, 13, 14), key=lambda i: h("pick", i))[:2]
    expected = tuple(
        PaperItem(i, tuple(sorted(range(3), key=lambda option: h("option", f"{i}/{option}"))))
        for i in sorted(picked, key=lambda i: h("order", i))
    )
    assert draw(bank=bank, blueprint=[BlueprintLine(2)], seed="s3ed") == expected


@given(SEEDS, st.permutations(BANK))
def test_the_same_seed_gives_the_same_paper_whatever_the_order_of_the_bank(seed: str, bank: list[BankItem]) -> None:
    assert draw(bank=bank, blueprint=BLUEPRINT, seed=seed) == draw(bank=BANK, blueprint=BLUEPRINT, seed=seed)


@given(SEEDS)
def test_a_paper_follows_the_blueprint_without_repeating_a_question(seed: str) -> None:
    paper = draw(bank=BANK, blueprint=BLUEPRINT, seed=seed)
    items = {item.question_version_id: item for item in BANK}
    assert len({item.question_version_id for item in paper}) == len(paper) == 10
    assert [sorted(item.option_order) for item in paper] == [[0, 1, 2, 3]] * 10
    kinds = Counter((items[i.question_version_id].topic, items[i.question_version_id].difficulty) for i in paper)
    topics = Counter(items[i.question_version_id].topic for i in paper)
    assert topics["a"] >= 4
    assert kinds["b", 2] >= 2
    assert kinds["a", 1] >= 1


@given(SEEDS)
def test_the_general_line_never_takes_what_a_special_one_needs(seed: str) -> None:
    bank = [BankItem(1, "a", 1, 4), BankItem(2, "a", 2, 4), BankItem(3, "b", 1, 4)]
    blueprint = [BlueprintLine(1), BlueprintLine(1, topic="a"), BlueprintLine(1, topic="a", difficulty=1)]
    paper = draw(bank=bank, blueprint=blueprint, seed=seed)
    assert sorted(item.question_version_id for item in paper) == [1, 2, 3]


def test_seeds_spread_questions_and_options() -> None:
    papers = [draw(bank=BANK, blueprint=BLUEPRINT, seed=str(i)) for i in range(300)]
    assert {item.question_version_id for paper in papers for item in paper} == {
        item.question_version_id for item in BANK
    }
    assert len(set(papers)) == 300
    assert len({item.option_order for paper in papers for item in paper}) == 24


@pytest.mark.parametrize(
    ("line", "available"),
    [
        pytest.param(BlueprintLine(61), 60, id="more than the bank"),
        pytest.param(BlueprintLine(21, topic="a"), 20, id="more than the topic"),
        pytest.param(BlueprintLine(31, difficulty=2), 30, id="more than the difficulty"),
        pytest.param(BlueprintLine(11, topic="a", difficulty=1), 10, id="more than both"),
        pytest.param(BlueprintLine(1, topic="d"), 0, id="an unknown topic"),
    ],
)
def test_a_bank_too_small_is_refused(line: BlueprintLine, available: int) -> None:
    with pytest.raises(ContestError) as caught:
        draw(bank=BANK, blueprint=[line], seed="x")
    assert caught.value.code is ErrorCode.BANK_TOO_SMALL
    assert caught.value.details == {
        "topic": line.topic,
        "difficulty": line.difficulty,
        "wanted": line.count,
        "available": available,
    }


def test_digest_is_that_of_the_stored_form() -> None:
    paper = (PaperItem(7, (1, 0)), PaperItem(3, (0, 1)))
    assert paper_digest(paper) == hashlib.sha256(b"[[7,[1,0]],[3,[0,1]]]").hexdigest()
    assert paper_digest(paper) != paper_digest(paper[::-1])
