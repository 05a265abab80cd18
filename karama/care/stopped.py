"""What a death had called off, found in the journal: what was written down together with it, in every file of a person.

Only the ids of records that changed are read; each room says of its own what the reader may know.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.care.models import Closure, Death, DeathTakenBack, DraftResponse, NoteDraft
from karama.journal import Actor
from karama.journal.models import Change, Entry
from karama.people.registries import Stopped, stopped_among
from karama.ui.addresses import reverse

JOINED: Final = "people.join_files"
"""Where a death stands in one of two files that are joined, it ends what the other one had."""


def stopped_by(by: Actor, files: Collection[UUID], back: DeathTakenBack) -> list[Stopped]:
    """What a death that was taken back had called off, as far as the reader may know of it."""
    changed = _changed_with(files, back)
    records = {row for _kind, row in changed}
    closed = Closure.objects.filter(pk__in=records, reason="died", episode__state="closed").select_related("episode")
    told = [
        Stopped(_("An episode of care"), one.episode.opened_on, reverse("care:episode", args=[one.episode_id]))
        for one in closed.order_by("episode__opened_on", "id")
    ]
    told += stopped_among(by=by, records=records)
    if {kind for kind, _row in changed} & {DraftResponse.KIND, NoteDraft.KIND}:
        told.append(Stopped(_("A draft that was not finished: it is gone")))
    return told


def _changed_with(files: Collection[UUID], back: DeathTakenBack) -> set[tuple[int, UUID]]:
    """(kind, id) of what was changed in these files by writing down the death, or by joining files until it was taken
    back, and by what either of these called."""
    places = dict(
        Change.objects.filter(kind__in=(Death.KIND, DeathTakenBack.KIND), row__in=(back.death_id, back.id)).values_list(
            "row", "seq"
        )
    )
    first, last = places.get(back.death_id), places.get(back.id)
    if first is None or last is None:
        return set()
    own = list(Change.objects.filter(subject__in=files, seq__gte=first, seq__lt=last).values_list("seq", "kind", "row"))
    entries = Entry.objects.filter(seq__in={seq for seq, _kind, _row in own}).order_by("seq")
    causes: set[UUID] = set()
    caused: set[int] = set()
    for seq, id, parent, action in entries.values_list("seq", "id", "parent", "action"):
        if seq == first or parent in causes or action == JOINED:
            causes.add(id)
            caused.add(seq)
    return {(kind, row) for seq, kind, row in own if seq in caused}
