"""Sums of a period's answers for the item analysis: the database reads every answer once, part by part of the papers.

A paper holds its questions as JSON, `[[question_version_id, [option order]], …]`; position n of it is what
`answer.position` n answers. The statement groups, so what leaves the database is small however many answers there are.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, text
from sqlmodel import Session, col, select

from cchc_app.contest.item_analysis import ItemSums, OptionSums
from cchc_app.data.quiz import EXPIRED, SUBMITTED
from cchc_app.data.tables import Attempt, Question, QuestionVersion

# Times are counted in steps, so that the histogram stays short: the median is low by at most this.
STEP_MS = 200
# Ids of papers read by one statement: about a second of work, so that progress can be told.
PART = 10_000
FINISHED = (SUBMITTED, EXPIRED)

# One line for each question of each finished paper, with its answer if there is one. The range is said of the answers
# as well: a planner that hashes them would read the whole table for every part.
_ITEMS = """
SELECT a.id AS attempt_id, a.started_at, CAST({version} AS INTEGER) AS version, {size}(a.paper) AS size,
       a.correct - CASE WHEN w.correct THEN 1 ELSE 0 END AS rest,
       CASE WHEN w.correct THEN 1 ELSE 0 END AS is_right, w.option, w.answered_at, w.position
FROM attempt a {expand}
LEFT JOIN answer w ON w.attempt_id = a.id AND w.position = {position}
  AND w.attempt_id >= :first AND w.attempt_id < :beyond
