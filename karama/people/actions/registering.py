"""Registering a participant: keys first, then her row, her limits card and her first worker, in one entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q
from pydantic import Field

from karama.journal import Actor, action, clock, foreseen
from karama.people.access import ASSIGNABLE, REGISTER
from karama.people.actions import conflicts, papers, shapes
from karama.people.actions.facility import keep_number
from karama.people.actions.identity import NAMELESS, check_mode, index_names, names_of, seal_identity, seal_profile
from karama.people.actions.lost_card import note_new_file
from karama.people.actions.reserving import take_code
from karama.people.actions.series import KEYS, foresee_keys, person_with_key, series_digest
from karama.people.deciding import DEFAULT_CLASSES
from karama.people.models import Assignment, Consent, ContactRules, LimitsExplained, Person, SeriesKey
from karama.people.numbers import kept_as
from karama.people.problems import AlreadyRegistered, KeyTaken, ReasonMissing, SearchFirst, Unsaid
from karama.people.searching import has_searched
from karama.programme.days import today_at
from karama.programme.models import Site
from karama.programme.queries import foresee_places
from karama.rules import codes, minors
from karama.security import randomness, vault
from karama.security.identifiers import uuid7

IMPORTER = "data_import"
BasisPurposes = Annotated[list[Literal["care", "notes", "report", "research"]], Field(max_length=4)]


def prepare_people(number: int) -> list[UUID]:
    """Make the ids and, durably, the keys of people about to be registered: one write for all of an import.

    Keys that are not used within 24 hours are swept away.
    """
    people = [uuid7() for _ in range(number)]
    vault.create_keys(people)
    return people


def _foresee(*, by: Actor, many: Sequence[Mapping[str, Any]]) -> None:
    """For an import: which keys of the series are known, which ids are taken, and one free code for each person.

    The columns are unique: whoever registers the same key, id or code in between has won, and the call is done again.
    """
    if by.duty != IMPORTER:
        return
    keys = {
        (_programme_of(one["site"]), one["series"], one["series_key"])
        for one in many
        if one["series"] and one["series_key"]
    }
    foresee_keys(keys)
    foresee_places({one["site"] for one in many})
    ids = [one["person"] for one in many if one["person"] is not None]
    drawn = {_draw() for _ in ids}
    taken = Person.objects.filter(Q(pk__in=ids) | Q(code__in=drawn)).values_list("pk", "code")
    gone = {value for pair in taken for value in pair}
    foreseen("people.free_ids").update(dict.fromkeys(set(ids) - gone))
    foreseen("people.free_codes").update(dict.fromkeys(drawn - gone))


def _at_site(*, by: Actor, site: UUID, **_arguments: Any) -> Mapping[str, object]:
    return {"site": site}


@action("people.register_person", access=REGISTER, target=_at_site, foresee=_foresee)
def register_person(
    *,
    by: Actor,
    site: UUID,
    identity_mode: shapes.Mode,
    searched: str = "",
    called: shapes.Name = "",
    first: shapes.Name = "",
    last: shapes.Name = "",
    others: shapes.Names = [],  # noqa: B006  (pydantic copies it for every call)
    birth_year: shapes.BirthYear | None = None,
    birth_precision: shapes.Precision = "year",
    place: shapes.Line = "",
    age_band: shapes.AgeBand | None = None,
    gender: shapes.Gender | None = None,
    gender_words: shapes.Name = "",
    sex_for_reporting: shapes.Sex | None = None,
    languages: shapes.Languages = [],  # noqa: B006 - pydantic copies it
    displacement: shapes.Displacement | None = None,
    ethnicity: shapes.Name = "",
    limits: Literal["read_aloud", "own_reading", "interpreter", "postponed"] | None = None,
    limits_reason: shapes.Line = "",
    limits_version: shapes.Code = "",
    limits_language: shapes.Code = "",
    limits_digest: str = "",
    contact: Literal["call", "sms_neutral", "via_person", "never", "undecided"] | None = None,
    contact_address: shapes.Line = "",
    contact_hours: shapes.Line = "",
    contact_phrase: shapes.Line = "",
    series: shapes.Code = "",
    series_key: shapes.Line = "",
    basis: shapes.Words = "",
    basis_purposes: BasisPurposes = [],  # noqa: B006 - pydantic copies it
    basis_refused: BasisPurposes = [],  # noqa: B006 - pydantic copies it
    before: Literal["first_time", "not_found", "locked", "not_asked"] = "not_asked",
    person: UUID | None = None,
    code: shapes.Code = "",
    paper: UUID | None = None,
    conflict: conflicts.OwnSaid = "not_asked",
    conflict_note: shapes.Line = "",
    facility_no: shapes.Line = "",
) -> Person:
    """Register a participant and put the registering worker in charge, when her duty works with people.

    `searched`: the token of the search that came before (`queries.search`); an import gives `series` and
    `series_key` instead. `limits`: how the limits of confidentiality were explained; everybody but an import says
    it, `postponed` with a reason. `basis` (imports): on what the purposes in `basis_purposes` rest; one consent fact
    each, recorded elsewhere; `basis_refused` are a recorded no. `contact` "undecided" (imports): an address came
    without a safe way, so nothing is kept and nobody is called. `person`: an id from `prepare_people`. `before`: how
    it was made sure that somebody without a name has no file yet. `code`: one that was reserved for this user on this
    telephone (`reserving`), where no search was possible. `paper`: the sheet from which it is typed in, whose id the
    person takes: an alert that it raised is hers. `conflict`: whether whoever registers, and so becomes
    responsible, is a relative, a neighbour or otherwise involved. `facility_no`: her number at this site.

    Raises:
        SearchFirst, KeyTaken, AlreadyRegistered, NameMissing, NameNotKept, ReasonMissing, Unsaid, CodeNotReserved,
        PaperEntered, NumberUnreadable, NumberNotKept: see `problems`.
    """
    sheet = papers.being_typed(by, paper, "registration", None)
    programme = _programme_of(site)
    importing = by.duty == IMPORTER
    if not code:
        _check_search(by, programme, importing, searched, series, series_key)
    if limits is None and not importing:
        raise ReasonMissing("limits")
    names = names_of(called, first, last, others)
    check_mode(identity_mode, names=names, birth_year=birth_year, place=place)
    wanted, drawn = _new_id_and_code(person if sheet is None else sheet.id, trusted=importing)
    today = today_at(site)
    made = Person(
        id=wanted,
        code=take_code(by, code) if code else drawn,
        identity_mode=identity_mode,
        programme_id=programme,
        site_id=site,
        registered_on=today if sheet is None else sheet.taken_on,
    )
    seal_identity(made, names=names, birth_year=birth_year, precision=birth_precision, place=place)
    if importing and age_band is None and birth_year is not None and birth_precision == "year":
        age_band = minors.band_of_year(birth_year, today)  # type: ignore[assignment]  # one of the bands
    profile: dict[str, Any] = {
        "age_band": age_band,
        "gender": gender,
        "gender_words": gender_words,
        "displacement": displacement,
    }
    profile |= {"sex_for_reporting": sex_for_reporting, "languages": languages, "ethnicity": ethnicity}
    seal_profile(made, profile, today)
    made.save()
    index_names(made, names, birth_year, fresh=True)
    if series:
        digest = series_digest(programme, series, series_key)
        SeriesKey(person=made, programme_id=programme, digest=digest).save()
        foreseen(KEYS)[digest] = made.id
    if importing:
        _note_basis(made, basis, basis_purposes, basis_refused)
    if identity_mode in NAMELESS and not importing:
        note_new_file(by, made, before)
    if limits is not None:
        _note_limits(made, limits, limits_reason, limits_version, limits_language, limits_digest)
    if contact is not None:
        address = kept_as(contact, contact_address, site)
        _note_contact(made, contact, {"address": address, "safe_hours": contact_hours, "phrase": contact_phrase})
    if by.kind == "user" and by.duty in ASSIGNABLE:
        own = Assignment(person=made, user_id=by.id, role="lead", since=clock.now())
        conflicts.put(by, own, conflict, conflict_note)
        own.save()
    if facility_no:
        keep_number(made, site, facility_no)
    papers.enter(sheet, made)
    return made


def _note_basis(person: Person, basis: str, agreed: Sequence[str], refused: Sequence[str]) -> None:
    """One fact for each purpose. A purpose both agreed to and refused counts as refused."""
    said = {**dict.fromkeys(agreed, "yes"), **dict.fromkeys(refused, "no")}
    for place, (purpose, decision) in enumerate(said.items(), start=1):
        fact = Consent(person=person, sequence=place, purpose=purpose, decision=decision, method="elsewhere")
        fact.recipient = "none" if decision == "yes" else "any"
        fact.classes = list(DEFAULT_CLASSES[purpose]) if decision == "yes" else []
        fact.seal("note", basis or None)
        fact.save()


def _check_search(by: Actor, programme: UUID, importing: bool, token: str, series: str, key: str) -> None:
    if series and key:
        if person_with_key(programme, series, key) is not None:
            raise KeyTaken()
        if importing:
            return
    if not has_searched(by, token, clock.now()):
        raise SearchFirst()


def _new_id_and_code(wanted: UUID | None, *, trusted: bool) -> tuple[UUID, str]:
    """An id with its keys made and a free code. The keys of an import were made in one write (`prepare_people`)."""
    free_ids, free_codes = foreseen("people.free_ids"), foreseen("people.free_codes")
    if trusted and wanted is not None and wanted in free_ids and free_codes:
        del free_ids[wanted]
        free: str = free_codes.popitem()[0]
        return wanted, free
    person = prepare_people(1)[0] if wanted is None else wanted
    code = _draw()
    while (
        taken := Person.objects.filter(Q(pk=person) | Q(code=code)).values_list("pk", flat=True).first()
    ) is not None:
        if taken == person:
            raise AlreadyRegistered()
        code = _draw()
    if wanted is not None and not trusted:
        try:
            vault.create_keys([person])
        except vault.Erased:
            raise AlreadyRegistered() from None
    return person, code


def _draw() -> str:
    return codes.format_code(randomness.code(codes.RANDOM_LENGTH, codes.ALPHABET))


@lru_cache(maxsize=1024)
def _programme_of(site: UUID) -> UUID:
    """The programme of a site: it never changes."""
    return Site.objects.values_list("programme_id", flat=True).get(pk=site)


def _note_limits(person: Person, how: str, reason: str, version: str, language: str, digest: str) -> None:
    if how == "postponed" and not reason:
        raise ReasonMissing("limits_reason")
    fact = LimitsExplained(
        person=person, how=how, text_version=version, text_language=language, text_digest=digest[:64]
    )
    fact.seal("reason", reason or None)
    fact.save()


def _note_contact(person: Person, channel: str, kept: Mapping[str, str]) -> None:
    nobody = channel in ("never", "undecided")
    if not nobody and not kept["address"]:
        raise Unsaid()
    rules = ContactRules(person=person, channel=channel)
    for name, value in kept.items():
        rules.seal(name, value if value and not nobody else None)
    rules.save()
