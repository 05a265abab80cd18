"""What was said aloud, for whoever may open the words of its message."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from karama.accounts.routes import route_policy
from karama.voice import queries
from karama.voice.access import FEEDBACK_PAGES
from karama.voice.views import actor_of


@route_policy(FEEDBACK_PAGES)
@require_safe
def sound(request: HttpRequest, feedback: UUID, sound: UUID) -> HttpResponse:
    """One recording, whole, asked for anew each time it is heard. Nothing in it was looked at: it is given out as a
    sound and as nothing else."""
    content, media = queries.sound_of(actor_of(request), feedback, sound)
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = 'inline; filename="sound"'
    answer["Cache-Control"] = "no-store"
    return answer