WHERE a.period_id = :period AND a.status IN ('submitted', 'expired') AND a.id >= :first AND a.id < :beyond
"""
_PARTS = {
    "sqlite": {
        "expand": "CROSS JOIN json_each(a.paper) e",
        "position": "e.key",
        "version": "json_extract(e.value, '$[0]')",
        "size": "json_array_length",
    },
    "postgresql": {
        "expand": "CROSS JOIN LATERAL json_array_elements(a.paper) WITH ORDINALITY AS e(value, place)",
        "position": "e.place - 1",
        "version": "e.value->>0",
        "size": "json_array_length",
    },
}
# Expanding the papers is most of the work: done once, for the sums (bucket NULL) and for the times (bucket known).
# Times as contest.item_times.times_on_items: since the answer before, or the paper's start; a clock set back makes 0.
_SUMS = """
WITH items AS MATERIALIZED ({items})
SELECT version, NULL AS bucket, size, option, is_right, count(*), sum(rest) AS rest, sum(rest * rest) AS squares
FROM items GROUP BY version, size, option, is_right
UNION ALL
SELECT version, spent / {step}, NULL, NULL, NULL, count(*), sum(spent), 0 FROM (
  SELECT version, CASE WHEN answered_at > since THEN answered_at - since ELSE 0 END AS spent FROM (
    SELECT version, answered_at, CASE WHEN before > started_at THEN before ELSE started_at END AS since FROM (
      SELECT version, answered_at, started_at,
             lag(answered_at) OVER (PARTITION BY attempt_id ORDER BY answered_at, position) AS before
      FROM items WHERE answered_at IS NOT NULL
    ) gaps
  ) spans
) times GROUP BY version, spent / {step}
"""


def _statement(dialect: str) -> str:
    return _SUMS.format(items=_ITEMS.format(**_PARTS[dialect]), step=STEP_MS)


STATEMENTS = {dialect: text(_statement(dialect)) for dialect in _PARTS}


@dataclass(slots=True)
class VersionSums:
    """What is added up of one question version in one period.

    Attributes:
        groups: Papers, sum of the rest and sum of its squares by (size, option or None, right or not).
        times: Answers by time on the question, rounded down to STEP_MS.
        spent_ms: All times added up, exact.
    """

    groups: dict[tuple[int, int | None, bool], tuple[int, int, int]] = field(default_factory=dict)
    times: dict[int, int] = field(default_factory=dict)
    spent_ms: int = 0


@dataclass(frozen=True, slots=True)
class ItemText:
    """A question version as the analysis shows it."""

    version_id: int
    code: str
    version: int
    topic: str
    difficulty: int
    stem: str
    options: tuple[str, ...]
    key: frozenset[int]


def finished_papers(session: Session, period_ids: Collection[int]) -> Mapping[int, int]:
    """Finished counted papers by period row; on the index alone."""
    rows = session.exec(
        select(Attempt.period_id, func.count())
        .where(col(Attempt.period_id).in_(period_ids), col(Attempt.status).in_(FINISHED))
        .group_by(col(Attempt.period_id))
    )
    found = {period_id or 0: count for period_id, count in rows}
    return {period_id: found.get(period_id, 0) for period_id in period_ids}


def item_texts(session: Session, version_ids: Collection[int]) -> Mapping[int, ItemText]:
    """Question versions by id."""
    rows = session.exec(
        select(QuestionVersion, Question)
        .join(Question, col(Question.id) == QuestionVersion.question_id)
        .where(col(QuestionVersion.id).in_(version_ids))
    )
    return {
        version.id or 0: ItemText(
            version_id=version.id or 0,
            code=question.code,
            version=version.version,
            topic=question.topic,
            difficulty=question.difficulty,
            stem=version.stem,
            options=tuple(version.options),
            key=frozenset(version.key),
        )
        for version, question in rows
    }


def add_up(
    connection: Connection, *, period_id: int, progress: Callable[[float], None] = lambda _share: None
) -> dict[int, VersionSums]:
    """Add up one period, part by part.

    Args:
        period_id: Its row.
        progress: Told after each part which share of the papers' ids is done.

    Returns:
        Sums by question version.
    """
    ids = text("SELECT min(id), max(id) FROM attempt WHERE period_id = :period")
    first, last = connection.execute(ids, {"period": period_id}).one()
    found: dict[int, VersionSums] = {}
    if first is None:
        return found
    for start in range(first, last + 1, PART):
        _add_part(connection, {"period": period_id, "first": start, "beyond": start + PART}, found)
        # What was read stays as it is, papers being frozen: no need to hold one view for the whole time.
        connection.rollback()
        progress(min(1.0, (start + PART - first) / (last + 1 - first)))
    return found


def _add_part(connection: Connection, part: dict[str, int], found: dict[int, VersionSums]) -> None:
    for version, bucket, size, option, is_right, *numbers in connection.execute(
        STATEMENTS[connection.dialect.name], part
    ):
        one = found.setdefault(version, VersionSums())
        if bucket is not None:
            count, spent, _ = map(int, numbers)
            one.times[int(bucket) * STEP_MS] = one.times.get(int(bucket) * STEP_MS, 0) + count
            one.spent_ms += spent
            continue
        groups = one.groups
        key = (size, option, bool(is_right))
        before = groups.get(key, (0, 0, 0))
        count, rest, squares = (int(number) + old for number, old in zip(numbers, before, strict=True))
        groups[key] = (count, rest, squares)


def papers_in(versions: Mapping[int, VersionSums]) -> int:
    """How many papers were added up: each of n questions is in n of the groups' papers."""
    lines: dict[int, int] = {}
    for sums in versions.values():
        for (size, _, _), (count, _, _) in sums.groups.items():
            lines[size] = lines.get(size, 0) + count
    return sum(count // size for size, count in lines.items())


def item_sums(sums: VersionSums, *, option_count: int) -> tuple[ItemSums, ...]:
    """The sums as the formulas take them, one value for each size of paper."""
    return tuple(_of_size(size, sums, option_count) for size in sorted({size for size, _, _ in sums.groups}))


def _of_size(size: int, sums: VersionSums, option_count: int) -> ItemSums:
    rows = [(option, right, *numbers) for (of, option, right), numbers in sums.groups.items() if of == size]
    return ItemSums(
        size=size,
        papers=sum(count for _, _, count, _, _ in rows),
        right=sum(count for _, right, count, _, _ in rows if right),
        rest=sum(rest for *_, rest, _ in rows),
        rest_squares=sum(squares for *_, squares in rows),
        rest_right=sum(rest for _, right, _, rest, _ in rows if right),
        options=tuple(
            OptionSums(
                sum(count for option, _, count, _, _ in rows if option == index),
                sum(rest for option, _, _, rest, _ in rows if option == index),
            )
            for index in range(option_count)
        ),
    )
