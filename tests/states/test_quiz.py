"""The quiz screen, event by event: feedback modes, taps of old screens, two tabs, predictions, the end of time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from cchc_app.contest.errors import ErrorCode
from cchc_app.contest.regulations import FeedbackMode, PredictionSubject, RuleSet
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import Answer, Attempt, AuthSession, QuestionVersion
from cchc_app.services import take_quiz
from cchc_app.services.clock import server_now
from cchc_app.states.quiz import QuizState
from cchc_app.states.quiz_views import QuestionView
from cchc_app.texts import message
from cchc_app.texts import quiz as texts
from tests.factories import Person, make_contest, make_person, rules_around, with_feedback
from tests.queries import counted_queries
from tests.states.driver import Browser


def somebody(db: Database, rule_set: RuleSet | None = None) -> Person:
    """A person of a contest whose week 2 is open."""
    return make_person(db, make_contest(db, rule_set or rules_around(server_now())), now=server_now())


def tab_of(person: Person, path: str = "/thi") -> Browser:
    return Browser(cookie=f"cchc={person.token}", path=path)


async def begun(tab: Browser) -> None:
    await tab.send(QuizState.open_counted)
    await tab.send(QuizState.begin)
    assert (tab.shown(QuizState, "screen"), tab.errors) == ("question", [])


def form(tab: Browser, choice: object) -> dict[str, object]:
    """What the page's form sends for the question on the screen."""
    position = str(tab.shown(QuizState, "question").position)
    return {"paper": tab.shown(QuizState, "paper"), "position": position, "choice": str(choice)}


def key_on_screen(db: Database, tab: Browser) -> int:
    """Which option card of the question on the screen is right."""
    with db.read() as session:
        attempt = session.exec(select(Attempt).where(Attempt.receipt == tab.shown(QuizState, "paper"))).one()
        version_id, order = attempt.paper[tab.shown(QuizState, "question").position]
        return order.index(session.get_one(QuestionVersion, version_id).key[0])


def answers(db: Database) -> list[tuple[int, int]]:
    with db.read() as session:
        return [(row.position, row.option) for row in session.exec(select(Answer).order_by(col(Answer.position)))]


async def test_right_and_wrong_are_told_at_once_and_stay(served_db: Database) -> None:
    async with tab_of(somebody(served_db)) as tab:
        await begun(tab)
        right = key_on_screen(served_db, tab)
        await tab.send(QuizState.answer, form=form(tab, right))
        said = tab.shown(QuizState, "feedback")
        assert (said.shown, said.correct, said.right_choices) == (True, True, [right])
        assert (tab.shown(QuizState, "correct_count"), tab.shown(QuizState, "answered_count")) == (1, 1)
        assert tab.shown(QuizState, "ahead").position == 1
        await tab.send(QuizState.go, position=1)
        wrong = (key_on_screen(served_db, tab) + 1) % 4
        await tab.send(QuizState.answer, form=form(tab, wrong))
        assert tab.shown(QuizState, "feedback").correct is False
        assert tab.shown(QuizState, "marks") == ["right", "wrong", "", ""]
        stored = answers(served_db)
        await tab.send(QuizState.answer, form=form(tab, (wrong + 1) % 4))
        assert tab.shown(QuizState, "feedback").notice == texts.FIRST_ANSWER_STANDS
        assert (answers(served_db), tab.errors) == (stored, [])


async def test_feedback_at_the_end_lets_answers_change(served_db: Database) -> None:
    rule_set = with_feedback(rules_around(server_now()), FeedbackMode.AT_END)
    async with tab_of(somebody(served_db, rule_set)) as tab:
        await begun(tab)
        await tab.send(QuizState.answer, form=form(tab, 0))
        assert tab.shown(QuizState, "question").position == 1
        await tab.send(QuizState.go, position=0)
        await tab.send(QuizState.answer, form=form(tab, 2))
        assert tab.shown(QuizState, "marks") == ["saved", "", "", ""]
        assert len(answers(served_db)) == 1
        await tab.send(QuizState.go, position=0)
        assert tab.shown(QuizState, "choice") == 2
        assert tab.shown(QuizState, "feedback").shown is False
        assert all(f"Q{n:03} explanation" not in tab.received for n in range(12))


