"""The codes of provinces that a citizen ID may begin with."""

from functools import lru_cache

from cchc_app.services.preset_files import read_table


@lru_cache
def province_codes() -> frozenset[str]:
    """The 63 codes in use since 2016 (Circular 07/2016/TT-BCA, annex 1); the mergers of 2025 changed no number."""
    return frozenset(row["code"] for row in read_table("province_codes.csv", ("code", "name")).rows)
