"""Forms of the front desk. They read what was typed; what is allowed stands in the actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.people import tongues
from karama.people.forms.file import choice, line
from karama.reception import words
from karama.reception.models import CancelReason, Debrief, RoomKind, Sex, Way
from karama.reception.models.appointment import BY_DESK
from karama.safety.words import KINDS
from karama.ui.fields import WholeNumber
from karama.ui.rendering import KaramaForm

Choices = Sequence[tuple[str, Any]]
DAY = {"type": "date"}
CLOCK = {"type": "time"}
MINUTES = [(str(one), str(one)) for one in (30, 45, 60, 90, 120)]
MOST_LANGUAGES = 8
NOBODY = "nobody"


class AppointmentForm(KaramaForm):
    """When, with whom, where; an interpreter and childcare where they are there."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    at = forms.TimeField(
        label=pgettext_lazy("a time of the clock", "At"), widget=forms.TimeInput(attrs=CLOCK, format="%H:%M")
    )
    minutes = forms.ChoiceField(label=_("Minutes"), choices=MINUTES)
    worker = forms.ChoiceField(label=_("With whom"))
    room = forms.ChoiceField(label=_("Room"), required=False)
    interpreter = forms.ChoiceField(label=_("Interpreter"), required=False)
    children = WholeNumber(label=_("Children in childcare"), required=False, min_value=0, max_value=20)

    def __init__(
        self, *args: Any, workers: Choices, rooms: Choices, interpreters: Choices, childcare: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices("worker", workers)
        self._choices("room", [("", _("Not said yet")), *rooms], there=bool(rooms))
        self._choices("interpreter", [("", _("None")), *interpreters], there=bool(interpreters))
        if not childcare:
            del self.fields["children"]

    def _choices(self, name: str, choices: Choices, *, there: bool = True) -> None:
        if there:
            self.offer(name, choices)
        else:
            del self.fields[name]

    def arguments(self) -> dict[str, Any]:
        """For the action, without the moment."""
        told = self.cleaned_data
        return {
            "minutes": int(told["minutes"]),
            "worker": told["worker"],
            "room": told.get("room") or None,
            "interpreter": told.get("interpreter") or None,
            "children": told.get("children") or 0,
        }


class CancelForm(KaramaForm):
    """Why it is cancelled."""

    reason = choice(_("Why is it cancelled?"), [one for one in CancelReason.choices if one[0] in BY_DESK])


class CodeForm(KaramaForm):
    """Whose appointment it is, by the card."""

    code = line(_("Code on the card"), required=True, most=20)


class WalkInForm(KaramaForm):
    """Somebody without an appointment: with a card or without."""

    code = line(_("Code on the card"), most=20, help_text=_("Empty: a number is enough."))


class RoomForm(KaramaForm):
    """A room or childcare."""

    name = line(_("Name of the room"), required=True, most=40, help_text=_("It says nothing of what happens in it."))
    kind = choice(_("For whom"), RoomKind.choices)
    places = WholeNumber(label=_("Places"), min_value=1, max_value=200, initial=3)


class InterpreterForm(KaramaForm):
    """A line of the roster."""

    user = forms.ChoiceField(label=_("Colleague"))
    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple)
    sex = choice(_("As the interpreter says"), Sex.choices)
    signed_on = forms.DateField(
        label=_("Signed confidentiality on"),
        required=False,
        help_text=_("Empty: not yet. Then nobody can book."),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, users: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("user", users)
        self.offer("languages", tongues.offered(None, words.MORE_LANGUAGES))

    def clean_languages(self) -> list[str]:
        """As many as the roster holds."""
        told: list[str] = self.cleaned_data["languages"]
        if len(told) > MOST_LANGUAGES:
            raise forms.ValidationError(_("Choose at most eight languages."))
        return told


class WishForm(KaramaForm):
    """What a person wishes of an interpreter."""

    language = forms.ChoiceField(label=_("Language of the interpreter"))
    sex = choice(_("By whom"), [("any", _("Does not matter")), ("woman", _("A woman")), ("man", _("A man"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = str((self.initial or {}).get("language") or "")
        kept = (*words.MORE_LANGUAGES, told) if told else words.MORE_LANGUAGES
        self.offer("language", [("", _("Choose")), *tongues.offered(None, kept)])


class FindInterpreterForm(KaramaForm):
    """Somebody else of the roster, or that nobody of it is needed."""

    interpreter = forms.ChoiceField(label=_("Interpreter"))

    def __init__(self, *args: Any, interpreters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = (NOBODY, _("Nobody from the list is needed"))
        self.offer("interpreter", [("", _("Choose")), *interpreters, nobody])

    def chosen(self) -> str | None:
        """A line of the roster; None: nobody is needed."""
        told = str(self.cleaned_data["interpreter"])
        return None if told == NOBODY else told


class VetoForm(KaramaForm):
    """Who is not to hear this person."""

    user = forms.ChoiceField(label=_("Interpreter"))
    why = choice(_("Why"), [("veto", _("The person does not want it")), ("related", _("Related, or known privately"))])

    def __init__(self, *args: Any, users: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("user", users)


class DebriefForm(KaramaForm):
    """How the interpreter left."""

    debrief = choice(_("How did the interpreter leave?"), Debrief.choices)


class TryForm(KaramaForm):
    """One try, by an agreed way."""

    way = choice(_("How"), Way.choices)
    result = choice(_("What came of it"), list(words.RESULTS.items()))
    kind = forms.ChoiceField(
        label=_("If you are worried: about what?"), required=False, choices=[("", "–"), *KINDS.items()]
    )
    safe_now = forms.BooleanField(label=_("I have read the hours: it is safe now"), required=False)
    words = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )

    def __init__(self, *args: Any, ways: Sequence[str], unclear_hours: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("way", [(one, words.WAYS[one]) for one in ways])
        if not unclear_hours:
            del self.fields["safe_now"]


def length_of(starts: Any, ends: Any) -> str:
    """The minutes of an appointment as the form offers them."""
    return str(int((ends - starts) / timedelta(minutes=1)))
