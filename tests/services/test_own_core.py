"""Processes of a site sit on cores of their own, as long as there are any."""

import os
import subprocess
import sys
from pathlib import Path

CORES = sorted(os.sched_getaffinity(0))
SITS = """
import os, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from cchc_app.services.own_core import take_own_core, work_anywhere
core = take_own_core(Path(sys.argv[1]))
where = lambda: sorted(os.sched_getaffinity(0))
with ThreadPoolExecutor(1) as small, ThreadPoolExecutor(1, initializer=work_anywhere) as long:
    print(core, where(), small.submit(where).result(), long.submit(where).result(), sep=";", flush=True)
sys.stdin.read()
"""


def sit(folder: Path) -> tuple[subprocess.Popen[str], list[str]]:
    """A process that takes a core and stays; what it says of its core, and of where its threads may work."""
    process = subprocess.Popen(
        [sys.executable, "-c", SITS, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip().split(";")


def test_each_has_a_core_and_the_next_one_that_of_a_dead_one(tmp_path: Path) -> None:
    sitting = [sit(tmp_path) for _ in range(len(CORES) + 1)]
    try:
        if len(CORES) == 1:
            assert all(said == ["None", *3 * [str(CORES)]] for _, said in sitting)
            return
        cores = [said[0] for _, said in sitting]
        assert sorted(cores[:-1]) == sorted(map(str, CORES))
        for core, (_, said) in zip(cores[:-1], sitting[:-1], strict=True):
            assert said[1:] == [f"[{core}]", f"[{core}]", str(CORES)]
        assert sitting[-1][1] == ["None", *3 * [str(CORES)]]
        sitting[0][0].kill()
        sitting[0][0].wait()
        sitting.append(sit(tmp_path))
        assert sitting[-1][1][0] == cores[0]
    finally:
        for process, _ in sitting:
            process.kill()
            process.communicate()


def test_a_folder_that_is_not_there_keeps_nobody_from_starting(tmp_path: Path) -> None:
    process, said = sit(tmp_path / "nowhere")
    process.kill()
    process.communicate()
    assert said == ["None", *3 * [str(CORES)]]
