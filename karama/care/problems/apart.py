"""What can go wrong with offered services, what is recorded after violence, and the conversation by code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NotThatAnswer(Problem):
    """An answer, a service, a group or a kind that is not on the list."""

    code = "care.not_that_answer"
    what = _("This is not one of the answers.")
    do = _("Choose from the list.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class NothingWanted(Problem):
    """Recording what happened although the person wants no service: then nothing is written down."""

    code = "care.nothing_wanted"
    what = _("Nothing is recorded unless the person wants a service.")
    do = _("Write down only that a service was offered. It stays open to the person at any time.")

    def __init__(self) -> None:
        super().__init__(field="services")


class NotAskedOfChildren(Problem):
    """The question about a group, put to somebody who is or may be a child."""

    code = "care.not_asked_of_children"
    what = _("This is asked of adults only, and it is not known that this person is one.")
    do = _("Go on without it. Nothing in the care of this person depends on it.")


class NoTalk(Problem):
    """An answer or an end where no conversation has begun."""

    code = "care.no_talk"
    what = _("No conversation has begun, or it was finished already.")
    do = _("Begin a new one from the page of this person.")


class NotAtThisSite(Problem):
    """Somebody who holds no duty at this site that may record violence."""

    code = "care.not_at_this_site"
    what = _("This colleague has no duty at this site that may open these records.")
    do = _("Choose a psychologist, prescriber, social worker or supervisor who works here.")

    def __init__(self) -> None:
        super().__init__(field="user")
