"""Rule sets published before an article was written down (Article 11), read as what held then.

A stored body and its digest stay as they were published: papers and results cite them. Articles 12 to 14 came in this
order; what a body does not say is filled in here only when it is read, and is written out by the next version.
"""

from collections.abc import Mapping
from typing import Any

# Nothing was judged, no unit was kept from its rank, no prize was promised.
BEFORE: Mapping[str, Any] = {
    "judging": {
        "criteria": [{"code": "whole", "name": "Chung", "weight": 1, "anchors": []}],
        "lowest": 0,
        "highest": 10,
        "judges_per_slogan": 3,
        "aggregation": "mean",
        "spread_alert": 3,
    },
    "collective": {"weight_participation": 50, "weight_score": 50, "minimum_participants": 1, "minimum_rate": 0},
    "prizes": {"quotas": [], "one_per_person": True, "normalised_identity_only": True, "minimum_periods": 1},
}


def completed(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body with every article: its own words, and what held where it has none."""
    return {**BEFORE, **body}