async def test_a_tap_of_an_old_screen_reaches_the_right_question(served_db: Database) -> None:
    async with tab_of(somebody(served_db)) as tab:
        await begun(tab)
        old = form(tab, 1)
        await tab.restart_server()
        await tab.send(QuizState.answer, form=old)
        assert (tab.shown(QuizState, "question").position, tab.shown(QuizState, "choice")) == (0, 1)
        assert (tab.shown(QuizState, "marks").count(""), len(answers(served_db)), tab.errors) == (3, 1, [])


async def test_a_tap_for_a_closed_paper_is_refused_in_words(served_db: Database) -> None:
    person = somebody(served_db)
    async with tab_of(person) as tab:
        await begun(tab)
        receipt = tab.shown(QuizState, "paper")
        take_quiz.finish(served_db, participant_id=person.id, receipt=receipt, now=server_now())  # in another tab
        await tab.send(QuizState.answer, form=form(tab, 1))
        assert tab.shown(QuizState, "notice") == message(ErrorCode.ATTEMPT_FINISHED)
        assert (answers(served_db), tab.errors) == ([], [])


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"choice": ""}, ErrorCode.ANSWER_UNKNOWN_OPTION),
        ({"choice": None}, ErrorCode.ANSWER_UNKNOWN_OPTION),
        ({"choice": "4"}, ErrorCode.ANSWER_UNKNOWN_OPTION),
        ({"choice": 1}, ErrorCode.BAD_REQUEST),
        ({"choice": "-1"}, ErrorCode.BAD_REQUEST),
        ({"choice": "00001"}, ErrorCode.BAD_REQUEST),
        ({"position": "4"}, ErrorCode.ANSWER_UNKNOWN_QUESTION),
        ({"position": "x"}, ErrorCode.BAD_REQUEST),
        ({"paper": 7}, ErrorCode.BAD_REQUEST),
        ({"paper": "T26-W2-ABCDEF-00"}, ErrorCode.ATTEMPT_FINISHED),
    ],
    ids=lambda value: str(value),
)
async def test_odd_answers_are_refused_and_change_nothing(
    served_db: Database, sent: dict[str, object], code: ErrorCode
) -> None:
    async with tab_of(somebody(served_db)) as tab:
        await begun(tab)
        await tab.send(QuizState.answer, form={**form(tab, 0), **sent})
        assert (tab.shown(QuizState, "notice"), answers(served_db), tab.errors) == (message(code), [], [])


async def test_strangers_are_led_to_the_door(served_db: Database) -> None:
    person = somebody(served_db)
    receipt = take_quiz.begin(served_db, participant_id=person.id, kind=COUNTED, now=server_now())
    async with Browser(path="/thi") as nobody:
        for handler, payload in (
            (QuizState.open_counted, {}),
            (QuizState.begin, {}),
            (QuizState.answer, {"form": {"paper": receipt, "position": "0", "choice": "0"}}),
            (QuizState.go, {"position": 0}),
            (QuizState.finish, {"form": {}}),
            (QuizState.time_up, {}),
        ):
            nobody.redirects.clear()
            await nobody.send(handler, **payload)
            assert nobody.redirects == ["/dang-nhap?tiep=/thi"]
        assert (answers(served_db), nobody.errors) == ([], [])


async def test_a_session_that_ends_stops_answers(served_db: Database) -> None:
    async with tab_of(somebody(served_db)) as tab:
        await begun(tab)
        with served_db.write() as session:
            session.execute(update(AuthSession).values(revoked_at=server_now()))
        await tab.send(QuizState.answer, form=form(tab, 0))
        assert (tab.redirects, answers(served_db)) == (["/dang-nhap?tiep=/thi"], [])


