"""The answer ledger's SQL: many waiting answers, one conditional statement, one commit.

Whether an answer may be stored is decided inside the statement that stores it: the session is alive, its person agrees
to the privacy notice, the attempt is the caller's own and open, the time is not over. Nothing can happen between the
check and the write.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, text

from cchc_app.data.privacy import PARTICIPATION

# One JSON parameter carries the whole batch, so the statement is the same for 1 and for 500 answers.
_SQLITE_BATCH = """
  SELECT value->>'i' AS i, value->>'receipt' AS receipt, value->>'token' AS token, value->>'position' AS position,
         value->>'option' AS option, value->>'correct' AS correct, value->>'at' AS at
  FROM json_each(:batch)
"""
_POSTGRES_BATCH = """
  SELECT * FROM jsonb_to_recordset(CAST(:batch AS jsonb))
  AS batch(i int, receipt text, token text, position int, option int, correct boolean, at bigint)
"""

_AGREES = """
(SELECT CASE WHEN c.withdrawn_at IS NULL THEN c.version END FROM consent c
 WHERE c.participant_id = s.participant_id AND c.purpose = :purpose ORDER BY c.id DESC LIMIT 1) = :notice
"""

# Ordered, so that two processes storing the same answers wait for each other instead of deadlocking; FOR SHARE makes
# the transaction that closes an attempt wait for answers on their way, and answers see that it was closed.
_STORE = """
WITH b AS ({batch})
INSERT INTO answer (attempt_id, position, option, correct, final, answered_at)
SELECT a.id, b.position, b.option, b.correct, a.feedback = 'immediate', b.at
FROM b
JOIN auth_session s ON s.token_hash = b.token
JOIN attempt a ON a.receipt = b.receipt AND a.participant_id = s.participant_id
WHERE a.status = 'open' AND b.at >= a.started_at AND b.at < a.deadline_at + a.grace_ms
  AND s.revoked_at IS NULL AND b.at < s.expires_at AND b.at < s.idle_expires_at AND {agrees}
ORDER BY a.id, b.position {lock}
ON CONFLICT (attempt_id, position) DO UPDATE
SET option = excluded.option, correct = excluded.correct, answered_at = excluded.answered_at
WHERE NOT answer.final AND answer.answered_at <= excluded.answered_at
"""

_READ_BACK = """
WITH b AS ({batch})
SELECT b.i, s.participant_id IS NOT NULL AS alive, a.id IS NOT NULL AS mine, a.status, a.deadline_at + a.grace_ms,
       w.option, w.correct,
       (SELECT count(*) FROM answer n WHERE n.attempt_id = a.id),
       (SELECT count(*) FROM answer n WHERE n.attempt_id = a.id AND n.correct)
FROM b
LEFT JOIN auth_session s ON s.token_hash = b.token
  AND s.revoked_at IS NULL AND b.at < s.expires_at AND b.at < s.idle_expires_at AND {agrees}
LEFT JOIN attempt a ON a.receipt = b.receipt AND a.participant_id = s.participant_id
LEFT JOIN answer w ON w.attempt_id = a.id AND w.position = b.position
"""

_STATEMENTS = {
    "sqlite": (
        text(_STORE.format(batch=_SQLITE_BATCH, agrees=_AGREES, lock="")),
        text(_READ_BACK.format(batch=_SQLITE_BATCH, agrees=_AGREES)),
    ),
    "postgresql": (
        text(_STORE.format(batch=_POSTGRES_BATCH, agrees=_AGREES, lock="FOR SHARE OF a")),
        text(_READ_BACK.format(batch=_POSTGRES_BATCH, agrees=_AGREES)),
    ),
}


class NewAnswer(NamedTuple):
    """One answer on its way to the database.

    Args:
        receipt: the attempt's public code; only its owner's session can write to it.
        token_hash: hash of the session token that came with the event.
        position: question number on the paper, from 0.
        option: index of the chosen option in the question version.
        correct: whether the option is in the version's key.
        received_ms: when the server received it, UTC milliseconds.
    """

    receipt: str
    token_hash: str
    position: int
    option: int
    correct: bool
    received_ms: int


class Outcome(NamedTuple):
    """What the database holds after the commit, as seen by one answer's sender."""

    alive: bool  # the session is valid and its person agrees to the notice
    mine: bool  # the attempt exists and belongs to the session's person
    open: bool
    late: bool
    option: int | None  # the stored option, the sender's or an earlier one
    correct: bool
    answered_count: int
    correct_count: int


def store(connection: Connection, answers: Sequence[NewAnswer], *, notice: str) -> list[Outcome]:
    """Store what may be stored, then read what is stored.

    Args:
        connection: an open write transaction; the outcomes are true once it is committed.
        answers: in order of arrival. A repeated answer is one answer; of two different answers to a final question
            the first one stays.
        notice: the version of the privacy notice in force.

    Returns:
        One outcome per answer, in the same order.
    """
    write, read_back = _STATEMENTS[connection.dialect.name]
    agreed = {"purpose": PARTICIPATION, "notice": notice}
    rows = [_row(index, answer) for index, answer in enumerate(answers)]
    batch = _json(rows)
    for wave in _waves(rows):
        connection.execute(write, {"batch": batch if len(wave) == len(rows) else _json(wave), **agreed})
    found = {row[0]: row for row in connection.execute(read_back, {"batch": batch, **agreed})}
    return [_outcome(found[index], answer) for index, answer in enumerate(answers)]


def _waves(rows: list[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    """Cut a batch so that one statement never meets the same question of the same paper twice; nearly always one."""
    while rows:
        wave: dict[tuple[object, object], dict[str, object]] = {}
        later = []
        for row in rows:
            place = (row["receipt"], row["position"])
            if place in wave:
                later.append(row)
            else:
                wave[place] = row
        yield list(wave.values())
        rows = later


def _json(rows: list[dict[str, object]]) -> str:
    return orjson.dumps(rows).decode()


def _row(index: int, answer: NewAnswer) -> dict[str, object]:
    return {
        "i": index,
        "receipt": answer.receipt,
        "token": answer.token_hash,
        "position": answer.position,
        "option": answer.option,
        "correct": answer.correct,
        "at": answer.received_ms,
    }


def _outcome(row: tuple, answer: NewAnswer) -> Outcome:
    _, alive, mine, status, closes_at, option, correct, answered_count, correct_count = row
    return Outcome(
        alive=bool(alive),
        mine=bool(mine),
        open=status == "open",
        late=closes_at is not None and answer.received_ms >= closes_at,
        option=option,
        correct=bool(correct),
        answered_count=answered_count,
        correct_count=correct_count,
    )
