"""Every table. Importing this package fills the metadata that migrations compare with."""

from cchc_app.data.tables.contests import Contest, Period, RuleSetVersion
from cchc_app.data.tables.identity import PersonMerge, RosterEntry, VneidArrival, VneidStart
from cchc_app.data.tables.people import AuthSession, Consent, Participant, SignInGuard, SignInTicket, Unit
from cchc_app.data.tables.privacy import DataRequest
from cchc_app.data.tables.quiz import Answer, Attempt, Question, QuestionVersion
from cchc_app.data.tables.slogans import (
    JudgeConflict,
    JudgingAssignment,
    JudgingNote,
    JudgingRound,
    JudgingScore,
    Slogan,
    SloganException,
    SloganPublication,
    SloganVersion,
    UnitCode,
    UnitRepresentative,
)
from cchc_app.data.tables.staff import (
    AuditEntry,
    AuditHead,
    RecoveryCode,
    StaffAccount,
    StaffInvitation,
    StaffSession,
    StaffTicket,
)
from cchc_app.data.tables.standings import OVERALL, BoardVersion, Standing, VisitDay

__all__ = [
    "OVERALL",
    "Answer",
    "Attempt",
    "AuditEntry",
    "AuditHead",
    "AuthSession",
    "BoardVersion",
    "Consent",
    "Contest",
    "DataRequest",
    "JudgeConflict",
    "JudgingAssignment",
    "JudgingNote",
    "JudgingRound",
    "JudgingScore",
    "Participant",
    "Period",
    "PersonMerge",
    "Question",
    "QuestionVersion",
    "RecoveryCode",
    "RosterEntry",
    "RuleSetVersion",
    "SignInGuard",
    "SignInTicket",
    "Slogan",
    "SloganException",
    "SloganPublication",
    "SloganVersion",
    "StaffAccount",
    "StaffInvitation",
    "StaffSession",
    "StaffTicket",
    "Standing",
    "Unit",
    "UnitCode",
    "UnitRepresentative",
    "VisitDay",
    "VneidArrival",
    "VneidStart",
]
