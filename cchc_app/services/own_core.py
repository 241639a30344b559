"""Each process on a core of its own.

Threads of one interpreter take turns, and each turn on another core finds nothing of what it works on in that core's
cache and has to be woken by the one before. Spread over two cores, a process took a fifth more processor time among
people coming in, and one answer in twenty waited 227 ms instead of 39 (docs/performance.md).
"""

import fcntl
import os
from pathlib import Path
from typing import IO

_taken: list[IO[str]] = []  # held for as long as the process lives
_everywhere: set[int] = set()


def take_own_core(folder: Path) -> int | None:
    """Keep this thread, and those it will start, on a core no other process of the site has taken.

    Args:
        folder: Where the processes of this machine say which they have; what a dead one had is free again.

    Returns:
        The core; None when there is but one, or each is taken, or the system or the folder does not let us.
    """
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if len(cores) < 2:
        return None
    _everywhere.update(cores)
    first = os.getpid() % len(cores)  # sites beside each other know nothing of each other
    for core in cores[first:] + cores[:first]:
        try:
            place = (folder / f"core-{core}.lock").open("a")
        except OSError:
            return None  # a folder nobody may write to is no reason not to start
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            place.close()
            continue
        _taken.append(place)
        os.sched_setaffinity(0, {core})
        return core
    return None


def work_anywhere() -> None:
    """Let this thread work on any core: for long computations that leave the interpreter to others."""
    if _everywhere:
        os.sched_setaffinity(0, _everywhere)