async def test_a_prediction_is_asked_for_checked_and_kept(served_db: Database) -> None:
    rule_set = rules_around(server_now())
    asked = tuple(replace(period, prediction=PredictionSubject.ENTRANTS) for period in rule_set.periods)
    async with tab_of(somebody(served_db, replace(rule_set, periods=asked))) as tab:
        await begun(tab)
        assert tab.shown(QuizState, "prediction") == texts.PREDICTIONS[PredictionSubject.ENTRANTS]
        for typed in ("", "nhiều", "-1", "1" * 10):
            await tab.send(QuizState.finish, form={"prediction": typed})
            assert tab.shown(QuizState, "notice") == message(ErrorCode.PREDICTION_INVALID)
        await tab.send(QuizState.finish, form={"prediction": "25.980"})
        assert len(tab.redirects) == 1
    with served_db.read() as session:
        attempt = session.exec(select(Attempt)).one()
        assert (attempt.prediction, attempt.status) == (25_980, "submitted")


async def test_handing_in_asks_for_nothing_when_no_prediction_is_due(served_db: Database) -> None:
    async with tab_of(somebody(served_db)) as tab:
        await begun(tab)
        receipt = tab.shown(QuizState, "paper")
        await tab.send(QuizState.finish, form={})
        await tab.send(QuizState.finish, form={})  # a second tap: the paper is in, the door says so
        assert (tab.redirects[0], tab.errors) == (f"/ket-qua/{receipt}", [])
        assert tab.shown(QuizState, "screen") == "door"
        assert tab.shown(QuizState, "door").result_path == f"/ket-qua/{receipt}"


async def test_the_browsers_clock_decides_nothing(served_db: Database) -> None:
    async with tab_of(somebody(served_db)) as tab:
        await begun(tab)
        await tab.send(QuizState.time_up)
        assert (tab.redirects, tab.shown(QuizState, "screen")) == ([], "question")
        receipt = tab.shown(QuizState, "paper")
        with served_db.write() as session:
            session.execute(update(Attempt).values(deadline_at=server_now() - timedelta(seconds=1)))
        await tab.restart_server()
        await tab.send(QuizState.time_up)
        assert tab.redirects == [f"/ket-qua/{receipt}"]


async def test_the_next_question_comes_with_the_feedback(served_db: Database) -> None:
    async with tab_of(somebody(served_db)) as tab:
        await begun(tab)
        await tab.send(QuizState.go, position=3)
        assert tab.shown(QuizState, "ahead") == QuestionView()
        shown_ms = tab.shown(QuizState, "shown_ms")
        for position, following in ((3, 0), (0, 1), (2, 1)):
            await tab.send(QuizState.answer, form={**form(tab, 0), "position": str(position)})
            ahead = tab.shown(QuizState, "ahead")
            assert tab.shown(QuizState, "shown_ms") > shown_ms
            shown_ms = tab.shown(QuizState, "shown_ms")
            assert tab.shown(QuizState, "question").position == position
            assert ahead.position == following
            await tab.send(QuizState.go, position=following)
            assert tab.shown(QuizState, "question") == ahead
            assert tab.shown(QuizState, "ahead") == QuestionView()
        await tab.send(QuizState.answer, form=form(tab, 0))
        assert (tab.shown(QuizState, "ahead"), tab.shown(QuizState, "feedback").shown) == (QuestionView(), True)
        assert tab.errors == []


async def test_an_answer_asks_the_database_for_nothing_but_the_answer(served_db: Database) -> None:
    async with tab_of(somebody(served_db)) as tab:
        await begun(tab)
        with counted_queries(served_db) as sent:
            await tab.send(QuizState.answer, form=form(tab, 0))
            await tab.send(QuizState.answer, form={**form(tab, 0), "position": "1"})
        assert len(sent) == 4, sent  # the ledger's two, twice
