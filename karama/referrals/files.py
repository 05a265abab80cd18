"""What this room answers about a person's file: joined, erased, stopped, taken back, handed over, copied for her."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karama.accounts.models import Posting
from karama.accounts.reach import current
from karama.journal import Actor, clock
from karama.people.joined import file_that_remains, files_of
from karama.people.models import Consent
from karama.people.registries import CopySection, Executed, OpenWork, Stop, Stopped, Untold
from karama.referrals import header, sharing, words
from karama.referrals.following import duties_opening
from karama.referrals.models import Feedback, Packet, Referral, ReferralStep, ReferralTask
from karama.referrals.offered import sector_and_way
from karama.referrals.queries.referral import organisation_name, service_of
from karama.referrals.standing import close, details_of, held, step, tell_worker
from karama.rules import referrals as law
from karama.ui.addresses import reverse
from karama.ui.dates import day
from karama.ui.listing import in_a_row


def carry_over(*, by: Actor, source: UUID, into: UUID) -> None:
    """Every task goes to the file that remains; what happened stays with the file in which it happened.

    What was sent goes on only as far as both files allow it: the rules are asked again at each opening.
    """
    for task in ReferralTask.objects.filter(person_id=source):
        task.person_id = into
        task.save()


def part(*, by: Actor, source: UUID, into: UUID) -> None:
    """When files are separated again, each task goes back to the file in which its referral was made."""
    for task in ReferralTask.objects.filter(person_id=into, referral__person_id__in=files_of(source)):
        task.person_id = source
        task.save()


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Delete everything of an erased person, what leads to something before it. A packet's content goes with it."""
    own = Q(person_id=person) | Q(referral__person_id=person)
    for model in (Packet, Feedback, ReferralStep, ReferralTask):
        model._default_manager.filter(own).erase()
    Referral.objects.filter(person_id=person).erase()


def stop(*, by: Actor, person: UUID, why: Stop) -> None:
    """After a death every referral ends. A record at rest shares nothing more; wanted care goes on with its worker."""
    rows = ReferralTask.objects.filter(person_id__in=files_of(file_that_remains(person)))
    for one in rows.exclude(state__in=sorted(law.OVER)):
        row, task = held(one.referral_id)
        if why == "death":
            if law.may_follow(task.state, "ended"):
                step(row, task, "ended")
        elif why == "restriction" and not row.emergency and _shares(row):
            _stop_sharing(by, row, task, "rest")


def stopped(*, by: Actor, records: Collection[UUID]) -> list[Stopped]:
    """Referrals that ended; those of a compartment only to her whose duty opens it, and to its worker."""
    rows = ReferralTask.objects.filter(pk__in=records, state="ended").order_by("recorded_at", "id")
    told = [one for one in rows if one.compartment in by.compartments or one.worker_id == by.id]
    return [
        Stopped(_("A referral"), one.recorded_at.date(), reverse("referrals:referral", args=[one.referral_id]))
        for one in told
    ]


def _shares(row: Referral) -> bool:
    return Packet.objects.filter(referral=row, closed_at=None, shares=True).exists()


def _stop_sharing(by: Actor, row: Referral, task: ReferralTask, why: str) -> None:
    for packet in Packet.objects.filter(referral=row, closed_at__isnull=True):
        close(packet, why)
    if law.may_follow(task.state, "stopped"):
        step(row, task, "stopped")
    tell_worker(by, task, "referrals.stopped")


def withdrawn(*, by: Actor, person: UUID, purpose: str, consent: Consent) -> list[Executed]:
    """A yes to sharing was taken back, or a no was said: what rested on a yes closes at once, and what was read before
    is said (A3). A no that names no recipient names none of a compartment that not everybody opens.

    What was shared because life was in danger rests on something else and ends within its day.
    """
    if purpose != "share":
        return []
    files = files_of(file_that_remains(person))
    rows = Packet.objects.filter(person_id__in=files, shares=True).select_related("referral__site")
    if consent.organisation_id is not None:
        rows = rows.filter(organisation_id=consent.organisation_id)
    found: list[Executed] = []
    read: dict[str, bool] = {}
    now, why = clock.now(), "refused" if consent.decision == "no" else "withdrawn"
    for packet in rows.order_by("recorded_at", "id"):
        told = consent.organisation_id is not None or packet.referral.compartment in law.TOLD_TO_ALL
        name = organisation_name(packet.organisation_id) if told else ""
        read[name] = read.get(name, False) or packet.opened_at is not None
        if packet.referral.emergency or packet.closed_at is not None:
            continue
        if now < packet.expires_at and sharing.may_still_be_read(packet):
            continue  # another yes of hers still covers it
        _stop_sharing(by, *held(packet.referral_id), why)
        found += [Executed(name, "done", now)] if name else []
    before = _("%(who)s: what was read before")
    return found + [Executed(before % {"who": name}, "cannot") for name, was_read in read.items() if name and was_read]


