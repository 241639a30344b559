"""The result page, event by event: one's own paper, nobody else's, marks withheld until the week is over."""

from datetime import timedelta

from cchc_app.contest.errors import ErrorCode
from cchc_app.contest.regulations import FeedbackMode
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED, PRACTICE
from cchc_app.services import take_quiz
from cchc_app.services.clock import server_now
from cchc_app.states.result import ResultState
from cchc_app.texts import message
from tests.factories import Person, make_contest, make_person, rules_around, with_feedback
from tests.states.driver import Browser

USED = timedelta(minutes=2, seconds=5, milliseconds=318)


def handed_in(db: Database, person: Person, kind: str = COUNTED) -> str:
    """A paper without an answer, handed in just now."""
    now = server_now()
    receipt = take_quiz.begin(db, participant_id=person.id, kind=kind, now=now - USED)
    return take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=now)


async def test_own_result_with_its_reason(served_db: Database) -> None:
    contest = make_contest(served_db, rules_around(server_now()))
    person = make_person(served_db, contest, now=server_now())
    receipt = handed_in(served_db, person)
    async with Browser(cookie=f"cchc={person.token}", path=f"/ket-qua/{receipt}") as tab:
        await tab.send(ResultState.open)
        view = tab.shown(ResultState, "view")
        assert (tab.shown(ResultState, "screen"), tab.errors) == ("result", [])
        assert view.sentence == "Bạn trả lời đúng 0/4 câu trong 02 phút 05 giây."
        assert (view.receipt, view.rank, view.unit_rank) == (receipt, "1", "1")
        steps = tab.shown(ResultState, "why")
        assert [step.name for step in steps] == [
            "Số câu đúng",
            "Thời gian làm bài",
            "Thời điểm nộp",
            "Số thứ tự bài thi",
        ]
        assert steps[1].value == "02:05,318"
        review = tab.shown(ResultState, "review")
        assert (len(review), {row.correct for row in review}, {row.choice for row in review}) == (4, {False}, {-1})
        await tab.send(ResultState.filter_review, shown="right")
        assert tab.shown(ResultState, "review_rows") == []
        await tab.send(ResultState.filter_review, shown=["odd"])
        assert (len(tab.shown(ResultState, "review_rows")), tab.errors) == (4, [])


async def test_somebody_elses_and_open_papers_are_not_found(served_db: Database) -> None:
    contest = make_contest(served_db, rules_around(server_now()))
    owner, stranger = (make_person(served_db, contest, now=server_now()) for _ in range(2))
    foreign = handed_in(served_db, owner)
    still_open = take_quiz.begin(served_db, participant_id=stranger.id, kind=COUNTED, now=server_now())
    for receipt in (foreign, still_open, "T26-W2-ABCDEF-00", ""):
        async with Browser(cookie=f"cchc={stranger.token}", path=f"/ket-qua/{receipt}") as tab:
            await tab.send(ResultState.open)
            assert tab.shown(ResultState, "screen") == "missing"
            assert tab.shown(ResultState, "missing") == message(ErrorCode.RESULT_NOT_FOUND)
            assert tab.errors == []


async def test_nobody_is_led_to_the_door_and_back(served_db: Database) -> None:
    make_contest(served_db, rules_around(server_now()))
    async with Browser(path="/ket-qua/T26-W2-ABCDEF-00") as tab:
        await tab.send(ResultState.open)
        assert tab.redirects == ["/dang-nhap?tiep=/ket-qua/T26-W2-ABCDEF-00"]


async def test_withheld_marks_are_in_nothing_that_is_sent(served_db: Database) -> None:
    contest = make_contest(served_db, with_feedback(rules_around(server_now()), FeedbackMode.AFTER_CLOSE))
    person = make_person(served_db, contest, now=server_now())
    receipt = handed_in(served_db, person)
    async with Browser(cookie=f"cchc={person.token}", path=f"/ket-qua/{receipt}") as tab:
        await tab.send(ResultState.open)
        view = tab.shown(ResultState, "view")
        assert (view.marks_known, view.rank, tab.shown(ResultState, "why")) == (False, "", [])
        assert view.sentence.startswith("Bài đã nộp. Kết quả hiện sau ")
        assert ("explanation" in tab.received, tab.shown(ResultState, "review")) == (False, [])


async def test_practice_has_a_review_and_no_place(served_db: Database) -> None:
    contest = make_contest(served_db, rules_around(server_now()))
    person = make_person(served_db, contest, now=server_now())
    receipt = handed_in(served_db, person, PRACTICE)
    async with Browser(cookie=f"cchc={person.token}", path=f"/ket-qua/{receipt}") as tab:
        await tab.send(ResultState.open)
        view = tab.shown(ResultState, "view")
        assert (view.title, view.practice, view.rank) == ("Kết quả luyện tập", True, "")
        assert len(tab.shown(ResultState, "review")) == 4
