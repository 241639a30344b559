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

    # 65x, 66x: setting the contest up
    CONTEST_RUNNING = "CCHC-650"
    SLUG_INVALID = "CCHC-651"
    SLUG_TAKEN = "CCHC-652"
    CONTEST_CODE_INVALID = "CCHC-653"
    CHANGED_MEANWHILE = "CCHC-654"  # details: by, at (instant)
    FIELD_MISSING = "CCHC-655"
    FIELD_TOO_LONG = "CCHC-656"  # details: most
    LINK_INVALID = "CCHC-657"
    INSTANT_INVALID = "CCHC-658"
    NUMBER_INVALID = "CCHC-659"  # details: lowest, highest
    WINDOW_INVALID = "CCHC-660"
    PERIODS_OVERLAP = "CCHC-661"
    FIELD_LOCKED = "CCHC-662"
    NOTE_MISSING = "CCHC-663"
    BLUEPRINT_MIXED = "CCHC-664"
    UPLOAD_TOO_LARGE = "CCHC-665"  # details: most
    FILE_TYPE = "CCHC-666"
    PICTURE_INVALID = "CCHC-667"
    ANNOUNCEMENT_UNKNOWN = "CCHC-668"
    RULES_UNCHANGED = "CCHC-669"
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
    CONFLICT_UNKNOWN = "CCHC-549"

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
    NOT_REPRESENTATIVE = "CCHC-505"
    SLOGAN_NOT_OPEN = "CCHC-506"  # details: opens_at (instant)
    SLOGAN_CLOSED = "CCHC-507"  # details: closes_at (instant)
    SLOGAN_CONFLICT = "CCHC-508"  # details: by (name), at (instant)
    SLOGAN_NOT_SUBMITTED = "CCHC-509"
    SLOGAN_DISQUALIFIED = "CCHC-510"
    SLOGAN_EMPTY = "CCHC-511"
    SLOGAN_ONLY_SIGNS = "CCHC-512"
    SLOGAN_TOO_FEW_WORDS = "CCHC-513"  # details: words, fewest, most, missing
    SLOGAN_TOO_MANY_WORDS = "CCHC-514"  # details: words, fewest, most, surplus
    SLOGAN_TOO_LONG = "CCHC-515"  # details: characters, most
    SLOGAN_LINK = "CCHC-516"
    SLOGAN_CHARACTERS = "CCHC-517"
    SLOGAN_TABLE = "CCHC-518"
    EXPLANATION_TOO_LONG = "CCHC-519"  # details: words, most
    EXPLANATION_CHARACTERS = "CCHC-520"
    EXPLANATION_LINK = "CCHC-521"
    AUTHOR_MISSING = "CCHC-522"
    AUTHOR_INVALID = "CCHC-523"
    # 65x, 66x: setting the contest up

    # 69x, 70x, 71x: organising units, people and their papers
    PERSON_CLOSED = "CCHC-691"
    SANCTION_IN_FORCE = "CCHC-692"  # details: by (username), at (instant)
    SANCTION_OVER = "CCHC-693"
    UNIT_IS_THEIRS = "CCHC-694"
    EXTRA_TIME_INVALID = "CCHC-695"  # details: most (minutes)
    PIN_LINK_INVALID = "CCHC-696"
    UNIT_NAME_INVALID = "CCHC-697"
    UNIT_BLOC_UNKNOWN = "CCHC-698"
    UNIT_CODE_INVALID = "CCHC-699"
    UNIT_CODE_TAKEN = "CCHC-700"
    HEADCOUNT_INVALID = "CCHC-701"
    DAY_INVALID = "CCHC-702"
    UNIT_EDITED = "CCHC-703"  # details: by (username), at (instant)
    PAPER_UNKNOWN = "CCHC-704"
    UNIT_IMPORT_UNKNOWN = "CCHC-705"
    IMPORT_OVER = "CCHC-706"
    IMPORT_STALE = "CCHC-707"
    FILE_MISSING = "CCHC-708"
    SHEET_UNREADABLE = "CCHC-709"
    SHEET_TOO_LARGE = "CCHC-710"
    SHEET_EMPTY = "CCHC-711"
    SHEET_COLUMN_MISSING = "CCHC-712"
    ROW_REPEATED = "CCHC-713"
    UNIT_CODE_LOST_ZERO = "CCHC-714"
    CELL_FORMULA = "CCHC-715"

    # 6xx: files of questions
    FILE_EMPTY = "CCHC-601"
    FILE_TOO_LARGE = "CCHC-602"
    FILE_UNZIPS_TOO_LARGE = "CCHC-603"
    FILE_KIND_UNKNOWN = "CCHC-604"
    FILE_KIND_MISMATCH = "CCHC-605"  # details: ending, kind
    FILE_OLD_EXCEL = "CCHC-606"
    FILE_UNREADABLE = "CCHC-607"
    FILE_TOO_MANY_ROWS = "CCHC-608"
    FILE_NO_QUESTIONS = "CCHC-609"
    FILE_FORBIDDEN_XML = "CCHC-610"
    COLUMN_MISSING = "CCHC-611"  # details: title
    COLUMN_REPEATED = "CCHC-612"  # details: title
    PART_IGNORED = "CCHC-613"  # details: title (a column's or a sheet's)
    FORMULA_CELL = "CCHC-614"
    CELL_BROKEN = "CCHC-615"  # details: value
    CELLS_TOO_MANY = "CCHC-616"  # details: columns
    CELL_NOT_TEXT = "CCHC-617"  # details: value
    STEM_MISSING = "CCHC-618"
    TEXT_TOO_LONG = "CCHC-619"  # details: length, limit
    TEXT_CONTROL = "CCHC-620"
    TEXT_BROKEN = "CCHC-621"
    TEXT_LEGACY = "CCHC-622"  # details: encoding, suggestion
    ENCODING_GUESSED = "CCHC-623"
    OPTIONS_TOO_FEW = "CCHC-624"
    OPTIONS_TOO_MANY = "CCHC-625"
    OPTION_GAP = "CCHC-626"
    OPTIONS_REPEATED = "CCHC-627"
    KEY_MISSING = "CCHC-628"
    KEY_INVALID = "CCHC-629"  # details: value
    KEY_NO_SUCH_OPTION = "CCHC-630"  # details: value
    KEY_ALL_OPTIONS = "CCHC-631"
    CODE_INVALID = "CCHC-632"
    CODE_REPEATED = "CCHC-633"  # details: first_row
    CODE_LOST_ZERO = "CCHC-634"  # details: suggestion
    POOL_UNKNOWN = "CCHC-635"
    DIFFICULTY_INVALID = "CCHC-636"
    DATE_INVALID = "CCHC-637"
    DATE_IS_NUMBER = "CCHC-638"  # details: suggestion
    DATES_REVERSED = "CCHC-639"
    QUESTION_TYPE_REFUSED = "CCHC-640"  # details: kind
    GIFT_BRACES = "CCHC-641"
    GIFT_ANSWERS = "CCHC-642"
    WEIGHT_INVALID = "CCHC-643"  # details: value
    PARTIAL_CREDIT = "CCHC-644"
    WEIGHTS_AS_ACCEPTED = "CCHC-645"
    FEEDBACK_DROPPED = "CCHC-646"
    GRADE_DROPPED = "CCHC-647"  # details: value
    MEDIA_REFUSED = "CCHC-648"
    AIKEN_LINE = "CCHC-649"

    # 76x: the question bank
    QUESTION_UNKNOWN = "CCHC-761"
    QUESTION_CHANGED = "CCHC-762"  # details: by, at (instant)
    QUESTION_OWN_VERSION = "CCHC-763"
    QUESTION_NOT_WAITING = "CCHC-764"
    QUESTION_VERSION_NEWER = "CCHC-765"
    QUESTION_RETIRED = "CCHC-766"
    QUESTION_NOT_RETIRED = "CCHC-767"
    QUESTION_CODE_TAKEN = "CCHC-768"
    TOPIC_MISSING = "CCHC-769"
    DIFFICULTY_MISSING = "CCHC-770"
    POOL_MISSING = "CCHC-771"
    QUESTIONS_NOT_CHOSEN = "CCHC-772"
    QUESTIONS_TOO_MANY = "CCHC-773"  # details: most
    DEED_NOT_CHOSEN = "CCHC-774"
    IMPORT_UNKNOWN = "CCHC-775"
    IMPORT_NOT_READY = "CCHC-776"
    IMPORT_HAS_ERRORS = "CCHC-777"
    IMPORT_UNDECIDED = "CCHC-778"

    # 73x: official results
    PERIOD_RUNNING = "CCHC-731"  # details: until (instant)
    PAPERS_OPEN = "CCHC-732"  # details: count
    PREDICTION_UNSETTLED = "CCHC-733"
    RESULT_EXISTS = "CCHC-734"  # details: version, by, at (instant)
    RESULT_MOVED = "CCHC-735"
    DIFFERENCES_UNSEEN = "CCHC-736"  # details: count
    RESULT_UNCHANGED = "CCHC-737"
    RESULT_MISSING = "CCHC-738"
    RESULT_DAMAGED = "CCHC-739"

    # 74x: prizes
    PRIZES_NONE = "CCHC-741"
    PRIZES_STATE = "CCHC-742"
    PRIZES_MOVED = "CCHC-743"
    SECOND_PERSON = "CCHC-744"
    TIES_OPEN = "CCHC-745"
    DECISION_INVALID = "CCHC-746"  # details: places
    FREEZE_INVALID = "CCHC-747"  # details: most (minutes)
    FREEZE_OVER = "CCHC-748"

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
