"""What people of the demonstration said without an account, what came of it, and what hangs on the board."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.accounts.queries import actor_by_name
from karama.programme.models import CountryProgramme, Site
from karama.voice import pace
from karama.voice.actions import answer_feedback, close_feedback, put_up, take_feedback, write_line
from karama.voice.incoming import Said, found_by, take_in

SEED = "demonstration-of-what-people-said-without-an-account"

MESSAGES: tuple[dict[str, Any], ...] = (
    {"site": "mosul", "face": "good", "words": "شكرًا للمرأة عند الباب: استقبلتني بهدوء."},
    {"site": "mosul", "face": "so_so", "words": "نحتاج إلى كراسي في الظل لمن ينتظر في الخارج."},
    {"site": "mosul", "face": "bad", "words": "انتظرت ثلاث ساعات ولم يقل لي أحد لماذا."},
    {"site": "mosul", "kind": "sensitive", "about_duty": "volunteer", "words": "يطلب أحدهم نقودًا مقابل موعد أقرب."},
    {"site": "quibdo", "face": "bad", "words": "El horario cambió y nadie nos avisó."},
)
"""As they were typed: the place is that of the poster, and is kept only as finely as nobody can be guessed."""


def tell(sites: dict[str, UUID]) -> None:
    """Send every message; the second one is answered, closed and stands on the board."""
    mariam, nadia = actor_by_name("mariam"), actor_by_name("nadia")
    tokens = [_send(number, sites, **one) for number, one in enumerate(MESSAGES)]
    answered = found_by(tokens[1])
    if answered is not None:
        take_feedback(by=mariam, feedback=answered)
        answer_feedback(by=mariam, feedback=answered, words="شكرًا. هناك الآن مظلة وستة كراسٍ أمام الباب.")
        close_feedback(by=mariam, feedback=answered)
    iraq = CountryProgramme.objects.get(sites=sites["mosul"])
    line = write_line(
        by=mariam,
        programme=iraq.id,
        language="ar",
        said="من ينتظر في الخارج يقف في الشمس.",
        did="وضعنا مظلة وكراسي أمام الباب.",
    ).value.id
    put_up(by=nadia, line=line)
    pace.forget()


def _send(number: int, sites: dict[str, UUID], *, site: str, **told: Any) -> str:
    place = Site.objects.select_related("programme").get(pk=sites[site])
    seed = f"{number}{SEED}"[:43]
    return take_in(Said(seed=seed, programme=place.programme, site=place, wants_answer=True, **told)).token
