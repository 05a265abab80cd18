"""Turns the files of a pack into frozen data. Every complaint names the file and the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import available_timezones

from karama.knowledge.packs.pack import (
    ChainStep,
    ConsentText,
    CountryDuty,
    Limits,
    Named,
    Pack,
    Safety,
    Scheduled,
    Search,
    Service,
    Site,
    SiteSafety,
    Team,
    Texts,
    Threshold,
    Wave,
)
from karama.rules.classes import CONSENT_PURPOSES, DATA_CLASSES, DUTIES, IDENTITY_MODES, RECIPIENTS
from karama.rules.consent import ReportingDuty
from karama.rules.risk import GRADES, WORRIES, Clock, Waits
from karama.rules.scoring.fields import CardError, Fields

FILES = ("pack.toml", "care.toml", "safety.toml", "texts.toml")
LAYERS = ("basic", "community", "focused", "specialised")
"""The IASC pyramid, from the widest layer to the narrowest."""

TOPICS = ("suicide", "gbv", "child_protection", "injecting")
"""What a safety question may be about."""

_FOUR_WS = re.compile(r"\d{1,2}\.\d")


class PackError(Exception):
    """A programme pack cannot be read. The message names the file and the key."""


def pack_from(code: str, files: Mapping[str, Mapping[str, Any]]) -> Pack:
    """Build a pack from its parsed files (file name -> table). Raises PackError."""
    missing = [name for name in FILES if name not in files]
    if missing:
        raise PackError(f"programmes/{code}: the file {missing[0]} is missing.")
    head, care, safety, texts = (Fields(files[name], f"programmes/{code}/{name}") for name in FILES)
    try:
        pack = _pack(head, care, safety, texts)
        for fields in (head, care, safety, texts):
            fields.finish()
        _check_references(pack, code)
    except CardError as error:
        raise PackError(str(error)) from error
    return pack


def _pack(head: Fields, care: Fields, safety: Fields, texts: Fields) -> Pack:
    languages = _words(head, "languages")
    return Pack(
        code=head.take("code", str),
        version=head.take("version", str),
        status=head.choose("status", ("draft", "verified")),
        reviewer=head.take("reviewer", str, ""),
        country=head.take("country", str),
        names=_texts(head, "names", languages),
        languages=languages,
        unreviewed_languages=_words(head, "unreviewed_languages", ()),
        identity_modes=_words(head, "identity_modes", allowed=IDENTITY_MODES),
        lease_days=_between(head, "lease_days", 7, 30),
        quick_hide=head.take("quick_hide", str),
        search=_search(head.part("search")),
        sites=head.each("sites", _site),
        teams=head.each("teams", _team),
        populations=head.each("populations", lambda each: _named(each, languages)),
        services=care.each("services", lambda each: _service(each, languages)),
        waves=care.each("waves", lambda each: _wave(each, languages)),
        instruments=care.each("instruments", _scheduled),
        thresholds=care.each("thresholds", _threshold),
        safety=_safety(safety, languages),
        country_duties=safety.each("country_duties", lambda each: _country_duty(each, languages)),
        limits=_limits(texts.part("limits"), languages),
        consent_texts=texts.each("consents", lambda each: _consent_text(each, languages)),
    )


def _site(each: Fields) -> Site:
    zone = each.take("time_zone", str)
    if zone not in available_timezones():
        raise CardError(f"{each.where}: 'time_zone' must be an IANA name, such as Asia/Baghdad.")
    return Site(each.take("code", str), each.take("name", str), each.take("p_code", str), zone)


def _team(each: Fields) -> Team:
    return Team(each.take("code", str), each.take("name", str), each.take("site", str))


def _named(each: Fields, languages: tuple[str, ...]) -> Named:
    return Named(each.take("code", str), _texts(each, "names", languages))


def _service(each: Fields, languages: tuple[str, ...]) -> Service:
    four_ws = each.take("four_ws", str)
    if not _FOUR_WS.fullmatch(four_ws):
        raise CardError(f"{each.where}: 'four_ws' must be an IASC 4Ws sub-code, such as 8.2.")
    return Service(
        code=each.take("code", str),
        names=_texts(each, "names", languages),
        layer=each.choose("layer", LAYERS),
        four_ws=four_ws,
        cadres=_words(each, "cadres", allowed=DUTIES),
        sessions=each.take("sessions", int, None),
        evidence=each.evidence(),
    )


def _wave(each: Fields, languages: tuple[str, ...]) -> Wave:
    at = each.choose("at", ("start", "end", "after_end"))
    months = each.take("months", int, 0)
    if (at == "after_end") != (months > 0):
        raise CardError(f"{each.where}: 'months' is given exactly when 'at' is after_end.")
    return Wave(each.take("code", str), _texts(each, "names", languages), at, months)


def _scheduled(each: Fields) -> Scheduled:
    return Scheduled(each.take("code", str), _words(each, "waves"), each.take("every_sessions", int, None))


def _threshold(each: Fields) -> Threshold:
    return Threshold(
        instrument=each.take("instrument", str),
        cutoff=each.take("cutoff", str),
        population=each.take("population", str),
        suggests=each.take("suggests", str),
        evidence=each.evidence(),
    )


def _search(part: Fields) -> Search:
    search = Search(
        reach=part.choose("reach", ("caseload", "site", "programme")),
        shows=_words(part, "shows"),
        per_hour=_between(part, "per_hour", 1, 120),
        needs_reason=part.take("needs_reason", bool),
    )
    part.finish()
    return search


def _safety(fields: Fields, languages: tuple[str, ...]) -> Safety:
    questions = _table(fields, "questions", TOPICS, bool)
    clock = _minutes(fields, "clock_minutes", GRADES)
    contact = _minutes(fields, "first_contact_minutes", GRADES)
    close = timedelta(days=_between(fields, "close_days", 1, 60))
    worries = _minutes(fields, "worry_minutes", tuple(WORRIES), optional=True)
    for code, longest in worries.items():
        if longest > WORRIES[code].clock:
            raise CardError(f"{fields.where}, worry_minutes: {code!r} may be shortened, never lengthened.")
    return Safety(
        questions={topic: bool(questions.get(topic, False)) for topic in TOPICS},
        follow_up=_table(fields, "follow_up", TOPICS, str),
        clock=Clock(**clock),
        waits={grade: Waits(contact[grade], close) for grade in GRADES},
        worry_clocks=worries,
        service_holds=timedelta(days=_between(fields, "service_holds_days", 1, 365)),
        chain=fields.each("chain", _chain_step),
        sites=fields.each("sites", lambda each: _site_safety(each, languages)),
    )


def _chain_step(each: Fields) -> ChainStep:
    who = each.choose("who", ("responder", "deputy", *DUTIES))
    return ChainStep(who, _minutes(each, "wait_minutes", GRADES))


def _site_safety(each: Fields, languages: tuple[str, ...]) -> SiteSafety:
    return SiteSafety(
        site=each.take("site", str),
        responder_duty=each.choose("responder_duty", DUTIES),
        deputy_duty=each.choose("deputy_duty", DUTIES),
        out_of_hours=_texts(each, "out_of_hours", languages),
        emergency=_texts(each, "emergency", languages),
        service=each.take("service", str),
        verified_on=each.take("verified_on", date, None),
        emergency_number=each.take("emergency_number", str, ""),
        number_evidence=each.evidence(key="number_evidence") if each.has("number_evidence") else None,
    )


def _country_duty(each: Fields, languages: tuple[str, ...]) -> CountryDuty:
    duty = ReportingDuty(
        code=each.take("code", str),
        recipient=each.choose("recipient", RECIPIENTS),
        data_classes=frozenset(_words(each, "data_classes", allowed=DATA_CLASSES)),
    )
    return CountryDuty(duty, _texts(each, "names", languages), each.evidence())


def _limits(part: Fields, languages: tuple[str, ...]) -> Limits:
    limits = Limits(part.take("version", str), _texts(part, "words", languages))
    part.finish()
    return limits


def _consent_text(each: Fields, languages: tuple[str, ...]) -> ConsentText:
    return ConsentText(
        purpose=each.choose("purpose", CONSENT_PURPOSES),
        version=each.take("version", str),
        data_classes=_words(each, "data_classes", allowed=DATA_CLASSES),
        recipient=each.choose("recipient", RECIPIENTS, "none"),
        words=_texts(each, "words", languages),
    )


def _check_references(pack: Pack, code: str) -> None:
    """Every code that points at another must find it, and no code may stand twice."""
    where = f"programmes/{code}"
    if pack.code != code:
        raise CardError(f"{where}/pack.toml: 'code' must be the name of the folder.")
    sites = _unique(where, "site", [site.code for site in pack.sites])
    waves = _unique(where, "wave", [wave.code for wave in pack.waves])
    services = _unique(where, "service", [service.code for service in pack.services])
    populations = _unique(where, "population", [population.code for population in pack.populations])
    _unique(where, "team", [team.code for team in pack.teams])
    instruments = _unique(where, "instrument", [each.code for each in pack.instruments])
    _unique(where, "consent text", [text.purpose for text in pack.consent_texts])
    _unique(where, "safety entry of site", [entry.site for entry in pack.safety.sites])
    for kind, known, named in (
        ("site", sites, [team.site for team in pack.teams] + [entry.site for entry in pack.safety.sites]),
        ("wave", waves, [wave for each in pack.instruments for wave in each.waves]),
        ("service", services, [line.suggests for line in pack.thresholds]),
        ("population", populations, [line.population for line in pack.thresholds]),
        ("instrument", instruments, [line.instrument for line in pack.thresholds]),
    ):
        for name in named:
            if name not in known:
                raise CardError(f"{where}: the {kind} {name!r} is named but not described.")


def _unique(where: str, kind: str, codes: list[str]) -> frozenset[str]:
    for code in codes:
        if codes.count(code) > 1:
            raise CardError(f"{where}: the {kind} {code!r} stands twice.")
    return frozenset(codes)


def _texts(fields: Fields, key: str, languages: tuple[str, ...]) -> Texts:
    texts = fields.take(key, dict)
    for language, words in texts.items():
        if not isinstance(words, str) or not words.strip():
            raise CardError(f"{fields.where}, {key}: {language!r} must hold words.")
    if languages and languages[0] not in texts:
        raise CardError(f"{fields.where}, {key}: the first language, {languages[0]!r}, is missing.")
    return dict(texts)


def _words(fields: Fields, key: str, default: Any = ..., allowed: tuple[str, ...] | None = None) -> tuple[str, ...]:
    words = fields.take(key, (list, tuple), default)
    for word in words:
        if not isinstance(word, str) or (allowed is not None and word not in allowed):
            among = f": choose among {', '.join(allowed)}" if allowed else ""
            raise CardError(f"{fields.where}: {key!r} may not hold {word!r}{among}.")
    return tuple(words)


def _between(fields: Fields, key: str, lowest: int, highest: int) -> int:
    number = int(fields.take(key, int))
    if not lowest <= number <= highest:
        raise CardError(f"{fields.where}: {key!r} must lie between {lowest} and {highest}.")
    return number


def _table(fields: Fields, key: str, allowed: tuple[str, ...], kind: type) -> dict[str, Any]:
    table = fields.take(key, dict, {})
    for name, value in table.items():
        if name not in allowed or not isinstance(value, kind):
            raise CardError(f"{fields.where}, {key}: {name!r} is not known here, or holds the wrong value.")
    return dict(table)


def _minutes(fields: Fields, key: str, names: tuple[str, ...], *, optional: bool = False) -> dict[str, timedelta]:
    table = _table(fields, key, names, int)
    absent = [name for name in names if name not in table]
    if absent and not optional:
        raise CardError(f"{fields.where}, {key}: {absent[0]!r} is missing.")
    if any(isinstance(value, bool) or value <= 0 for value in table.values()):
        raise CardError(f"{fields.where}, {key}: minutes must be above zero.")
    return {name: timedelta(minutes=minutes) for name, minutes in table.items()}
