"""What everybody may change about herself: her language and the alias colleagues see."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from karama.accounts import access, problems, reach
from karama.accounts.actions.posting import Alias
from karama.accounts.models import Posting, User
from karama.journal import Actor, action
from karama.journal.problems import BadArguments
from karama.rules.matching.letters import tokens
from karama.ui.calendars import CALENDARS

PURPOSE = "administration"


@action("accounts.change_language", access=access.OWN, target=reach.of_user, purpose=PURPOSE)
def change_language(*, by: Actor, user: UUID, language: str, calendar: str = "") -> UUID:
    """Choose the language of one's own pages, and a second calendar for their days (empty: none)."""
    for name, told, known in (("language", language, dict(settings.LANGUAGES)), ("calendar", calendar, CALENDARS)):
        if told not in known:
            raise BadArguments([name])
    User.objects.filter(id=user).update(language=language, calendar=calendar)
    return user


@action("accounts.change_alias", access=access.OWN, target=reach.of_posting, purpose=PURPOSE)
def change_alias(*, by: Actor, posting: UUID, work_alias: Alias) -> Posting:
    """Choose how colleagues see one in a duty. Raises `AliasTaken`: somebody else is, or was, seen so; who reads who
    has opened a record would take one for the other."""
    found = Posting.objects.get(id=posting)
    others = Posting.objects.exclude(user_id=found.user_id).values_list("work_alias", flat=True).distinct()
    if _plain(work_alias) in {_plain(one) for one in others}:
        raise problems.AliasTaken(field="work_alias")
    found.work_alias = work_alias.strip()
    found.save()
    return found


def _plain(alias: str) -> str:
    """An alias as somebody hears it: without case, accents, spaces and marks."""
    return "".join(tokens(alias)) or alias.strip().casefold()
