"""The privacy notice and its version change together: consents refer to the version."""

import hashlib

from cchc_app.texts.privacy import SECTIONS, VERSION

# A changed notice gets a new version with its digest; published ones stay in this list for ever.
PUBLISHED = {"2": "d0865fd09fec86e3"}


def test_the_notice_is_the_one_its_version_names() -> None:
    assert hashlib.sha256(repr(SECTIONS).encode()).hexdigest()[:16] == PUBLISHED[VERSION]
