"""The load report's arithmetic: a report that flatters is worse than none."""

import math

from tests.bench.load import Report, _together, freshness

EVER = (0.0, 100.0)


def test_each_hand_in_waits_for_the_message_that_counts_it() -> None:
    # 40 people were on the board before; three hand in at 10, 11 and 15 s.
    seen = {40: 9.0, 42: 12.0, 43: 15.5}
    assert freshness([15.0, 10.0, 11.0], seen, before=40, stretch=EVER) == [2.0, 1.0, 0.5]


def test_a_later_message_may_overtake() -> None:
    assert freshness([10.0, 11.0], {1: 14.0, 2: 12.0}, before=0, stretch=EVER) == [2.0, 1.0]


def test_a_paper_no_message_counted_is_not_left_out() -> None:
    assert freshness([10.0, 11.0], {1: 10.5}, before=0, stretch=EVER) == [0.5, math.inf]
    assert freshness([10.0], {}, before=0, stretch=EVER) == [math.inf]


def test_only_the_measured_stretch_counts_but_all_are_counted_through() -> None:
    assert freshness([10.0, 21.0, 31.0], {1: 12.0, 2: 22.0, 3: 40.0}, before=0, stretch=(20.0, 30.0)) == [1.0]


def test_every_watcher_counts() -> None:
    one, other = Report(sizes=[{5: 3.0}]), Report(sizes=[{5: 2.0, 6: 4.0}, {}])
    one.counts["refused"], other.counts["refused"] = 1, 2
    whole = _together([one, other])
    assert (whole.sizes, whole.counts["refused"]) == ([{5: 3.0}, {5: 2.0, 6: 4.0}, {}], 3)
