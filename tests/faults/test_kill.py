"""A short run of the kill test: the long one is `make faults`."""

from pathlib import Path

import pytest

from tests.faults.kill import DIALECTS, run

KILLS, PEOPLE = 3, 20


@pytest.mark.parametrize("dialect", DIALECTS)
def test_promises_survive_a_killed_server(dialect: str, tmp_path: Path) -> None:
    verdict = run(dialect, kills=KILLS, people=PEOPLE, folder=tmp_path)
    assert (verdict.promises.kills, verdict.promises.broken) == (KILLS, [])
    assert verdict.promised > PEOPLE
    assert verdict.promises.resumed > 0
    assert (verdict.missing, verdict.different, verdict.wrong_scores, verdict.wrong_standings) == (0, 0, 0, 0)
