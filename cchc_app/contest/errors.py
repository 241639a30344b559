"""Every expected refusal of the product, by a code that support can look up.

The wording for people lives elsewhere, one sentence per code. Codes are never reused or renumbered.
"""

from enum import StrEnum


class ErrorCode(StrEnum):
    """Why something was refused. The value is the support code; hundreds group what a person was doing."""

    # 1xx: the form of a person's own data
    CITIZEN_ID_EMPTY = "CCHC-101"
    CITIZEN_ID_CHARACTERS = "CCHC-102"
    CITIZEN_ID_LENGTH = "CCHC-103"
    CITIZEN_ID_LOST_ZERO = "CCHC-104"  # details: suggestion (12 digits)
    CITIZEN_ID_CENTURY = "CCHC-105"
    NAME_EMPTY = "CCHC-111"
    NAME_TOO_LONG = "CCHC-112"
    NAME_CHARACTERS = "CCHC-113"
    NAME_TOO_SHORT = "CCHC-114"
    BIRTH_DATE_EMPTY = "CCHC-121"
    BIRTH_DATE_INVALID = "CCHC-122"
    BIRTH_DATE_FUTURE = "CCHC-123"
    UNIT_MISSING = "CCHC-131"
    UNIT_UNKNOWN = "CCHC-132"
    PHONE_INVALID = "CCHC-141"
    PIN_LENGTH = "CCHC-151"
    PIN_REPEATED = "CCHC-152"
    PIN_SEQUENCE = "CCHC-153"
    PIN_FROM_IDENTITY = "CCHC-154"
    PIN_MISMATCH = "CCHC-155"
    CONSENT_MISSING = "CCHC-161"

    # 2xx: coming in and being allowed
    ALREADY_REGISTERED = "CCHC-201"
    SIGN_IN_FAILED = "CCHC-202"
    SIGN_IN_LOCKED = "CCHC-203"  # details: until (instant)
    TOO_MANY_REQUESTS = "CCHC-204"
    SIGN_IN_REQUIRED = "CCHC-205"
    SESSION_EXPIRED = "CCHC-206"
    TICKET_INVALID = "CCHC-207"
    ACCOUNT_BLOCKED = "CCHC-208"
    NOT_ALLOWED = "CCHC-209"
    BAD_REQUEST = "CCHC-210"
    VNEID_OFF = "CCHC-220"
    VNEID_UNAVAILABLE = "CCHC-221"
    VNEID_CANCELLED = "CCHC-222"
    VNEID_EXPIRED = "CCHC-223"
    VNEID_UNTRUSTED = "CCHC-224"
    VNEID_INCOMPLETE = "CCHC-225"
    VNEID_LEVEL_LOW = "CCHC-226"
    NOT_ON_ROSTER = "CCHC-227"
    MERGE_REFUSED = "CCHC-228"
    SESSION_ENDED = "CCHC-251"

    # 26x: one's own data
    CONSENT_WITHDRAWN = "CCHC-261"
    REQUEST_EMPTY = "CCHC-262"
    REQUEST_OPEN = "CCHC-263"
    REQUEST_CLOSED = "CCHC-271"
    PIN_WRONG = "CCHC-272"
    PIN_SIGN_IN_AGAIN = "CCHC-273"

    # 23x, 24x: the staff's door and accounts
    STAFF_SIGN_IN_FAILED = "CCHC-231"
    CODE_WRONG = "CCHC-232"
    INVITATION_INVALID = "CCHC-233"
    USERNAME_INVALID = "CCHC-234"
    USERNAME_TAKEN = "CCHC-235"
    PASSWORD_LENGTH = "CCHC-236"
    PASSWORD_GUESSABLE = "CCHC-237"
    PASSWORD_MISMATCH = "CCHC-238"
    LAST_ADMINISTRATOR = "CCHC-239"
    STAFF_UNKNOWN = "CCHC-240"
    ROLE_MISSING = "CCHC-241"
    PARTICIPANT_UNKNOWN = "CCHC-242"
    REASON_MISSING = "CCHC-243"

    # 3xx: the contest and its periods
    CONTEST_MISSING = "CCHC-301"
    PERIOD_NOT_OPEN = "CCHC-302"  # details: opens_at (instant)
    PERIOD_CLOSED = "CCHC-303"
    NO_PERIOD = "CCHC-304"
    NO_ATTEMPT_LEFT = "CCHC-305"

    # 4xx: papers, answers and results
    ATTEMPT_NOT_FOUND = "CCHC-401"
    ATTEMPT_NOT_YOURS = "CCHC-402"
    ATTEMPT_FINISHED = "CCHC-403"
    ANSWER_TOO_LATE = "CCHC-404"
    ANSWER_UNKNOWN_QUESTION = "CCHC-405"
    ANSWER_UNKNOWN_OPTION = "CCHC-406"
    PREDICTION_INVALID = "CCHC-407"
    RESULT_NOT_FOUND = "CCHC-408"
    BANK_TOO_SMALL = "CCHC-409"  # details: topic, difficulty, wanted, available

    # 50x to 52x: the slogan and who writes it
    UNIT_CODE_EMPTY = "CCHC-501"
    UNIT_CODE_WRONG = "CCHC-502"
    UNIT_CODE_OTHER_UNIT = "CCHC-503"
    REPRESENTATIVE_UNKNOWN = "CCHC-504"

    # 53x, 54x: judging the slogans
    ROUND_NOT_OPEN = "CCHC-531"
    ROUND_OPEN = "CCHC-532"
    SLOGANS_STILL_COME = "CCHC-533"  # details: until (instant)
    NOTHING_TO_JUDGE = "CCHC-534"
    JUDGES_LACKING = "CCHC-535"  # details: slogans
    TASK_UNKNOWN = "CCHC-536"
    SCORES_FINAL = "CCHC-537"
    POINTS_INVALID = "CCHC-538"  # details: lowest, highest
    SCORES_INCOMPLETE = "CCHC-539"  # details: left
    JUDGE_IN_CONFLICT = "CCHC-540"
    JUDGE_UNKNOWN = "CCHC-541"
    TASK_BEGUN = "CCHC-542"
    JUDGE_HAS_TASK = "CCHC-543"
    ROUND_INCOMPLETE = "CCHC-544"  # details: left
    TIE_UNKNOWN = "CCHC-545"
    NOTE_EMPTY = "CCHC-546"
    SCORES_HIDDEN = "CCHC-547"
    MAIN_ROUND_EXISTS = "CCHC-548"

    # 55x: organising the slogan round
    SLOGAN_MISSING = "CCHC-551"
    EXCEPTION_TIME_INVALID = "CCHC-552"
    EXCEPTION_TOO_EARLY = "CCHC-553"  # details: closes_at (instant)
    JUDGING_BEGUN = "CCHC-554"
    JUDGING_UNFINISHED = "CCHC-555"
    TALK_WITHOUT_NOTE = "CCHC-556"  # details: codes
    NOTHING_TO_PUBLISH = "CCHC-557"
    CORRECTION_REASON_MISSING = "CCHC-558"
    UNITS_NOT_CHOSEN = "CCHC-559"

    # 9xx: the installation
    DATABASE_NEWER = "CCHC-901"
    DATABASE_UNREACHABLE = "CCHC-902"
    ANOTHER_CONTEST = "CCHC-903"  # details: title
    SERVER_ERROR = "CCHC-999"


class ContestError(Exception):
    """An expected refusal: a code and the values its sentence needs.

    Its text is the code's name only, so that a log or a traceback never shows `details`, which may be personal.
    """

    def __init__(self, code: ErrorCode, **details: object) -> None:
        super().__init__(code.name)
        self.code = code
        self.details: dict[str, object] = details
