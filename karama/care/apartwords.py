"""In words: who is in the room, offered services, what is recorded after violence, the conversation by code."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise
Choices = list[tuple[str, Text]]

ALONE: Final[Choices] = [
    ("alone", _("Alone with me, and nobody can overhear")),
    ("our_interpreter", _("With our own interpreter, and nobody else can overhear")),
    ("desk", _("I am by myself; the person is not here")),
]
ACCOMPANIED: Final[Choices] = [
    ("partner", _("A partner is here")),
    ("child", _("A child is here")),
    ("relative", _("A relative is here")),
    ("relative_interprets", _("A relative or friend interprets")),
    ("somebody", _("Somebody could overhear, or I cannot tell")),
]

SAID: Final[dict[str, Text]] = {
    "accepted": pgettext_lazy("an offered service", "Wants it"),
    "declined": pgettext_lazy("an offered service", "Does not want it"),
    "later": pgettext_lazy("an offered service", "Perhaps later"),
}
SAID_BADGES: Final = {"accepted": "open", "declined": "refused", "later": "waiting"}

INCIDENT_TYPES: Final[dict[str, Text]] = {
    "rape": _("Rape"),
    "sexual_assault": _("Sexual assault"),
    "physical_assault": _("Physical assault"),
    "forced_marriage": _("Forced marriage"),
    "denial_of_resources": _("Denial of resources, opportunities or services"),
    "psychological": _("Psychological or emotional abuse"),
}
TIMINGS: Final[dict[str, Text]] = {
    "three_days": _("In the last 3 days"),
    "five_days": _("4 or 5 days ago"),
    "two_weeks": _("Up to 2 weeks ago"),
    "month": _("Up to a month ago"),
    "three_months": _("Up to 3 months ago"),
    "longer": _("Longer ago"),
    "unknown": _("Not known"),
}
ACTORS: Final[dict[str, Text]] = {
    "partner": _("Partner or former partner"),
    "family": _("Somebody of the family"),
    "known": _("Somebody known"),
    "not_known": _("Somebody not known"),
    "armed": _("Somebody armed"),
    "authority": _("Somebody in authority"),
    "several": _("Several people"),
    "not_said": _("Not said"),
}
SERVICES: Final[dict[str, Text]] = {
    "health": _("Health care"),
    "psychosocial": _("Psychosocial support"),
    "safety": _("A safe place"),
    "legal": _("Legal advice"),
    "livelihood": _("Livelihood"),
}
ANSWERED: Final[dict[str, Text]] = {
    "accepted": pgettext_lazy("an offered service", "Wants it"),
    "declined": pgettext_lazy("an offered service", "Does not want it"),
    "not_available": pgettext_lazy("an offered service", "There is none"),
}

QUESTIONS: Final[dict[str, Text]] = {
    "worry": _("Do worries go round and round in your head?"),
    "sadness": _("Do you feel low, or without strength?"),
    "sleep": _("Is your sleep bad?"),
    "calm": _("Is it hard for you to become calm?"),
    "daily": _("Is it hard to do what each day asks of you?"),
    "alcohol": _("Do you drink more than is good for you?"),
    "drugs": _("Do you take drugs, or medicines, in a way that worries you?"),
    "hope": _("Do you think of ending your life?"),
    "hurt": _("Is somebody hurting you?"),
    "forced": _("In the last days, did somebody do something sexual to you that you did not want?"),
    "afraid": _("Are you afraid of going back to where you stay?"),
    "change": _("How are you since we met?"),
}
"""Our own questions, in plain words. They are no instrument, and nobody validated them."""

ANSWERS: Final[dict[str, Text]] = {
    "no": pgettext_lazy("an answer", "No"),
    "sometimes": pgettext_lazy("an answer", "Sometimes"),
    "often": pgettext_lazy("an answer", "Often"),
    "yes": pgettext_lazy("an answer", "Yes"),
    "better": pgettext_lazy("how somebody is", "Better"),
    "same": pgettext_lazy("how somebody is", "The same"),
    "worse": pgettext_lazy("how somebody is", "Worse"),
    "skipped": pgettext_lazy("an answer", "Skip"),
    "not_asked": pgettext_lazy("an answer", "Not asked"),
}

THEMES: Final[dict[str, Text]] = {
    "distress": _("Worry, low mood, sleep or daily life"),
    "substance": _("Drink or drugs"),
    "hope": _("Thoughts of ending life: colleagues were told"),
}

BRIEF: Final[dict[str, Text]] = {
    "pfa": _("Psychological first aid"),
    "motivational": _("A motivating conversation"),
    "coping": _("Ways of coping"),
    "psychoeducation": _("Explaining what is happening"),
}

BRIEF_STEPS: Final[dict[str, tuple[Text, ...]]] = {
    "pfa": (
        _("See that it is safe here and now, and what is needed first."),
        _("Listen. Do not press for the story."),
        _("Bring together with people and services that help."),
    ),
    "motivational": (
        _("Ask what is good about it, and what is less good."),
        _("Ask what the person would like to be different, and why."),
        _("Agree on one small step, if the person wants one."),
    ),
    "coping": (
        _("Breathe out slowly together, for two minutes."),
        _("Ask what has helped before, and plan it for tomorrow."),
        _("Ask who could be with the person, and when."),
    ),
    "psychoeducation": (
        _("Say that many people feel so after what they have been through."),
        _("Say what usually helps: sleep, people, movement, fewer drinks."),
        _("Say when and how to come back."),
    ),
}
"""What a brief intervention is made of, in our own words, for a card beside the conversation."""
