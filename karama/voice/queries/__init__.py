"""Reading in this room: the first argument is who asks, and nothing comes back that she may not see."""

from karama.voice.queries.assessments import (
    AssessmentLine,
    AssessmentPage,
    AssessmentShown,
    assessment_page,
    assessments,
)
from karama.voice.queries.board import Told, board, board_of, board_waiting
from karama.voice.queries.deletions import Certificate, Preview, certificate_of, certificates, preview
from karama.voice.queries.exports import Left, left_in, month_before, month_of
from karama.voice.queries.feedback import (
    ON_A_PAGE,
    Answered,
    FeedbackLine,
    FeedbackPage,
    Held,
    answer_under_token,
    any_held,
    feedback_done,
    feedback_held,
    feedback_page,
    feedback_waiting,
)
from karama.voice.queries.guardians import GuardianAsks, guardian_of, guardians_to_name, topics_of
from karama.voice.queries.keeping import Kept, kept
from karama.voice.queries.newcomers import Newcomer, newcomers
from karama.voice.queries.papers import Papers, language_of_papers, papers_of
from karama.voice.queries.reads import ReadsOutside, reads_outside
from karama.voice.queries.requests import (
    Copy,
    RequestLine,
    RequestPage,
    copy_page,
    file_of,
    open_requests,
    request_page,
    requests_of,
    resting_since,
)
from karama.voice.queries.retention import (
    DuePreview,
    ProgrammeRules,
    due_page,
    records_due,
    rules_of_programmes,
    written_on,
)

__all__ = [
    "Answered",
    "AssessmentLine",
    "AssessmentPage",
    "AssessmentShown",
    "Certificate",
    "Copy",
    "DuePreview",
    "FeedbackLine",
    "FeedbackPage",
    "GuardianAsks",
    "Held",
    "Kept",
    "Left",
    "Newcomer",
    "ON_A_PAGE",
    "Papers",
    "Preview",
    "ProgrammeRules",
    "ReadsOutside",
    "RequestLine",
    "RequestPage",
    "Told",
    "answer_under_token",
    "any_held",
    "assessment_page",
    "assessments",
    "board",
    "board_of",
    "board_waiting",
    "certificate_of",
    "certificates",
    "copy_page",
    "due_page",
    "feedback_done",
    "feedback_held",
    "feedback_page",
    "feedback_waiting",
    "file_of",
    "guardian_of",
    "guardians_to_name",
    "kept",
    "left_in",
    "language_of_papers",
    "month_before",
    "month_of",
    "newcomers",
    "open_requests",
    "papers_of",
    "preview",
    "reads_outside",
    "records_due",
    "request_page",
    "requests_of",
    "resting_since",
    "rules_of_programmes",
    "written_on",
    "topics_of",
]
