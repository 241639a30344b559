"""The home page in words, from the contest's real rows."""

from datetime import datetime, timedelta

import pytest

from cchc_app.contest.timing import to_millis
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.services.home import home_view
from cchc_app.services.take_quiz import begin, finish
from cchc_app.states.home import NowCard, WeekMark, contest_texts, now_card, slogan_card, week_mark
from cchc_app.texts import home as texts
from tests.factories import WEEK, make_contest, make_person, rules

RULES = rules()
OPENING = RULES.periods[0].opens_at
WEEK_2 = OPENING + WEEK
ENDING = RULES.periods[-1].closes_at
FACTS = "4 câu · 10 phút · 1 lượt tính điểm"


def card(db: Database, now: datetime, participant_id: int | None = None) -> NowCard:
    return now_card(home_view(db, participant_id=participant_id, now=now), now)


def test_visitor_in_an_open_week(db: Database) -> None:
    make_contest(db)
    assert card(db, WEEK_2) == NowCard(
        pill="Tuần 2 đang mở",
        until="đến 24:00 Chủ Nhật 15/03",
        is_open=True,
        deadline_ms=to_millis(WEEK_2 + WEEK),
        server_now_ms=to_millis(WEEK_2),
        button="Đăng nhập để dự thi",
        href="/dang-nhap?tiep=/thi",
        facts=FACTS,
    )


def test_before_the_first_week(db: Database) -> None:
    make_contest(db)
    before = card(db, OPENING - WEEK)
    assert (before.pill, before.until, before.is_open) == ("Tuần 1 sắp mở", "từ 00:00 02/03", False)
    assert (before.button, before.href) == ("Luyện tập trong lúc chờ", "/luyen-tap")
    assert before.deadline_ms == to_millis(OPENING)


def test_after_the_last_week(db: Database) -> None:
    make_contest(db)
    after = card(db, ENDING)
    assert (after.pill, after.over, after.deadline_ms) == (texts.OVER, True, 0)
    assert (after.button, after.href) == ("Xem bảng xếp hạng", "/xep-hang")


def test_buttons_of_one_person_through_a_week(db: Database) -> None:
    person = make_person(db, make_contest(db))

    def button(now: datetime) -> tuple[str, str, int]:
        shown = card(db, now, person.id)
        return shown.button, shown.href, shown.paper_deadline_ms

    assert button(WEEK_2) == ("Vào thi tuần 2", "/thi", 0)
    receipt = begin(db, participant_id=person.id, kind=COUNTED, now=WEEK_2)
    ends = to_millis(WEEK_2 + timedelta(minutes=10))
    assert button(WEEK_2) == ("Tiếp tục bài thi", "/thi", ends)
    finish(db, participant_id=person.id, receipt=receipt, now=WEEK_2 + timedelta(minutes=1))
    assert button(WEEK_2 + timedelta(hours=1)) == ("Xem kết quả tuần 2", f"/ket-qua/{receipt}", 0)


def test_path_of_weeks(db: Database) -> None:
    person = make_person(db, make_contest(db))
    receipt = begin(db, participant_id=person.id, kind=COUNTED, now=OPENING)
    finish(db, participant_id=person.id, receipt=receipt, now=OPENING + timedelta(minutes=1))
    weeks = home_view(db, participant_id=person.id, now=WEEK_2).weeks
    assert [week_mark(week) for week in weeks] == [
        WeekMark("Tuần 1", "done", "0/4 câu", "hạng 1"),
        WeekMark("Tuần 2", "now", "đang mở", ""),
        WeekMark("Tuần 3", "next", "16/03", ""),
        WeekMark("Tuần 4", "next", "23/03", ""),
    ]


@pytest.mark.parametrize(
    ("after", "status", "deadline"),
    [
        (-timedelta(milliseconds=1), "Đang mở", "Hạn: 24:00 ngày 15/03/2026"),
        (timedelta(0), "Đã đóng", "Đã khép lại lúc 24:00 ngày 15/03/2026"),
    ],
    ids=["last instant", "deadline"],
)
def test_slogan_round(db: Database, after: timedelta, status: str, deadline: str) -> None:
    make_contest(db)
    shown = slogan_card(home_view(db, participant_id=None, now=RULES.slogan.closes_at + after))
    assert (shown.status, shown.deadline, shown.is_open) == (status, deadline, status == "Đang mở")


def test_the_contests_name_and_our_words_where_organisers_wrote_nothing(db: Database) -> None:
    make_contest(db)
    shown = contest_texts(home_view(db, participant_id=None, now=WEEK_2))
    assert (shown.title, shown.prizes, shown.news, shown.video) == ("Test", "", [], "")
    assert texts.PURPOSE in shown.purpose
