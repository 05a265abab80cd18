"""Forms about who belongs to a person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.people.forms.file import choice, line
from karama.people.models.family import Agrees, Mention
from karama.people.models.minor import Kin
from karama.ui.rendering import KaramaForm


class RelationForm(KaramaForm):
    """Somebody who belongs to the person."""

    called = line(_("What do you call this person?"), required=True)
    kin = forms.ChoiceField(label=_("What is this person to you?"), choices=[("", _("Choose")), *Kin.choices])
    mention = choice(_("May this person know that you come here?"), Mention.choices, initial=Mention.NEVER)
    reach = choice(
        _("May we speak with this person about you?"),
        [("never", _("Never")), ("may", _("Yes, as agreed"))],
        initial="never",
    )
    carer = forms.BooleanField(label=_("This person cares for you"), required=False)
    note = line(_("Note"), most=200)
    code = line(
        _("Code, if this person comes here too and both want the link"),
        help_text=_("Leave it empty unless both have said so. Without it nothing stands on the other page."),
        most=40,
    )


class MemberForm(KaramaForm):
    """Another participant who joins the family."""

    code = line(_("Code"), required=True, most=40)
    agrees = choice(_("What does this member say to being accompanied together?"), Agrees.choices, initial=Agrees.LATER)
    quiet = forms.BooleanField(
        label=_("Do not show on the pages of the others"),
        help_text=_("For violence at home and whenever this member wishes it."),
        required=False,
    )


class FamilyAnswerForm(KaramaForm):
    """What this member says herself."""

    agrees = choice(_("Do you want to be accompanied together with your family?"), Agrees.choices)
    was = forms.ChoiceField(choices=Agrees.choices, required=False, widget=forms.HiddenInput)
