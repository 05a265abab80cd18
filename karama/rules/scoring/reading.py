"""A card from plain data (what a TOML or JSON file holds), with errors that name the key."""

from __future__ import annotations

from karama.rules.scoring.card import (
    Algorithm,
    AlgorithmRule,
    Answer,
    AnswerSet,
    Band,
    Banding,
    Card,
    Coding,
    Cutoff,
    Item,
    MissingRule,
    SafetyRule,
    Scale,
    Skip,
)
from karama.rules.scoring.conditions import Condition
from karama.rules.scoring.evidence import AgeRange, Evidence, Licence, Loinc, ReliableChange
from karama.rules.scoring.fields import Data, Fields
from karama.rules.scoring.written_conditions import condition_from

HOUSE_RULE = Evidence("verified", "house rule: no score when unsure, and always state the number answered")


def card_from(data: Data) -> Card:
    """Build a card. Raises ``CardError`` naming the key that is absent, unknown or of the wrong shape."""
    fields = Fields(data, "instrument")
    default_answers = fields.take("answers", str, "")
    answers_loinc = fields.take("answers_loinc", dict, {})
    card = Card(
        code=fields.take("code", str),
        version=fields.take("version", str),
        name=fields.take("name", str),
        audience=fields.choose("audience", ("participant", "staff")),
        recall=fields.take("recall", str),
        items=fields.each("items", lambda item: _item(item, default_answers)),
        answer_sets=tuple(
            AnswerSet(code, tuple(Answer(a, v, answers_loinc.get(code, {}).get(a)) for a, v in answers.items()))
            for code, answers in fields.take("answer_sets", dict).items()
        ),
        scales=fields.each("scales", _scale),
        total=fields.take("total", str, "") or None,
        bandings=fields.each("bandings", _banding),
        cutoffs=fields.each("cutoffs", _cutoff),
        algorithms=fields.each("algorithms", _algorithm),
        safety=fields.each("safety", _safety),
        codings=fields.each("codings", _coding),
        reliable_change=fields.each("reliable_change", _reliable_change),
        licence=_licence(fields.part("licence")),
        topics=fields.evidence(key="topics_evidence"),
        reviewer=fields.take("reviewer", str),
        review_date=fields.take("review_date", str),
        age=_age(part) if (part := fields.part_or_none("age")) else None,
        loinc=_loinc(part) if (part := fields.part_or_none("loinc")) else None,
        notes=tuple(fields.take("notes", list, [])),
    )
    fields.finish()
    return card


def _when(fields: Fields, key: str = "when") -> Condition:
    return condition_from(fields.take(key, dict), f"{fields.where}, {key}")


def _item(fields: Fields, default_answers: str) -> Item:
    answers = fields.take("answers", str, default_answers)
    skip = fields.part_or_none("skip")
    return Item(
        code=fields.take("code", str),
        topic=fields.take("topic", str),
        answers=None if answers == "words" else answers,
        reverse=fields.take("reverse", bool, False),
        scored=fields.take("scored", bool, answers != "words"),
        loinc=fields.take("loinc", str, "") or None,
        skip=_skip(skip) if skip else None,
    )


def _skip(fields: Fields) -> Skip:
    skip = Skip(
        asked_if=_when(fields, "asked_if"),
        implied=fields.take("implied", str, "") or None,
        answered_anyway=fields.choose("answered_anyway", ("keep", "missing")),
        evidence=fields.evidence(),
    )
    fields.finish()
    return skip


def _scale(fields: Fields) -> Scale:
    missing = fields.part_or_none("missing")
    recodes = fields.take("recodes", dict, {})
    return Scale(
        code=fields.take("code", str),
        label=fields.take("label", str),
        items=tuple(fields.take("items", list)),
        method=fields.choose("method", ("sum", "mean", "count", "max")),
        lowest=fields.number("lowest"),
        highest=fields.number("highest"),
        higher=fields.choose("higher", ("worse", "better")),
        missing=_missing(missing) if missing else MissingRule("no_score", 0, HOUSE_RULE),
        evidence=fields.evidence(),
        multiply=fields.number("multiply", 1),
        divide=fields.number("divide", 1),
        count_from=fields.number("count_from", 1),
        recodes=tuple((item, answer_set) for answer_set, items in recodes.items() for item in items),
    )


