"""One clock for all nodes: the database's, whatever is done to a machine's own."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from cchc_app.data.engine import Database
from cchc_app.services import clock
from cchc_app.services.clock import Anchor, follow, measure, server_now

FIVE_MINUTES = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _own_clock_afterwards() -> Iterator[None]:
    yield
    follow(None)


def test_the_databases_clock_is_counted_on(db: Database) -> None:
    measured = measure(db)
    if db.dialect == "sqlite":
        assert measured is None
        return
    assert measured is not None
    anchor, took = measured
    # The same machine here, so the same time but for the question itself.
    assert abs(anchor.now() - datetime.now(UTC)) <= timedelta(seconds=took + 1)


@pytest.mark.parametrize("step", [FIVE_MINUTES, -FIVE_MINUTES])
def test_a_step_of_this_machines_clock_is_not_felt(step: timedelta) -> None:
    start = datetime(2026, 3, 9, 8, tzinfo=UTC)
    follow(Anchor(start, clock.time.monotonic()))
    before = server_now()
    with time_machine.travel(datetime.now(UTC) + step):
        after = server_now()
    assert start - timedelta(milliseconds=1) <= before <= after < start + timedelta(minutes=1)
    assert after.microsecond % 1000 == 0


def test_a_clock_that_is_off_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    follow(Anchor(datetime.now(UTC) - FIVE_MINUTES, clock.time.monotonic()))
    assert clock._tell_difference(clock._tell_difference(False))
    assert [record.getMessage() for record in caplog.records] == [
        "this machine's clock is 300 s off the database's, which is followed"
    ]
    follow(None)
    assert not clock._tell_difference(True)
