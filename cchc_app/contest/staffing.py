"""Names of staff accounts, and what the audit log calls the things staff do. Safeguards, not articles of the rules."""

import re
from enum import StrEnum

from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode

_USERNAME = re.compile(r"[a-z][a-z0-9.]{2,31}")
_LONGEST_TYPED = 100
COMMAND_LINE = "cchc"
# Whoever signs in through VNeID or registers may set something off that the log keeps. No username has a colon.
_PARTICIPANT = "participant:{}"
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
    RESET_OFFERED = "staff_reset_offered"
    RESET_DONE = "staff_reset_done"
    UNRANKED = "participant_unranked"
    TAKEN_OVER = "participant_taken_over"
    MERGED = "participants_merged"
    ROSTER_IMPORTED = "roster_imported"
    DATA_ERASED = "participant_erased"
    DATA_CORRECTED = "data_request_corrected"
    DATA_REQUEST_REFUSED = "data_request_refused"
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
    CONFLICT_LIFTED = "judge_conflict_lifted"
    SCORES_SUBMITTED = "judge_scores_submitted"
    SLOGAN_DISQUALIFIED = "slogan_disqualified"
    SLOGAN_REINSTATED = "slogan_reinstated"
    SLOGAN_EXCEPTION = "slogan_exception_granted"
    SLOGAN_FILE_TAKEN = "slogan_file_taken"
    SLOGANS_PUBLISHED = "slogans_published"
    PERSON_BLOCKED = "participant_blocked"
    PERSON_UNBLOCKED = "participant_unblocked"
    PERSON_DISQUALIFIED = "participant_disqualified"
    PERSON_REINSTATED = "participant_reinstated"
    PERSON_MOVED = "participant_moved"
    EXTRA_TIME_SET = "extra_time_set"
    PIN_RESET_OFFERED = "pin_reset_offered"
    PIN_RESET_DONE = "pin_reset_done"
    UNIT_ADDED = "unit_added"
    UNIT_CHANGED = "unit_changed"
    HEADCOUNT_SET = "headcount_set"
    UNITS_IMPORTED = "units_imported"
    HEADCOUNTS_IMPORTED = "headcounts_imported"
    LIST_TAKEN = "list_taken"
    QUESTION_WRITTEN = "question_written"
    QUESTIONS_APPROVED = "questions_approved"
    QUESTIONS_RETIRED = "questions_retired"
    QUESTIONS_RESTORED = "questions_restored"
    QUESTIONS_MOVED = "questions_moved"
    QUESTIONS_IMPORTED = "questions_imported"
    IMPORT_BEGUN = "import_begun"
    IMPORT_DROPPED = "import_dropped"
    QUESTION_FILE_TAKEN = "question_file_taken"
    RESULT_CLOSED = "result_closed"
    RESULT_CORRECTED = "result_corrected"
    RESULT_FILE_TAKEN = "result_file_taken"
    PRIZES_PROPOSED = "prizes_proposed"
    PRIZES_DECIDED = "prizes_decided"
    PRIZES_CONFIRMED = "prizes_confirmed"
    PRIZES_PUBLISHED = "prizes_published"
    PRIZES_FILE_TAKEN = "prizes_file_taken"
    BOARD_FREEZE_SET = "board_freeze_set"


def participant_name(participant_id: int) -> str:
    """What the log calls a participant, as an actor and as a subject."""
    return _PARTICIPANT.format(participant_id)


def parse_username(raw: str) -> str:
    """A staff username: 3 to 32 of a-z, 0-9 and dots, a letter first. Refuses with USERNAME_INVALID, USERNAME_TAKEN."""
    username = canonical(raw[:_LONGEST_TYPED]).lower()
    if not _USERNAME.fullmatch(username):
        raise ContestError(ErrorCode.USERNAME_INVALID)
    if username in RESERVED:
        raise ContestError(ErrorCode.USERNAME_TAKEN)
    return username
