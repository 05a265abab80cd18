"""What of this room travels to telephones, and what it answers to `sync`."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from karama.accounts import travelling
from karama.accounts.actions.devices import told_to_keep
from karama.accounts.models import Posting
from karama.accounts.queries import devices, watching
from karama.accounts.today import Line
from karama.journal import Actor
from karama.journal.together import Asks, asks
from karama.sync import registries
from karama.sync.declared import Declaration, Down, declare
from karama.sync.queries import waiting_for
from karama.ui.addresses import reverse


@asks
def today(*, by: Actor) -> Asks[Sequence[Line]]:
    """What telephones sent and nobody could enter, for the supervisor; fields that two people changed."""
    held, urgent, met = yield from waiting_for.asking(by)
    lines = []
    if held:
        grade = "now" if urgent else "today"
        lines.append(
            Line(40, _("Sent from a telephone, not entered yet"), reverse("sync:held"), grade=grade, detail=str(held))
        )
    if met:
        lines.append(
            Line(450, _("Two versions of one field to decide"), reverse("sync:conflicts"), "soon", detail=str(met))
        )
    return lines


def install() -> None:
    """Called once, when Django is ready."""
    registries.knowledge.register("accounts", travelling.knowledge)
    registries.knowledge_kinds.register("accounts", travelling.kinds)
    from karama.journal import registries as journal

    registries.signers.register("accounts", devices.signer)
    registries.actings.register("accounts", devices.acting)
    registries.overseers.register("accounts", devices.overseers)
    registries.keepings.register("accounts", told_to_keep)
    registries.sightings.register("accounts", watching.note_seen)
    registries.postings_of.register("accounts", devices.posting_ids)
    registries.aliases.register("accounts", devices.names)
    journal.today.register("sync", today)
    declare(
        "accounts",
        Declaration(
            down=(
                Down(
                    Posting,
                    ("duty", "programme", "site", "team", "work_alias", "from_on", "until_on"),
                    lambda by, people: devices.own_postings.later(by.id),
                    shared=True,
                ),
            ),
            whole_room="Users, duties, telephones and rotas are looked after at a screen, with a second factor.",
        ),
    )
