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
from karama.care.queries.sessions import (
    NoteShown,
    ToSign,
    cosigned_users,
    draft_note,
    interpreters_at,
    note_page,
    notes_asked_about,
    notes_of,
    notes_to_sign,
    own_note,
    session_programme,
    sessions_of,
)

__all__ = [
    "NoteShown",
    "ToSign",
    "Told",
    "choices_for",
    "cosigned_users",
    "draft_note",
    "draft_of",
    "due_for",
    "due_of",
    "episode_page",
    "episodes_of",
    "files_of",
    "history_of",
    "interpreters_at",
    "kinds_open",
    "note_page",
    "notes_asked_about",
    "notes_of",
    "notes_to_sign",
    "own_note",
    "page_of",
    "paused_in",
    "response_of_operation",
    "response_page",
    "responses_of",
    "results_of",
    "session_programme",
    "sessions_of",
    "told_about",
    "versions_of",
    "waves_of",
]
