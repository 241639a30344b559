"""Objects that only hold each other go in a quiet hour, and never while many people wait."""

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest

from cchc_app.services import collector
from cchc_app.services.collector import FEW, NEVER, collect_when_quiet


class _Ring:
    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def _collector_as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.parametrize(("connected", "gone"), [(FEW + 1, False), (FEW, True)])
async def test_everything_is_looked_at_only_among_few(
    monkeypatch: pytest.MonkeyPatch, connected: int, gone: bool
) -> None:
    monkeypatch.setattr(collector, "LOOK_SECONDS", 0.01)
    asked = asyncio.Event()
    looks = 0

    def count() -> int:
        nonlocal looks
        looks += 1
        if looks == 3:  # the first two looks are over
            asked.set()
        return connected

    task = asyncio.create_task(collect_when_quiet(count))
    await asyncio.sleep(0)
    assert gc.get_threshold()[1:] == (NEVER, NEVER)
    ring = _Ring()
    left = weakref.ref(ring)
    gc.collect(1)  # it is not among the newest any more
    del ring
    await asyncio.wait_for(asked.wait(), 5)
    assert (left() is None) is gone
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
