"""Slogans of different units that are alike."""

import pytest

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import Database
from cchc_app.services.near_duplicates import AlikeSlogans, Likeness, near_duplicates
from cchc_app.services.organise_slogans import disqualify
from tests.factories import NOW, make_contest
from tests.slogans import make_slogan, with_units
from tests.staff import make_staff


def compare(db: Database, *texts: str) -> list[tuple[Likeness, int, list[str]]]:
    contest = with_units(db, make_contest(db), max(2, len(texts)))
    for unit, text in enumerate(texts):
        make_slogan(db, contest, unit=unit, text=text)
    found: tuple[AlikeSlogans, ...] = near_duplicates(db, actor=make_staff(db, Role.ORGANISER).username)
    return [(one.likeness, one.score, [line.unit_code for line in one.lines]) for one in found]


def test_the_same_words_however_written_are_one_group(db: Database) -> None:
    found = compare(
        db,
        "Hải Phòng hòa nhịp hành chính phục vụ người dân quý",
        "HẢI PHÒNG HOÀ NHỊP, HÀNH CHÍNH PHỤC VỤ, NGƯỜI DÂN QUÝ",
        "Cảng biển rộng mở, thủ tục ngắn gọn, doanh nghiệp vững lòng đầu tư",
        "Hải Phòng hòa nhịp – hành chính phục vụ – người dân quý.",
    )
    assert found == [(Likeness.SAME_WORDS, 100, ["U0", "U1", "U3"])]


def test_accents_alone_make_no_other_slogan(db: Database) -> None:
    found = compare(db, "Hành chính phục vụ dân vui thành phố tiến", "Hanh chinh phuc vu dan vui thanh pho tien")
    assert found == [(Likeness.SAME_BUT_ACCENTS, 100, ["U0", "U1"])]


def test_near_ones_come_as_pairs_the_most_alike_first(db: Database) -> None:
    found = compare(
        db,
        "Chính quyền tận tụy phục vụ nhân dân thành phố cảng",
        "Chính quyền tận tụy phục vụ người dân thành phố cảng",
        "Tận tụy phục vụ nhân dân thành phố cảng chính quyền",
        "Một cửa sáng đèn, việc công trôi chảy, dân tin dân mến",
    )
    assert [(likeness, codes) for likeness, _, codes in found] == [
        (Likeness.NEAR, ["U0", "U2"]),  # the same words in another order
        (Likeness.NEAR, ["U0", "U1"]),
        (Likeness.NEAR, ["U1", "U2"]),
    ]
    scores = [score for _, score, _ in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100
    assert scores[-1] >= 80


def test_one_theme_is_no_likeness(db: Database) -> None:
    assert (
        compare(
            db,
            "Hành chính phục vụ, người dân hài lòng, Hải Phòng vươn xa",
            "Nền hành chính phục vụ là cầu nối chính quyền với nhân dân",
        )
        == []
    )


def test_only_what_was_handed_in_is_compared_a_disqualified_one_too(db: Database) -> None:
    contest = with_units(db, make_contest(db), 4)
    organiser = make_staff(db, Role.ORGANISER).username
    for unit, status in enumerate(("submitted", "submitted", "draft", "withdrawn")):
        make_slogan(db, contest, unit=unit, status=status, text="Một chữ ký một nụ cười một niềm tin của dân")
    disqualify(db, actor=organiser, unit_code="U1", reason="Trùng", now=NOW)
    [found] = near_duplicates(db, actor=organiser)
    assert [line.unit_code for line in found.lines] == ["U0", "U1"]


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
def test_others_see_nothing(db: Database, role: Role) -> None:
    make_contest(db)
    with pytest.raises(ContestError, match="NOT_ALLOWED"):
        near_duplicates(db, actor=make_staff(db, role).username)
