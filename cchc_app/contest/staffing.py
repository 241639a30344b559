"""Names of staff accounts, and what the audit log calls the things staff do. Safeguards, not articles of the rules."""

import re
from enum import StrEnum

from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode

_USERNAME = re.compile(r"[a-z][a-z0-9.]{2,31}")
_LONGEST_TYPED = 100
COMMAND_LINE = "cchc"
# Names nobody may take: the log uses them.
RESERVED = frozenset({COMMAND_LINE})


class Action(StrEnum):
    """What an entry of the audit log says was done. The values are stored."""

    INVITED = "staff_invited"
    INVITATION_WITHDRAWN = "staff_invitation_withdrawn"
    JOINED = "staff_joined"
    SIGNED_IN = "staff_signed_in"
    SIGNED_OUT = "staff_signed_out"
    RECOVERY_CODE_USED = "staff_recovery_code_used"
    ROLE_CHANGED = "staff_role_changed"
    DISABLED = "staff_disabled"
    ENABLED = "staff_enabled"
    UNRANKED = "participant_unranked"
    CITIZEN_ID_REVEALED = "citizen_id_revealed"
    CONTEST_CREATED = "contest_created"
    CONTEST_EDITED = "contest_edited"
    RULES_DRAFTED = "rules_drafted"
    RULES_PUBLISHED = "rules_published"
    FILE_ADDED = "file_added"
    FILE_REMOVED = "file_removed"
    ANNOUNCEMENT_WRITTEN = "announcement_written"
    ANNOUNCEMENT_REMOVED = "announcement_removed"
    UNIT_CODE_MADE = "unit_code_made"
    REPRESENTATIVE_APPOINTED = "representative_appointed"
    REPRESENTATIVE_DISMISSED = "representative_dismissed"
    ROUND_OPENED = "judging_round_opened"
    ROUND_CLOSED = "judging_round_closed"
    TASK_GIVEN = "judging_task_given"
    TASK_TAKEN = "judging_task_taken"
    CONFLICT_NOTED = "judge_conflict_noted"
    SCORES_SUBMITTED = "judge_scores_submitted"
    SLOGAN_DISQUALIFIED = "slogan_disqualified"
    SLOGAN_REINSTATED = "slogan_reinstated"
    SLOGAN_EXCEPTION = "slogan_exception_granted"
    SLOGAN_FILE_TAKEN = "slogan_file_taken"
    SLOGANS_PUBLISHED = "slogans_published"
    RESULT_CLOSED = "result_closed"
    RESULT_CORRECTED = "result_corrected"
    RESULT_FILE_TAKEN = "result_file_taken"
    PRIZES_PROPOSED = "prizes_proposed"
    PRIZES_DECIDED = "prizes_decided"
    PRIZES_CONFIRMED = "prizes_confirmed"
    PRIZES_PUBLISHED = "prizes_published"
    PRIZES_FILE_TAKEN = "prizes_file_taken"


def parse_username(raw: str) -> str:
    """A staff username: 3 to 32 of a-z, 0-9 and dots, a letter first. Refuses with USERNAME_INVALID, USERNAME_TAKEN."""
    username = canonical(raw[:_LONGEST_TYPED]).lower()
    if not _USERNAME.fullmatch(username):
        raise ContestError(ErrorCode.USERNAME_INVALID)
    if username in RESERVED:
        raise ContestError(ErrorCode.USERNAME_TAKEN)
    return username
