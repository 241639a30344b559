"""Demonstration data: synthetic people whose papers went through the same services as everybody's."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

from sqlmodel import Session

from cchc_app.contest import scoring
from cchc_app.contest.regulations import PeriodRules
from cchc_app.contest.schedule import Phase, phase
from cchc_app.data import demo as rows
from cchc_app.data.answers import NewAnswer, store
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.joined import JoinedDatabase
from cchc_app.data.quiz import COUNTED, cached_question_texts
from cchc_app.data.types import from_millis, to_millis
from cchc_app.data.units import headcounts
from cchc_app.services import take_quiz
from cchc_app.services.preset_files import read_table
from cchc_app.services.presets import Demonstration
from cchc_app.texts.formats import local
from cchc_app.texts.privacy import VERSION

SEED = "cchc-demo"
# Births of the 2300s in a province that is none: no form takes such a number and no person has it.
NUMBER_PREFIX = "9999"
BIRTH_YEARS = range(1966, 2004)
WAKING_HOURS = range(7, 22)
WAKING_TRIES = 20
REGISTRATION = timedelta(minutes=3)
# From then on a week has all the papers asked for.
FULL_AFTER = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Added:
    """What was added."""

    people: int
    papers: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """One paper to be: who, when, how long, which positions right."""

    person: int  # index
    started_at: datetime
    used: timedelta
    right: frozenset[int]


def add_people(session: Session, demonstration: Demonstration, *, now: datetime) -> Added:
    """Add synthetic participants with finished papers to the contest in force, inside the caller's transaction.

    The same `now` gives the same people, times and marks. Only the papers' seeds and receipts are drawn by chance, as
    everybody's are.

    Args:
        demonstration: how many people and papers.
        now: no paper is finished later.
    """
    contest = contest_in_force(session)
    chance = random.Random(SEED)  # noqa: S311  (nothing secret depends on it)
    plans = _plans(chance, contest, demonstration, now=now)
    first = {plan.person: plan.started_at for plan in reversed(plans)}
    units = headcounts(session, contest.contest_id, on=local(now).date())
    registered = [first.get(n, now) - REGISTRATION for n in range(demonstration.people)]
    people = _people(chance, units, registered)
    ids = rows.add_people(session, people, contest_id=contest.contest_id)
    sessions = rows.open_sessions(session, ids, notice=VERSION, now=now)
    db = JoinedDatabase(session)
    for plan in plans:
        _take_paper(db, plan, participant_id=ids[plan.person], token_hash=sessions[ids[plan.person]])
        # Hundreds of papers would slow every flush down.
        session.expunge_all()
    rows.close_sessions(session, ids)
    return Added(people=len(ids), papers=len(plans))


def clear(db: Database) -> rows.Removed:
    """Remove every synthetic participant and all that hangs on them, in one transaction; nothing else changes."""
    with db.write() as session:
        return rows.remove_people(session)


def _plans(
    chance: random.Random, contest: ContestInForce, demonstration: Demonstration, *, now: datetime
) -> list[_Plan]:
    """Every paper in the order in which they begin."""
    duration_ms, count = contest.rule_set.quiz.duration_ms, contest.rule_set.quiz.question_count
    plans = []
    for period in contest.rule_set.periods:
        latest = min(now, period.closes_at) - timedelta(milliseconds=duration_ms)
        for person in _entrants(chance, period, demonstration, now=now, latest=latest):
            right = min(count, max(count // 4, round(chance.gauss(count * 0.78, count * 0.14))))
            plans.append(
                _Plan(
                    person=person,
                    started_at=_moment(chance, period.opens_at, latest),
                    used=timedelta(milliseconds=round(duration_ms * (0.2 + 0.75 * chance.betavariate(4, 5)))),
                    right=frozenset(chance.sample(range(count), right)),
                )
            )
    return sorted(plans, key=lambda plan: plan.started_at)


def _entrants(
    chance: random.Random, period: PeriodRules, demonstration: Demonstration, *, now: datetime, latest: datetime
) -> list[int]:
    """Who takes a period's paper: everybody if it is over, fewer the younger it is if it is open."""
    match phase(window=period.window, now=now):
        case Phase.UPCOMING:
            return []
        case Phase.CLOSED:
            return list(range(demonstration.people))
        case Phase.OPEN:
            share = min(1.0, max(0.0, (latest - period.opens_at) / FULL_AFTER))
            wanted = min(demonstration.people, int(demonstration.papers_in_open_period * share))
            return sorted(chance.sample(range(demonstration.people), wanted))


