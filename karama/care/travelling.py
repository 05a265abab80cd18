"""What telephones learn to care with: services, moments, techniques, and instruments in the words that are loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache, partial
from typing import Any

from django.conf import settings

from karama.care import cards, pathways, recordings, wording
from karama.care.access import CLINICAL, GIVING
from karama.care.models import FocalPoint, InstalledRecording, InstalledWording, OwnerPermission
from karama.care.queries.company import VIOLENCE, topics_nobody_answers
from karama.journal import Actor, clock
from karama.knowledge.loader import KnowledgeError, instrument, instruments
from karama.knowledge.pack_pathway import Said
from karama.knowledge.packs import Pack
from karama.knowledge.value_sets import coded, offered, red_flags
from karama.programme.queries import safety_questions_open
from karama.programme.travelling import open_sites, pack_at, pack_of
from karama.rules.classes import CARE_DUTIES
from karama.rules.scoring import Card
from karama.rules.scoring.travelling import plain
from karama.sync.knowledge import in_languages, once_for_each
from karama.ui.labels import said


def kinds() -> Collection[int]:
    """The records on which it depends what may be asked, and in which words."""
    return (InstalledWording.KIND, InstalledRecording.KIND, OwnerPermission.KIND, FocalPoint.KIND)


def knowledge(by: Actor) -> Mapping[str, Any]:
    """The part `care` for duties of care; for those that ask and read questionnaires the instruments, and what of them
    can be heard."""
    pack = pack_of(by)
    if pack is None or by.duty not in CARE_DUTIES:
        return {}
    clinical = by.duty in CLINICAL
    asked = {**_asked(pack), "compares": True} if clinical else NOTHING_ASKED
    told = {"care": {**_services(pack), "lists": _lists(by.duty), **asked}}
    instruments_told = _instruments(by, pack) if clinical else {}
    return {**told, **instruments_told, **recordings.travelling(instruments_told)}


CHOSEN_FROM: Mapping[str, Collection[str]] = {
    "cautions": CARE_DUTIES,
    "assistive_products": CARE_DUTIES,
    "presentations": GIVING,
    "mns": GIVING,
    "exercises": ("physiotherapist",),
    "body_regions": ("physiotherapist",),
    "red_flags": ("physiotherapist",),
}
"""Lists of codes, and the duties that choose from them."""


@lru_cache(maxsize=32)
def _lists(duty: str) -> Mapping[str, Any]:
    """The lists of a duty: what is offered, in words; of a warning sign also how soon somebody answers it."""
    grades = {one.code: one.grade for one in red_flags()}
    return {
        name: [
            {"code": code, "names": dict(names), **({"grade": grades[code]} if name == "red_flags" else {})}
            for code, names in offered(red_flags() if name == "red_flags" else coded(name))
        ]
        for name, duties in CHOSEN_FROM.items()
        if duty in duties
    }


NOTHING_ASKED: Mapping[str, Any] = {"schedule": [], "techniques": [], "headings": [], "thresholds": []}


@once_for_each
def _services(pack: Pack) -> Mapping[str, Any]:
    return {
        "services": [
            {"code": one.code, "names": dict(one.names), "layer": one.layer, "duties": list(one.cadres)}
            for one in pack.services
        ],
        "waves": [
            {"code": one.code, "names": dict(one.names), "at": one.at, "months": one.months} for one in pack.waves
        ],
    }


@once_for_each
def _asked(pack: Pack) -> Mapping[str, Any]:
    """What only whoever asks needs. Lines that nobody confirmed for these people suggest nothing and stay here."""
    found = pathways.of_programme(pack.code)
    return {
        "schedule": [
            {"instrument": one.code, "waves": list(one.waves), "everySessions": one.every_sessions}
            for one in pack.instruments
        ],
        "techniques": [_said(one) for one in found.techniques],
        "headings": [_said(one) for one in found.headings],
        "thresholds": [
            {"instrument": one.instrument, "cutoff": one.cutoff, "suggests": one.suggests}
            for one in pack.thresholds_in_force()
        ],
    }


def _said(one: Said) -> dict[str, Any]:
    return {"code": one.code, "names": dict(one.names)}


def _instruments(by: Actor, pack: Pack) -> dict[str, Any]:
    """Those the programme names or has the words of, in the compartments of this duty; one about violence only where
    somebody is there to answer it, and never as something that is locked."""
    wanted = [one.code for one in pack.instruments] + list(pack.safety.follow_up.values()) + sorted(_worded())
    violence = _violence_is_answered(by)
    parts = {}
    for card in _cards(wanted):
        part = _instrument(card, pack)
        about_violence = cards.compartment_of(card.code) == VIOLENCE
        if cards.compartment_of(card.code) in by.compartments and (
            not about_violence or (violence and not part["locked"])
        ):
            parts[f"instrument:{card.code}"] = part
    return parts


def _worded() -> set[str]:
    rows = InstalledWording.objects.filter(removed_at__isnull=True)
    return set(rows.values_list("instrument", flat=True))


def _cards(codes: Collection[str]) -> list[Card]:
    found = []
    for code in dict.fromkeys(codes):
        try:
            found.append(instrument(code))
        except KnowledgeError:
            continue
    return [card for card in found if card.audience == "participant" and card.code in instruments()]


def _violence_is_answered(by: Actor) -> bool:
    """Whether a pack switched questions about violence on, and somebody at one of these sites answers them now."""
    now = clock.now()
    return any(
        (pack := pack_at(site)) is not None
        and pack.safety.questions.get(VIOLENCE, False)
        and safety_questions_open(site.id, now)
        and VIOLENCE not in topics_nobody_answers(site.id)
        for site in open_sites(by)
    )


def _instrument(card: Card, pack: Pack) -> dict[str, Any]:
    why = wording.locked(card) or ""
    told = {} if why else _wordings(card, pack)
    titles = {language: one.pop("title") for language, one in told.items()}
    return {
        "code": card.code,
        "version": card.version,
        "names": {"en": card.name} | {language: title for language, title in titles.items() if title},
        "card": _plain(card),
        "labels": _labels(card),
        "wording": told,
        "locked": why or ("" if told else "wording"),
    }


def _wordings(card: Card, pack: Pack) -> dict[str, dict[str, Any]]:
    """By language, as the desk puts it: what is loaded; in a demonstration without any, labels of our own."""
    rows = [row for row in wording.installed(card.code) if row.version == card.version]
    found = {row.language: _words(one, row.validated) for row in rows if (one := wording.load(row)) is not None}
    if not found and settings.KARAMA_DEMO:
        known = dict(settings.LANGUAGES)
        return {code: _words(wording.demonstration(card, code), code in known) for code in pack.languages}
    return found


def _words(found: wording.Wording, validated: bool) -> dict[str, Any]:
    return {
        "title": found.title,
        "before": found.instructions,
        "items": dict(found.items),
        "answers": {code: dict(labels) for code, labels in found.answers.items()},
        "validated": validated,
        "labelsOnly": found.demonstration,
    }


@once_for_each
def _labels(card: Card) -> Mapping[str, Any]:
    """Bands and lines in the languages of the interface: labels of our own, never the words of an instrument."""
    bands = {band.label for banding in card.bandings for band in banding.bands if band.label}
    return {
        label: in_languages(partial(said, label)) for label in sorted(bands | {cut.purpose for cut in card.cutoffs})
    }


@once_for_each
def _plain(card: Card) -> Any:
    return plain(card)
