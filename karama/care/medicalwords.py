"""Medicines, the body and visits in plain words. Names of coded lists come from `knowledge/value_sets`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from karama.knowledge.value_sets import coded, medicine, medicines, offered, red_flags
from karama.rules.medication import SAME_KIND, Warned
from karama.ui.bidi import isolate_plain

Text = str | Promise
APART = "torture"
"""The cause of a need that lies in a compartment of its own, and stands on no paper."""

STATES: dict[str, tuple[str, Text]] = {
    "running": ("done", pgettext_lazy("a prescription", "Running")),
    "due": ("waiting", pgettext_lazy("a prescription", "Ends within a week")),
    "lapsed": ("missing", pgettext_lazy("a prescription", "Has run out")),
    "stopped": ("closed", pgettext_lazy("a prescription", "Stopped")),
    "renewed": ("closed", pgettext_lazy("a prescription", "Goes on in a newer one")),
}
BEARING: dict[str, Text] = {
    "pregnant": pgettext_lazy("pregnancy", "Pregnant"),
    "could": pgettext_lazy("pregnancy", "Could become pregnant"),
    "cannot": pgettext_lazy("pregnancy", "Cannot become pregnant"),
    "unknown": pgettext_lazy("pregnancy", "Not known"),
}
GROUPS: dict[str, Text] = {
    "extrapyramidal": _("Movement: stiff, restless, trembling, cramps"),
    "metabolic": _("Weight, sugar or blood pressure"),
    "other": pgettext_lazy("side effects", "Something else"),
}
LEFT: dict[str, Text] = {
    "none": pgettext_lazy("pills left", "None"),
    "days": pgettext_lazy("pills left", "For some days"),
    "week": pgettext_lazy("pills left", "For a week or two"),
    "more": pgettext_lazy("pills left", "For longer"),
}
YES_NO: dict[str, Text] = {"yes": _("Yes"), "no": _("No")}
STOCK: dict[str, tuple[str, Text]] = {
    "out": ("missing", pgettext_lazy("stock of medicines", "Nothing left")),
    "short": ("waiting", pgettext_lazy("stock of medicines", "Less than four weeks' use")),
    "enough": ("done", pgettext_lazy("stock of medicines", "Enough")),
}
EXPIRY: dict[str, tuple[str, Text]] = {
    "expired": ("missing", pgettext_lazy("a batch", "Expired: do not hand out")),
    "soon": ("waiting", pgettext_lazy("a batch", "Expires within two months")),
    "later": ("done", pgettext_lazy("a batch", "Good")),
}
SAME: Text = _("A medicine of the same kind is still being taken")

REACTION: dict[str, Text] = {
    "better": pgettext_lazy("after a session", "Better"),
    "same": pgettext_lazy("after a session", "As before"),
    "worse": pgettext_lazy("after a session", "Worse"),
}
PRACTICE: dict[str, Text] = {
    "given": pgettext_lazy("homework", "Agreed"),
    "reviewed": pgettext_lazy("homework", "Looked at and agreed anew"),
    "none": pgettext_lazy("homework", "None"),
}
MARKS: dict[str, Text] = {"pain": _("Hurts"), "spread": _("Pain spreads here")}

EMERGENCIES: dict[str, Text] = {
    "seizure": _("A seizure now"),
    "self_harm": _("Hurt themselves or wants to die"),
    "violent": _("Violent, or about to be"),
    "withdrawal": _("Severe withdrawal"),
}
DONE: dict[str, Text] = {
    "psychoeducation": _("Explained what it is and what helps"),
    "brief_intervention": _("A brief intervention"),
    "medicine": _("A medicine"),
    "referred": _("Referred"),
}
CHANGE: dict[str, Text] = {
    "better": pgettext_lazy("since the last visit", "Better"),
    "same": pgettext_lazy("since the last visit", "The same"),
    "worse": pgettext_lazy("since the last visit", "Worse"),
}
CHANGE_STEPS: dict[str, Text] = {
    "very_much_better": pgettext_lazy("since the last visit", "Very much better"),
    "much_better": pgettext_lazy("since the last visit", "Much better"),
    "a_little_better": pgettext_lazy("since the last visit", "A little better"),
    "unchanged": pgettext_lazy("since the last visit", "No change"),
    "a_little_worse": pgettext_lazy("since the last visit", "A little worse"),
    "much_worse": pgettext_lazy("since the last visit", "Much worse"),
    "very_much_worse": pgettext_lazy("since the last visit", "Very much worse"),
}
TRIED: dict[str, Text] = {
    "called": pgettext_lazy("what was tried", "Called, as agreed"),
    "message": pgettext_lazy("what was tried", "A neutral message"),
    "person": pgettext_lazy("what was tried", "Asked through the trusted person"),
    "visited": pgettext_lazy("what was tried", "Went there, as agreed"),
}
PHYSICAL: dict[str, Text] = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}
PREGNANT: dict[str, Text] = {**PHYSICAL, "not_applicable": _("Does not apply")}
CERTAINTY: dict[str, Text] = {
    "suspected": pgettext_lazy("how certain", "Suspected"),
    "provisional": pgettext_lazy("how certain", "Provisional"),
    "confirmed": pgettext_lazy("how certain", "Confirmed"),
}


def said(names: Any) -> str:
    """The name of an entry in the language in use; in English where the list does not speak it."""
    return str(names.get((get_language() or "en").split("-")[0]) or names["en"])


def choices(name: str) -> list[tuple[str, str]]:
    """(code, words) of what may be chosen from a list."""
    return [(code, said(names)) for code, names in offered(coded(name))]


def word(name: str, code: str) -> str:
    """The words of a code of a list, also of one that is no longer offered."""
    return next((said(one.names) for one in coded(name) if one.code == code), code)


def icd_words(code: str) -> str:
    """A code of ICD-11 with its words where they are known; words that nobody has verified say so."""
    found = next((one for one in coded("icd11") if one.code == code.partition(".")[0]), None)
    if found is None or not code:
        return isolate_plain(code) if code else ""
    told = {"code": isolate_plain(code), "words": said(found.names)}
    if found.evidence.draft:
        return _("%(code)s (%(words)s; these words are not verified)") % told
    return f"{told['code']} ({told['words']})"


def change_words(fields: Mapping[str, Any]) -> Text:
    """How it goes since the last visit: in seven steps where it was asked so, else in three."""
    return CHANGE_STEPS.get(fields.get("change_step") or "") or CHANGE.get(fields.get("change") or "", "")


def words_of(name: str, codes: Iterable[str] | None) -> str:
    """Several codes in one line; empty for none."""
    return " · ".join(word(name, code) for code in codes or ())


def word_of_flag(code: str) -> str:
    """The words of a red flag."""
    return next((said(one.names) for one in red_flags() if one.code == code), code)


def medicine_name(atc: str) -> str:
    """The name of a medicine."""
    found = medicine(atc)
    return said(found.names) if found else atc


def medicine_choices() -> list[tuple[str, str]]:
    """(ATC code, name and code) of every medicine of the list, by name."""
    found = [(one.atc, f"{said(one.names)} ({one.atc})") for one in medicines().values()]
    return sorted(found, key=lambda one: one[1])


def caution_words(atc: str, code: str) -> Text:
    """A caution of a medicine in words."""
    if code == SAME_KIND:
        return SAME
    found = medicine(atc)
    return next((said(one.names) for one in found.cautions if one.code == code), code) if found else code


def cautions_in_words(atc: str, speaking: Iterable[Warned]) -> list[tuple[Text, bool]]:
    """(words, whether it blocks) of the cautions that speak."""
    return [(caution_words(atc, one.code), one.blocking) for one in speaking]


def dose_words(dose: dict[str, Any]) -> Text:
    """A dose in one line, numbers first. The amount stays beside its unit in a line from right to left, too."""
    amount = isolate_plain(f"{dose['amount']} {dose['unit']}")
    return _("%(amount)s, %(times)s times a day, for %(days)s days") % {**dose, "amount": amount}
