"""The load report's arithmetic: a report that flatters is worse than none."""

from tests.bench.load import Report, _together, freshness


def test_each_hand_in_waits_for_the_message_that_counts_it() -> None:
    # 40 people were on the board before; three hand in at 10, 11 and 15 s.
    assert freshness([15.0, 10.0, 11.0], {40: 9.0, 42: 12.0, 43: 15.5}) == [2.0, 1.0, 0.5]


def test_a_later_message_may_overtake() -> None:
    assert freshness([10.0, 11.0], {1: 14.0, 2: 12.0}) == [2.0, 1.0]


def test_nothing_seen_is_nothing_measured() -> None:
    assert freshness([10.0], {}) == []
    assert freshness([], {3: 1.0}) == []


def test_the_first_watcher_of_all_processes_counts() -> None:
    one, other = Report(sizes={5: 3.0}), Report(sizes={5: 2.0, 6: 4.0})
    one.counts["refused"], other.counts["refused"] = 1, 2
    whole = _together([one, other])
    assert (whole.sizes, whole.counts["refused"]) == ({5: 2.0, 6: 4.0}, 3)