def open_work(person: UUID) -> Sequence[OpenWork]:
    """Referrals that are not over; those of a compartment are told to nobody whose duty does not open it."""
    rows = ReferralTask.objects.filter(person_id=person).exclude(state__in=sorted(law.OVER))
    kept: dict[str, frozenset[UUID]] = {}
    found = []
    for one in rows:
        if one.compartment not in kept:
            kept[one.compartment] = _who_opens_not(one.compartment)
        url = reverse("referrals:referral", args=[one.referral_id])
        found.append(
            OpenWork("referral", one.referral_id, _("A referral"), url, kept[one.compartment] - {one.worker_id})
        )
    return found


def on_the_way(person: UUID, reader: UUID) -> bool:
    """Whether a referral was sent that nobody has declined or called off, among those the reader may be told of."""
    rows = ReferralTask.objects.filter(
        person_id__in=files_of(person), referral__direction="out", state__in=sorted(law.ON_THE_WAY)
    )
    return any(one.worker_id == reader or reader not in _who_opens_not(one.compartment) for one in rows)


def _who_opens_not(compartment: str) -> frozenset[UUID]:
    rows = Posting.objects.filter(current(clock.now()))
    opens = set(rows.filter(duty__in=duties_opening(compartment)).values_list("user_id", flat=True))
    return frozenset(set(rows.values_list("user_id", flat=True)) - opens)


def untold(reader: UUID, files: Collection[UUID]) -> Untold:
    """The referrals of these files whose compartment this reader does not open, unless she made or carries them.

    An opening does not say of which referral, so all are told in the words of the page of every kind of help. Those
    that tell more are told to nobody who may be kept from something, whether there is such a referral or not: a silence
    would tell that there is one.
    """
    tasks = ReferralTask.objects.filter(Q(person_id__in=files) | Q(referral__person_id__in=files))
    others = list(
        tasks.exclude(Q(worker_id=reader) | Q(referral__author_id=reader)).values_list("referral_id", "compartment")
    )
    shut = {one for one in {compartment for _id, compartment in others} if reader in _who_opens_not(one)}
    kept = frozenset(referral for referral, compartment in others if compartment in shut)
    silent = any(reader in _who_opens_not(one) for one in sorted(set(law.SECTORS.values())))
    routes = frozenset(header.TELLING) if silent else frozenset()
    if not kept:
        return Untold(routes=routes)
    hanging = (Packet, Feedback, ReferralStep, ReferralTask)
    rows = [model._default_manager.filter(referral__in=kept).values_list("id", flat=True) for model in hanging]
    return Untold(kept.union(*rows), routes)


def readable_copy(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """Where she was referred and what came of it, and what was shared with whom; as far as the reader opens it."""
    told: list[tuple[Any, Any]] = []
    rows = ReferralTask.objects.filter(person_id__in=files_of(person)).select_related("referral")
    for one in rows.order_by("recorded_at", "id"):
        if one.compartment in by.compartments or one.worker_id == by.id:
            told += _told(by, one)
    return [CopySection(_("Where you were referred"), told)]


def _told(by: Actor, task: ReferralTask) -> list[tuple[Any, Any]]:
    row = task.referral
    details = details_of(row)
    place = service_of(details)
    sector, way = sector_and_way(by, row, details)
    where = place.provider if place is not None else details.get("came_from") or way or words.SECTORS.get(sector, "")
    found: list[tuple[Any, Any]] = [(day(row.recorded_at), f"{where}: {words.STATES[task.state]}")]
    for packet in Packet.objects.filter(referral=row, shares=True).order_by("recorded_at"):
        fields = in_a_row(str(words.TOLD[one]) for one in sharing.chosen(row))
        found.append((_("Shared"), f"{organisation_name(packet.organisation_id)}: {fields}"))
    return found
