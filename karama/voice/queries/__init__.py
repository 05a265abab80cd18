"""Reading in this room: the first argument is who asks, and nothing comes back that she may not see."""

from karama.voice.queries.deletions import Certificate, Preview, certificate_of, certificates, preview
from karama.voice.queries.keeping import Kept, kept
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
    "Certificate",
    "Copy",
    "Kept",
    "Preview",
    "ReadsOutside",
    "RequestLine",
    "RequestPage",
    "certificate_of",
    "certificates",
    "copy_page",
    "file_of",
    "kept",
    "open_requests",
    "preview",
    "reads_outside",
    "request_page",
    "requests_of",
    "resting_since",
]
