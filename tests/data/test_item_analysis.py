"""The sums of the item analysis against the same figures computed from the rows by NumPy and SciPy."""

from collections import defaultdict
from datetime import timedelta

import numpy
import pytest
from scipy import stats
from sqlmodel import col, select

from cchc_app.contest.item_times import times_on_items
from cchc_app.data import item_analysis as rows
from cchc_app.data.engine import Database
from cchc_app.data.tables import Answer, Attempt, QuestionVersion
from cchc_app.services.item_jobs import ItemJobs, analysed
from tests.factories import NOW, make_contest
from tests.filled import Filling, fill


def observed(db: Database, period_ids: list[int]) -> dict[int, dict[str, list]]:
    """Per question version: right or not, rest score, option, time, each paper once, straight from the rows."""
    found: dict[int, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    with db.read() as session:
        papers = session.exec(
            select(Attempt).where(col(Attempt.period_id).in_(period_ids), Attempt.status != "open")
        ).all()
        answers: dict[int, dict[int, Answer]] = defaultdict(dict)
        for answer in session.exec(select(Answer)):
            answers[answer.attempt_id][answer.position] = answer
    for paper in papers:
        given = answers[paper.id or 0]
        right = sum(answer.correct for answer in given.values())
        times = times_on_items(
            started_at=paper.started_at, answered={position: one.answered_at for position, one in given.items()}
        )
        for position, (version, _order) in enumerate(paper.paper):
            answer = given.get(position)
            is_right = bool(answer and answer.correct)
            found[version]["x"].append(is_right)
            found[version]["y"].append((right - is_right) / (len(paper.paper) - 1))
            found[version]["option"].append(answer.option if answer else -1)
            if position in times:
                found[version]["ms"].append(times[position])
    return found


@pytest.mark.parametrize("weeks", [(1,), (1, 2)])
def test_figures_are_those_of_numpy_and_scipy(db: Database, monkeypatch: pytest.MonkeyPatch, weeks) -> None:
    contest = make_contest(db)
    fill(db, contest, Filling(people=150, size=4))
    fill(db, contest, Filling(people=60, weeks=(2,), size=7, seed=2))
    monkeypatch.setattr(rows, "PART", 50)
    period_ids = tuple(contest.period_ids[week] for week in weeks)
    jobs = ItemJobs(db)
    jobs.start(period_ids, now=NOW).result()
    items = analysed(db, jobs, jobs.known(period_ids))
    truth = observed(db, list(period_ids))
    assert {item.text.version_id for item in items} == set(truth)
    papers = 150 if weeks == (1,) else 150 + 150 + 60
    for item in items:
        seen, analysis = truth[item.text.version_id], item.analysis
        x, y = numpy.array(seen["x"], dtype=float), numpy.array(seen["y"])
        assert analysis.papers == len(x)
        assert analysis.exposure == pytest.approx(len(x) / papers)
        assert analysis.facility == pytest.approx(numpy.mean(x))
        assert analysis.discrimination == pytest.approx(stats.pointbiserialr(x, y).statistic)
        assert analysis.mean_ms == sum(seen["ms"]) // len(seen["ms"])
        assert 0 <= numpy.median(seen["ms"]) - analysis.median_ms <= rows.STEP_MS
        for option in analysis.options:
            chosen = numpy.array(seen["option"]) == option.option
            assert option.share == pytest.approx(numpy.mean(chosen))
            expected = stats.pointbiserialr(chosen, y).statistic if 0 < chosen.sum() < len(chosen) else None
            assert option.discrimination == (None if expected is None else pytest.approx(expected))


def test_open_practice_and_other_papers_do_not_count(db: Database) -> None:
    contest = make_contest(db)
    fill(db, contest, Filling(people=5, weeks=(1,)))
    with db.write() as session:
        papers = session.exec(select(Attempt).order_by(col(Attempt.id))).all()
        papers[0].status, papers[0].finished_at = "open", None
        papers[1].period_id, papers[1].kind = None, "practice"
        session.add_all(papers[:2])
    period_ids = (contest.period_ids[1],)
    jobs = ItemJobs(db)
    jobs.start(period_ids, now=NOW).result()
    [sums] = jobs.known(period_ids).values()
    assert sums.papers == 3
    assert sum(item.analysis.papers for item in analysed(db, jobs, jobs.known(period_ids))) == 3 * 4


def test_a_clock_set_back_and_an_unanswered_question(db: Database) -> None:
    contest = make_contest(db)
    with db.read() as session:
        [one, other, third, *_] = session.exec(select(QuestionVersion.id).order_by(col(QuestionVersion.id))).all()
    fill(db, contest, Filling(people=1, weeks=(1,), unanswered=1.0))
    with db.write() as session:
        paper = session.exec(select(Attempt)).one()
        paper.paper = [[one, [0, 1, 2, 3]], [other, [0, 1, 2, 3]], [third, [0, 1, 2, 3]]]
        paper.correct = 1
        session.add(paper)
        for position, seconds, right in ((1, -5, True), (0, 9, False)):
            at = paper.started_at + timedelta(seconds=seconds)
            session.add(
                Answer(attempt_id=paper.id, position=position, option=0, correct=right, final=True, answered_at=at)
            )
    told: list[float] = []
    with db.look() as connection:
        found = rows.add_up(connection, period_id=contest.period_ids[1], progress=told.append)
    assert told == [1.0]
    assert {version: sums.times for version, sums in found.items()} == {one: {9_000: 1}, other: {0: 1}, third: {}}
    assert found[other].groups == {(3, 0, True): (1, 0, 0)}
    assert found[third].groups == {(3, None, False): (1, 1, 1)}
    assert rows.papers_in(found) == 1


def test_a_period_without_papers(db: Database) -> None:
    contest = make_contest(db)
    jobs = ItemJobs(db)
    jobs.start((contest.period_ids[3],), now=NOW).result()
    [sums] = jobs.known((contest.period_ids[3],)).values()
    assert (sums.papers, sums.versions) == (0, {})
    assert analysed(db, jobs, jobs.known((contest.period_ids[3],))) == ()