def _moment(chance: random.Random, earliest: datetime, latest: datetime) -> datetime:
    """An instant in between, when people are up if possible."""
    moments = [earliest + (latest - earliest) * chance.random() for _ in range(WAKING_TRIES)]
    awake = (moment for moment in moments if local(moment).hour in WAKING_HOURS)
    return from_millis(to_millis(next(awake, moments[0])))


def _people(
    chance: random.Random, units: Mapping[int, int], registered: Sequence[datetime]
) -> list[rows.SyntheticPerson]:
    """One person for each instant of registration, larger units having more of them."""
    names = _names()
    people = []
    for n, registered_at in enumerate(registered, 1):
        [unit_id] = chance.choices(list(units), weights=list(units.values()))
        sex = chance.choice(("women", "men"))
        parts = [_one(chance, names[part]) for part in ("family", f"{sex}_middle", f"{sex}_given")]
        born = date(chance.choice(BIRTH_YEARS), 1, 1) + timedelta(days=chance.randrange(365))
        number = f"{NUMBER_PREFIX}{born:%y}{n:06}"
        people.append(rows.SyntheticPerson(unit_id, " ".join(parts), born, number, registered_at))
    return people


def _names() -> dict[str, dict[str, int]]:
    """Parts of names with how often they are drawn."""
    table = read_table("demo_names.csv", ("part", "name", "weight"))
    names: dict[str, dict[str, int]] = {}
    for cells in table.rows:
        names.setdefault(cells["part"], {})[cells["name"]] = int(cells["weight"])
    return names


def _one(chance: random.Random, weights: Mapping[str, int]) -> str:
    [chosen] = chance.choices(list(weights), weights=list(weights.values()))
    return chosen


def _take_paper(db: JoinedDatabase, plan: _Plan, *, participant_id: int, token_hash: str) -> None:
    """Begin, answer every question, hand in: the way of everybody's paper, in the past."""
    receipt = take_quiz.begin(db, participant_id=participant_id, kind=COUNTED, now=plan.started_at)
    opened = take_quiz.open_paper(db, participant_id=participant_id, kind=COUNTED, now=plan.started_at)
    if opened is None:
        raise RuntimeError("a paper just begun is not open")
    texts = cached_question_texts(db, [item.question_version_id for item in opened.items])
    answers = []
    # Unlike people, the generator must not depend on which questions were drawn.
    pace = random.Random(f"{SEED}:{plan.person}:{plan.started_at}")  # noqa: S311
    for position, (item, at) in enumerate(zip(opened.items, _instants(pace, plan, len(opened.items)), strict=True)):
        text = texts[item.question_version_id]
        wanted = position in plan.right
        fitting = [option for option in range(len(text.options)) if (option in text.key) is wanted]
        option = pace.choice(fitting)
        correct = scoring.is_correct(option=option, key=text.key)
        answers.append(NewAnswer(receipt, token_hash, position, option, correct, to_millis(at)))
    with db.connection() as connection:
        store(connection, answers, notice=VERSION)
    take_quiz.finish(db, participant_id=participant_id, receipt=receipt, now=plan.started_at + plan.used)


def _instants(pace: random.Random, plan: _Plan, count: int) -> list[datetime]:
    """When each question is answered: one after the other, none at once, the last one before handing in."""
    *answered, handed_in = accumulate(pace.uniform(0.4, 1.6) for _ in range(count + 1))
    return [plan.started_at + plan.used * (spent / handed_in) for spent in answered]
