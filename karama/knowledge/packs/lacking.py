"""What a programme still lacks, in words for the person who manages it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from karama.knowledge.loader import KnowledgeError, instrument
from karama.knowledge.packs.pack import Pack, SiteSafety
from karama.rules.classes import CARE_DUTIES, CONSENT_PURPOSES
from karama.rules.risk import SiteResponders, VerifiedService, safety_questions_allowed
from karama.rules.scoring import Card
from karama.rules.scoring.lock import locked_because


@dataclass(frozen=True)
class Lack:
    """One thing to put right. `blocks`: safety questions stay hidden, or an instrument unused, until then."""

    code: str
    where: str
    sentence: str
    blocks: bool


SITE_SENTENCES: Mapping[str, str] = {
    "responder": "Nobody is named to answer a safety alert. Name a responder.",
    "deputy": "The responder has no deputy, or is her own deputy. Name somebody else.",
    "unreachable": "The responder and her deputy are both away. Name somebody who is there.",
    "out_of_hours": "Nothing says what to do at night and at weekends. Write the out-of-hours answer.",
    "service": "No service is named to which somebody in danger can be brought. Name one.",
    "service_lapsed": "Nobody has checked lately that the service answers. Call it, and write down the day.",
}


def placeholder_responders(pack: Pack, site: str) -> SiteResponders:
    """Who answers at a site by duty, before the installation names people; empty when the pack has no entry."""
    entry = next((each for each in pack.safety.sites if each.site == site), None)
    if entry is None:
        return SiteResponders()
    return SiteResponders(
        responder=("responder", entry.responder_duty),
        deputy=("deputy", entry.deputy_duty),
        out_of_hours=entry.out_of_hours.get(pack.languages[0], ""),
        service=VerifiedService(entry.service, _verified_at(pack, entry), pack.safety.service_holds),
    )


def site_lacks(site: str, responders: SiteResponders, now: datetime) -> list[Lack]:
    """What one site lacks before safety questions may be asked there."""
    return [
        Lack(code, f"site {site}", SITE_SENTENCES[code], True) for code in safety_questions_allowed(responders, now)
    ]


def lacks(pack: Pack, now: datetime, at_sites: Mapping[str, SiteResponders] | None = None) -> list[Lack]:
    """Everything a pack lacks. `at_sites`: site code -> who answers there, once the installation knows."""
    found = [*_whole(pack), *_instruments(pack), *_follow_ups(pack), *_texts(pack), *_drafts(pack)]
    if any(pack.safety.questions.values()):
        for site in pack.sites:
            known = (at_sites or {}).get(site.code)
            found += site_lacks(site.code, known or placeholder_responders(pack, site.code), now)
    return found


def _verified_at(pack: Pack, entry: SiteSafety) -> datetime | None:
    if entry.verified_on is None:
        return None
    zone = next((site.time_zone for site in pack.sites if site.code == entry.site), "UTC")
    return datetime.combine(entry.verified_on, time(), ZoneInfo(zone)).astimezone(UTC)


def _whole(pack: Pack) -> Iterator[Lack]:
    if pack.status == "draft":
        yield Lack("draft", "pack.toml", "Nobody of the programme has reviewed this pack yet.", False)
    if not pack.sites:
        yield Lack("sites", "pack.toml", "The programme has no site. Add the first one.", True)
    if not pack.safety.chain:
        yield Lack("chain", "safety.toml", "No escalation chain says who is asked next. Write one.", True)
    for language in pack.unreviewed_languages:
        sentence = f"No native speaker has reviewed the texts in {language}."
        yield Lack("unreviewed_language", "texts.toml", sentence, False)
    for site in pack.safety.sites:
        for duty in sorted({site.responder_duty, site.deputy_duty} - CARE_DUTIES):
            sentence = f"The duty {duty} may not answer an alert. Choose a duty of the care team."
            yield Lack("responder_duty", f"site {site.site}", sentence, True)


def _instruments(pack: Pack) -> Iterator[Lack]:
    for scheduled in pack.instruments:
        card = _card(scheduled.code)
        where = f"instrument {scheduled.code}"
        if card is None:
            yield Lack("no_instrument", where, "This instrument does not ship with Karama.", True)
            continue
        if locked_because(card):
            yield Lack("locked", where, "Its safety rule has not been verified, so it is locked.", True)
        elif card.licence.permission_required:
            yield Lack("permission", where, "It is locked until the owner's permission is recorded.", True)
        for topic in sorted({str(rule.kind) for rule in card.safety}):
            if not pack.safety.questions.get(topic, False):
                sentence = f"It asks about {topic}, and the pack does not switch such questions on."
                yield Lack("question_off", where, sentence, True)
    for line in pack.thresholds:
        card = _card(line.instrument)
        if card is not None and line.cutoff not in {cutoff.code for cutoff in card.cutoffs}:
            sentence = f"The line {line.cutoff} is not on the instrument's card."
            yield Lack("no_cutoff", f"instrument {line.instrument}", sentence, False)


def _follow_ups(pack: Pack) -> Iterator[Lack]:
    if pack.safety.questions.get("suicide") and "suicide" not in pack.safety.follow_up:
        sentence = "Questions about suicide are on, but no follow-up screener is named."
        yield Lack("no_follow_up", "safety.toml", sentence, True)
    for topic, code in pack.safety.follow_up.items():
        card = _card(code)
        if card is None or locked_because(card) or card.licence.permission_required:
            sentence = f"The follow-up screener {code} does not ship, or is locked. Name another."
            yield Lack("follow_up_locked", f"follow-up for {topic}", sentence, True)


def _texts(pack: Pack) -> Iterator[Lack]:
    described = {text.purpose: text.words for text in pack.consent_texts}
    for purpose in CONSENT_PURPOSES:
        if purpose not in described:
            sentence = f"No text explains consent for {purpose}, so it cannot be asked."
            yield Lack("no_consent_text", "texts.toml", sentence, False)
    texts = {"limits of confidentiality": pack.limits.words, **described}
    for name, words in texts.items():
        absent = [language for language in pack.languages if language not in words]
        if absent:
            sentence = f"The text on {name} is missing in {', '.join(absent)}."
            yield Lack("missing_language", "texts.toml", sentence, False)


def _drafts(pack: Pack) -> Iterator[Lack]:
    for row in pack.country_duties:
        if row.evidence.draft:
            sentence = "This duty to report is a draft: it is not used until a lawyer has verified it."
            yield Lack("draft_duty", f"duty {row.duty.code}", sentence, False)
    for line in pack.thresholds:
        if line.evidence.draft:
            sentence = f"The line {line.cutoff} was not set on this population: it is shown as a draft."
            yield Lack("draft_threshold", f"instrument {line.instrument}", sentence, False)
    for entry in pack.safety.sites:
        if not entry.emergency_number or entry.number_evidence is None or entry.number_evidence.draft:
            sentence = "The emergency number has not been verified, so it is not shown."
            yield Lack("emergency_number", f"site {entry.site}", sentence, False)


def _card(code: str) -> Card | None:
    try:
        return instrument(code)
    except KnowledgeError:
        return None
