"""The fault table that is written down is of the faults that are run."""

import re

from cchc_app.settings import ROOT
from tests.faults.table import FAULTS


def test_every_fault_is_in_the_document_and_lost_nothing() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| (\d+) \| (\d+) \|", (ROOT / "docs" / "faults.md").read_text("utf-8"), re.MULTILINE
    )
    assert [name for name, _, _ in rows] == [title for title, _ in FAULTS.values()]
    assert all(int(promised) > 0 and int(lost) == 0 for _, promised, lost in rows)