def _missing(fields: Fields) -> MissingRule:
    rule = MissingRule(
        method=fields.choose("method", ("no_score", "prorate", "zero")),
        allowed=fields.take("allowed", int, 0),
        evidence=fields.evidence(),
        counted_over=fields.choose("counted_over", ("scale", "total"), "scale"),
    )
    fields.finish()
    return rule


def _banding(fields: Fields) -> Banding:
    evidence = fields.evidence()
    return Banding(
        code=fields.take("code", str),
        scale=fields.take("scale", str),
        bands=fields.each("bands", lambda band: _band(band, evidence)),
        evidence=evidence,
        step=fields.number("step", 1),
    )


def _band(fields: Fields, evidence: Evidence) -> Band:
    return Band(
        low=fields.number("low"),
        high=fields.number("high"),
        label=fields.take("label", str),
        evidence=fields.evidence(evidence),
    )


def _cutoff(fields: Fields) -> Cutoff:
    return Cutoff(
        code=fields.take("code", str),
        scale=fields.take("scale", str),
        population=fields.take("population", str),
        purpose=fields.take("purpose", str),
        evidence=fields.evidence(),
        at_least=fields.number("at_least", None),
        at_most=fields.number("at_most", None),
        sex=fields.choose("sex", ("F", "M")) if fields.has("sex") else None,
        languages=tuple(fields.take("languages", list, [])),
        age_from=fields.take("age_from", int, None),
        age_to=fields.take("age_to", int, None),
        sensitivity=fields.number("sensitivity", None),
        specificity=fields.number("specificity", None),
        note=fields.take("note", str, ""),
    )


def _algorithm(fields: Fields) -> Algorithm:
    return Algorithm(
        code=fields.take("code", str),
        rules=fields.each("rules", lambda rule: AlgorithmRule(rule.take("label", str), _when(rule))),
        otherwise=fields.take("otherwise", str),
        evidence=fields.evidence(),
        missing=fields.choose("missing", ("undetermined", "ignored"), "undetermined"),
    )


def _safety(fields: Fields) -> SafetyRule:
    return SafetyRule(
        code=fields.take("code", str),
        kind=fields.choose("kind", ("suicide", "gbv", "injecting")),
        grade=fields.choose("grade", ("now", "today", "soon")),
        when=_when(fields),
        evidence=fields.evidence(),
    )


def _coding(fields: Fields) -> Coding:
    return Coding(
        code=fields.take("code", str),
        answer_set=fields.take("answer_set", str),
        raw=tuple((str(raw), answer) for raw, answer in fields.take("raw", dict).items()),
        evidence=fields.evidence(),
    )


def _reliable_change(fields: Fields) -> ReliableChange:
    return ReliableChange(
        scale=fields.take("scale", str),
        evidence=fields.evidence(),
        threshold=fields.number("threshold", None),
        alpha=fields.number("alpha", None),
        retest=fields.number("retest", None),
        sd=fields.number("sd", None),
        note=fields.take("note", str, ""),
    )


def _age(fields: Fields) -> AgeRange:
    age = AgeRange(
        lowest=fields.take("lowest", int, None),
        highest=fields.take("highest", int, None),
        evidence=fields.evidence(),
    )
    fields.finish()
    return age


def _licence(fields: Fields) -> Licence:
    licence = Licence(
        terms=fields.take("terms", str),
        permission_required=fields.take("permission_required", bool),
        evidence=fields.evidence(),
    )
    fields.finish()
    return licence


def _loinc(fields: Fields) -> Loinc:
    loinc = Loinc(
        panel=fields.take("panel", str, None),
        total=fields.take("total", str, None),
        evidence=fields.evidence(),
    )
    fields.finish()
    return loinc
