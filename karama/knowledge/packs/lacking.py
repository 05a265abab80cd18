"""What a programme still lacks, by code; `programme.lacking` says it in words for the person who manages it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from importlib.resources import files
from zoneinfo import ZoneInfo

from karama.knowledge.loader import KnowledgeError, instrument
from karama.knowledge.pack_contact import contact_rules
from karama.knowledge.packs.pack import Pack, SiteSafety
from karama.knowledge.packs.reading import PackError
from karama.rules.classes import CARE_DUTIES, CONSENT_PURPOSES
from karama.rules.risk import SiteResponders, VerifiedService, safety_questions_allowed
from karama.rules.scoring import Card
from karama.rules.scoring.lock import locked_because

OPTIONAL = ("people.toml", "pathway.toml", "contact.toml", "desk.toml", "rights.toml", "registers.toml")
"""Files of a pack without which the house's own, cautious rules hold."""


@dataclass(frozen=True)
class Lack:
    """One thing to put right. `blocks`: safety questions stay hidden, or an instrument unused, until then.

    `where`: a file of the pack, or `site`, `instrument`, `duty`, `follow_up` and a code. `values` go into the sentence.
    """

    code: str
    where: str
    blocks: bool
    values: Mapping[str, str] = field(default_factory=dict)


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
    return [Lack(code, f"site {site}", True) for code in safety_questions_allowed(responders, now)]


def lacks(pack: Pack, now: datetime, at_sites: Mapping[str, SiteResponders] | None = None) -> list[Lack]:
    """Everything a pack lacks. `at_sites`: site code -> who answers there, once the installation knows."""
    found = [*_whole(pack), *_instruments(pack), *_follow_ups(pack), *_texts(pack), *_drafts(pack), *_files(pack)]
    found += _peers(pack)
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
        yield Lack("draft", "pack.toml", False)
    if not pack.sites:
        yield Lack("sites", "pack.toml", True)
    if not pack.safety.chain:
        yield Lack("chain", "safety.toml", True)
    for language in pack.unreviewed_languages:
        yield Lack("unreviewed_language", "texts.toml", False, {"language": language})
    for site in pack.safety.sites:
        for duty in sorted({site.responder_duty, site.deputy_duty} - CARE_DUTIES):
            yield Lack("responder_duty", f"site {site.site}", True, {"duty": duty})


def _instruments(pack: Pack) -> Iterator[Lack]:
    for scheduled in pack.instruments:
        card = _card(scheduled.code)
        where = f"instrument {scheduled.code}"
        if card is None:
            yield Lack("no_instrument", where, True)
            continue
        if locked_because(card):
            yield Lack("locked", where, True)
        elif card.licence.permission_required:
            yield Lack("permission", where, True)
        for topic in sorted({str(rule.kind) for rule in card.safety}):
            if not pack.safety.questions.get(topic, False):
                yield Lack("question_off", where, True, {"topic": topic})
    for line in pack.thresholds:
        card = _card(line.instrument)
        if card is not None and line.cutoff not in {cutoff.code for cutoff in card.cutoffs}:
            yield Lack("no_cutoff", f"instrument {line.instrument}", False, {"line": line.cutoff})


def _follow_ups(pack: Pack) -> Iterator[Lack]:
    if pack.safety.questions.get("suicide") and "suicide" not in pack.safety.follow_up:
        yield Lack("no_follow_up", "safety.toml", True)
    for topic, code in pack.safety.follow_up.items():
        card = _card(code)
        if card is None or locked_because(card) or card.licence.permission_required:
            yield Lack("follow_up_locked", f"follow_up {topic}", True, {"instrument": code})


def _texts(pack: Pack) -> Iterator[Lack]:
    described = {text.purpose: text.words for text in pack.consent_texts}
    for purpose in CONSENT_PURPOSES:
        if purpose not in described:
            yield Lack("no_consent_text", "texts.toml", False, {"text": purpose})
    for name, words in {"limits": pack.limits.words, **described}.items():
        absent = [language for language in pack.languages if language not in words]
        if absent:
            yield Lack("missing_language", "texts.toml", False, {"text": name, "languages": ", ".join(absent)})


def _files(pack: Pack) -> Iterator[Lack]:
    """Files that a programme may leave out, as the house's own rules then hold; and services that nobody offers."""
    folder = files("karama.knowledge") / "programmes" / pack.code
    for name in OPTIONAL:
        if not (folder / name).is_file():
            yield Lack("no_file", name, False)
    try:
        ways = {one.compartment for one in contact_rules(pack.code).ways}
    except PackError:
        yield Lack("wrong_file", "contact.toml", False)
        return
    if pack.safety.questions.get("gbv") and "gbv" not in ways:
        yield Lack("no_way", "contact.toml", True)


def _peers(pack: Pack) -> Iterator[Lack]:
    """Groups of peers without anybody behind them, and what they keep to in languages that nobody wrote."""
    from karama.knowledge.pack_groups import groups_of

    try:
        told = groups_of(pack.code)
    except PackError:
        yield Lack("wrong_file", "groups.toml", False)
        return
    if any(one.intervention == "peer_support" for one in told.runs) and told.among_peers("peer_support") is None:
        yield Lack("no_peers", "groups.toml", False)
    said = [texts for one in told.peers for texts in one.boundaries]
    absent = [language for language in pack.languages if not all(language in texts for texts in said)]
    if absent:
        yield Lack("missing_language", "groups.toml", False, {"text": "peers", "languages": ", ".join(absent)})


def _drafts(pack: Pack) -> Iterator[Lack]:
    for row in pack.country_duties:
        if row.evidence.draft:
            yield Lack("draft_duty", f"duty {row.duty.code}", False)
    for line in pack.thresholds:
        if line.evidence.draft:
            yield Lack("draft_threshold", f"instrument {line.instrument}", False, {"line": line.cutoff})
    for entry in pack.safety.sites:
        if not entry.emergency_number or entry.number_evidence is None or entry.number_evidence.draft:
            yield Lack("emergency_number", f"site {entry.site}", False)


def _card(code: str) -> Card | None:
    try:
        return instrument(code)
    except KnowledgeError:
        return None
