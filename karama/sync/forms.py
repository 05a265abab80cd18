"""What a person enters when she decides."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.ui.rendering import KaramaForm


class AsideForm(KaramaForm):
    """Why a held operation will not be entered."""

    reason = forms.CharField(label=_("Why it is set aside"), max_length=2000, required=False, widget=forms.Textarea)


class DecideForm(KaramaForm):
    """Which version is right."""

    chosen = forms.ChoiceField(
        label=_("What is right now?"),
        choices=[
            ("earlier", _("The earlier version")),
            ("later", _("The later version")),
            ("as_is", _("What stands in the record now")),
        ],
        widget=forms.RadioSelect,
    )


class CourierForm(KaramaForm):
    """A file that a telephone made for a courier."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("A telephone saved it. You cannot read it, and nobody on the way can."),
        allow_empty_file=True,
    )
