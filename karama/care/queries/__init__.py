"""Reading episodes and answers, by actor. Scores are computed at each reading."""

from karama.care.queries.alarms import Told, told_about
from karama.care.queries.asking import choices_for, draft_of, kinds_open, page_of, paused_in
from karama.care.queries.due import due_for, due_of, waves_of
from karama.care.queries.episodes import episode_page, episodes_of
from karama.care.queries.files import files_of
from karama.care.queries.responses import (
    history_of,
    response_of_operation,
    response_page,
    responses_of,
    results_of,
    versions_of,
)

__all__ = [
    "Told",
    "choices_for",
    "draft_of",
    "due_for",
    "due_of",
    "episode_page",
    "episodes_of",
    "files_of",
    "history_of",
    "kinds_open",
    "page_of",
    "paused_in",
    "response_of_operation",
    "response_page",
    "responses_of",
    "results_of",
    "told_about",
    "versions_of",
    "waves_of",
]
