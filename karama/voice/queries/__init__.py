"""Reading in this room: the first argument is who asks, and nothing comes back that she may not see."""

from karama.voice.queries.board import Told, board, board_of, board_waiting
from karama.voice.queries.deletions import Certificate, Preview, certificate_of, certificates, preview
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
from karama.voice.queries.keeping import Kept, kept
from karama.voice.queries.newcomers import Newcomer, newcomers
from karama.voice.queries.papers import Papers, papers_of
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

__all__ = [
    "Answered",
    "Certificate",
    "Copy",
    "FeedbackLine",
    "FeedbackPage",
    "Held",
    "Kept",
    "Newcomer",
    "ON_A_PAGE",
    "Papers",
    "Preview",
    "ReadsOutside",
    "RequestLine",
    "RequestPage",
    "Told",
    "answer_under_token",
    "any_held",
    "board",
    "board_of",
    "board_waiting",
    "certificate_of",
    "certificates",
    "copy_page",
    "feedback_done",
    "feedback_held",
    "feedback_page",
    "feedback_waiting",
    "file_of",
    "kept",
    "newcomers",
    "open_requests",
    "papers_of",
    "preview",
    "reads_outside",
    "request_page",
    "requests_of",
    "resting_since",
]
