"""The question whether a worker is involved with a person. Nothing chosen means that nobody was asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.people.forms.file import Choices, choice, line
from karama.people.forms.reach import ContactStep
from karama.ui.rendering import KaramaForm

NO = ("none", _("No"))
LIFTED = ("lifted", _("Not any more, or it was a mistake"))


class ConflictForm(KaramaForm):
    """Said of a colleague."""

    conflict = choice(
        _("Is this worker a relative, a neighbour or otherwise involved?"),
        [NO, ("declared", _("Yes, and the person wants this worker all the same"))],
        required=False,
    )
    conflict_note = line(_("If yes: why, and how did the person agree?"), most=200)

    def __init__(self, *args: Any, asks: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks:
            del self.fields["conflict"], self.fields["conflict_note"]

    def clean_conflict(self) -> str:
        """What nobody chose was not asked."""
        return self.cleaned_data["conflict"] or "not_asked"


class OwnConflictForm(ConflictForm):
    """Said of oneself."""

    conflict = choice(
        _("Are you a relative, a neighbour or otherwise involved?"), [NO, ("declared", _("Yes"))], required=False
    )
    conflict_note = line(_("If yes: in what way?"), most=200)


class OwnContactStep(OwnConflictForm, ContactStep):
    """The last step of a registration by whoever becomes responsible: how to reach her, and the own answer."""

    field_order = ("contact_address", "conflict", "conflict_note")


class WorkerForm(ConflictForm):
    """A worker and what she is to the person. A supervisor may lift what was declared."""

    user = forms.ChoiceField(label=_("Worker"))
    role = choice(_("As"), [("lead", _("Responsible")), ("member", _("Works with"))], initial="member")
    field_order = ("user", "role", "conflict", "conflict_note")

    def __init__(self, *args: Any, workers: Choices, lifts: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("user", [("", _("Choose")), *workers])
        if lifts:
            field = self.fields["conflict"]
            self.offer("conflict", [*field.choices, LIFTED])  # type: ignore[attr-defined]  # it is a choice
