"""What of this room travels to telephones: the directory without the way to a shelter, and where referrals stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karama.journal import Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.people.access import purpose_of
from karama.referrals import travelling
from karama.referrals.access import DIRECTORY, SEE
from karama.referrals.models import Referral, ReferralStep, ReferralTask, Service
from karama.referrals.queries.directory import ATTRIBUTES
from karama.referrals.queries.lists import ATTRIBUTES as OF_TASKS
from karama.sync import registries
from karama.sync.declared import Arguments, Declaration, Down, Up, about_nobody, declare


@readymade
def _services(by: Actor) -> QuerySet[Service]:
    return visible_to(
        Service.objects.filter(closed_on__isnull=True),
        by=by, policy=DIRECTORY, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES,
    )  # fmt: skip


@readymade
def _tasks(by: Actor, people: Collection[UUID]) -> QuerySet[ReferralTask]:
    """Where referrals of these people stand, in the compartments of this actor."""
    return visible_to(
        ReferralTask.objects.filter(person__in=list(people)),
        by=by, policy=SEE, purpose=purpose_of(by), now=clock.now(), attributes=OF_TASKS,
    )  # fmt: skip


@readymade
def _of_tasks(by: Actor, people: Collection[UUID]) -> QuerySet[Referral]:
    return Referral.objects.filter(task__in=_tasks.make(by, people))


@readymade
def _steps(by: Actor, people: Collection[UUID]) -> QuerySet[ReferralStep]:
    return ReferralStep.objects.filter(referral__in=_of_tasks.make(by, people))


def _to_whom(details: Any) -> Any:
    """Of what a referral holds only the kind of help and the service; neither reason nor what was shared."""
    known = details if isinstance(details, Mapping) else {}
    service = known.get("service")
    return {"sector": known.get("sector"), "service": str(UUID(str(service))) if service else None}


def _about(arguments: Arguments) -> UUID | None:
    """Whom a referral is about."""
    try:
        wanted = UUID(str(arguments.get("referral")))
    except ValueError:
        return None
    return Referral.objects.filter(pk=wanted).values_list("person_id", flat=True).first()


UP = (
    Up("referrals.prepare_referral", _("Referral prepared")),
    Up("referrals.receive_referral", _("Somebody was referred to us")),
    Up("referrals.record_step", _("What became of a referral"), about=_about),
)
STAYS: Mapping[str, tuple[str, ...]] = {
    "What is shared is looked at once more, with the consent of that moment in view, before it leaves.": (
        "referrals.refer_in_emergency",
        "referrals.renew_slip",
        "referrals.send_referral",
    ),
    "The directory and agreements are kept at a screen, by whoever asks at services.": (
        "referrals.close_service",
        "referrals.end_agreement",
        "referrals.keep_service",
        "referrals.record_agreement",
        "referrals.verify_service",
    ),
    "It is weighed with the whole record, or with colleagues.": (
        "referrals.accept_incoming",
        "referrals.give_feedback",
        "referrals.hand_on",
        "referrals.take_up",
    ),
    "The number of a slip is looked up where all slips are.": ("referrals.take_in_slip",),
    "Whoever receives does it, with a token and its code.": (
        "referrals.answer_packet",
        "referrals.lock_packet",
        "referrals.open_packet",
        "referrals.try_packet",
    ),
}


def install() -> None:
    """Called once, when Django is ready."""
    registries.knowledge.register("referrals", travelling.knowledge)
    registries.knowledge_kinds.register("referrals", travelling.kinds)
    made = ("recorded_at", "emergency", "follows", "details")
    known = ("provider", "sector", "area", "hours", "cost", "languages", "access", "safe_for", "verified_on")
    declare(
        "referrals",
        Declaration(
            (
                Down(Service, ("programme", *known), about_nobody(_services), shared=True),
                Down(Referral, made, _of_tasks.later, shaped={"details": _to_whom}),
                Down(ReferralStep, ("referral", "place", "state", "source", "barrier", "scheduled_on"), _steps.later),
                Down(ReferralTask, ("referral", "direction", "urgency", "state", "ask_on"), _tasks.later),
            ),
            UP,
            STAYS,
        ),
    )
