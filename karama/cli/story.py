"""The people of the demonstration and what happened to them: made up, the same each time, through real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from karama.journal import Actor

IRAQ, COLOMBIA = "iraq-torture-rehabilitation", "colombia-community"


@dataclass(frozen=True)
class Colleague:
    """A user of the demonstration: sign-in name, duty, site (empty: the whole programme or organisation)."""

    user: str
    duty: str
    programme: str = IRAQ
    site: str = "mosul"
    alias: str = ""
    language: str = "en"


STAFF = (
    Colleague("chantal", "community_agent", alias="Chantal"),
    Colleague("diego", "psychologist", alias="Diego"),
    Colleague("zana", "prescriber", alias="Dr Zana"),
    Colleague("berivan", "nurse", alias="Berivan"),
    Colleague("karim", "physiotherapist", alias="Karim"),
    Colleague("shilan", "social_worker", alias="Shilan"),
    Colleague("omar", "legal_worker", alias="Omar"),
    Colleague("rana", "reception", alias="Rana"),
    Colleague("yusuf", "interpreter", alias="Yusuf"),
    Colleague("dilan", "volunteer", alias="Dilan"),
    Colleague("nadia", "supervisor", alias="Nadia"),
    Colleague("samira", "trainer", site="", alias="Samira"),
    Colleague("hevin", "advocacy_officer", site="", alias="Hevin"),
    Colleague("rojin", "mel_officer", site="", alias="Rojin"),
    Colleague("elias", "researcher", site="", alias="Elias"),
    Colleague("leila", "data_protection_officer", programme="", site="", alias="Leila"),
    Colleague("mariam", "director", programme="", site="", alias="Mariam"),
    Colleague("tunde", "community_agent", site="dohuk", alias="Tunde"),
    Colleague("sirwan", "supervisor", site="dohuk", alias="Sirwan"),
    Colleague("yolanda", "community_agent", COLOMBIA, "quibdo", "Yolanda", "es"),
    Colleague("marta", "psychologist", COLOMBIA, "quibdo", "Marta", "es"),
    Colleague("ines", "supervisor", COLOMBIA, "quibdo", "Inés", "es"),
)
HERE_SINCE = timedelta(days=400)
"""Colleagues of a site were there before the people whom they accompany."""
RESPONDERS = {"mosul": ("nadia", "diego"), "dohuk": ("sirwan", "tunde"), "quibdo": ("ines", "marta")}
PLACE_OF = {"mosul": IRAQ, "dohuk": IRAQ, "quibdo": COLOMBIA}
BESIDE = {"Amal": ("berivan",), "Ziad": ("zana", "karim"), "Mirza": ("zana",)}
"""Colleagues of other disciplines who work with somebody too."""
LANGUAGE_OF = {IRAQ: "en", COLOMBIA: "es"}
AT_NIGHT = {
    "en": (
        "Call the on-call telephone of the centre. If nobody answers, go to the hospital together.",
        "Emergency department of the teaching hospital",
        "555 0100, ask for the nurse in charge",
    ),
    "es": (
        "Llame al teléfono de guardia del centro. Si nadie contesta, vayan juntos al hospital.",
        "Urgencias del hospital departamental",
        "555 0199, pregunte por la persona a cargo de enfermería",
    ),
}
"""By language: what a colleague does at night, a service that somebody verified, and whom to ask for there."""


@dataclass(frozen=True)
class Participant:
    """A made-up participant. `scores`: PHQ-9 item values at each wave, oldest first, `weeks` apart."""

    called: str
    first: str
    last: str
    birth_year: int
    site: str
    worker: str
    lead: str
    gender: str
    band: str
    scores: tuple[tuple[str, str], ...] = ()
    state: str = "active"
    mode: str = "named"
    contact: str = "never"


PARTICIPANTS = (
    Participant("Amal", "أمل", "حسن", 1991, "mosul", "chantal", "diego", "woman", "35-49",
                (("baseline", "222212121"), ("mid", "211112110"), ("end", "111101100"))),
    Participant("Ziad", "زياد", "محمود", 1984, "mosul", "diego", "diego", "man", "35-49",
                (("baseline", "333323230"), ("mid", "333222220"))),
    Participant("Rezan", "Rezan", "Azad", 1998, "mosul", "chantal", "chantal", "woman", "25-34",
                (("baseline", "111101000"), ("end", "000101000"))),
    Participant("Mirza", "میرزا", "ئازاد", 1976, "mosul", "diego", "diego", "man", "50-59",
                (("baseline", "222212220"), ("end", "232212220"))),
    Participant("Salma", "سلمى", "إبراهيم", 2001, "mosul", "chantal", "diego", "woman", "18-24",
                (("baseline", "222222200"),), state="waiting"),
    Participant("Karwan", "Karwan", "Hama", 1969, "mosul", "shilan", "shilan", "man", "50-59", (), state="screening"),
    Participant("Nour", "", "", 1995, "mosul", "diego", "diego", "not_said", "25-34",
                (("baseline", "322212320"),), mode="coded"),
    Participant("Hiba", "هبة", "علي", 1988, "dohuk", "tunde", "tunde", "woman", "35-49",
                (("baseline", "121211100"), ("end", "110101000"))),
    Participant("Yuli", "Yuliana", "Mosquera", 1993, "quibdo", "yolanda", "marta", "woman", "25-34",
                (("baseline", "222121110"), ("end", "111010000"))),
    Participant("Don Chucho", "Jesús", "Palacios", 1958, "quibdo", "yolanda", "yolanda", "man", "60+",
                (("baseline", "121120100"),)),
    Participant("Leidy", "Leidy", "Rentería", 2003, "quibdo", "yolanda", "marta", "woman", "18-24",
                (("baseline", "212121201"),)),
)  # fmt: skip


def tell_story(password: str) -> list[dict[str, str]]:
    """Make everybody and everything; returns the sign-ins (user, duty, place, second-factor secret)."""
    from karama.cli.stories import (
        families,
        groups,
        intakes,
        medical,
        officer,
        outreach,
        reception,
        referrals,
        shops,
        staffcare,
        stuck,
        voice,
    )

    sites = _sites()
    users, sign_ins = _staff(password, sites)
    _answers(users, sites)
    people = {one.called: _participant(one, users, sites) for one in PARTICIPANTS}
    _worries(users, sites, people)
    reception.tell(users, sites, people)
    medical.tell(users, sites, people)
    referrals.tell(users, sites, people)
    families.tell(users, sites, people)
    intakes.tell(people)
    groups.tell(users, sites, people)
    outreach.tell(users, sites, people)
    staffcare.tell(users)
    voice.tell(sites)
    officer.tell(sites, people)
    stuck.tell(people)
    return sign_ins + shops.tell(password)


def _sites() -> dict[str, UUID]:
    from karama.programme.models import Site

    return dict(Site.objects.values_list("code", "id"))


def _staff(password: str, sites: dict[str, UUID]) -> tuple[dict[str, UUID], list[dict[str, str]]]:
    from karama.accounts import demo, duties
    from karama.accounts.actions import add_user, give_duty
    from karama.accounts.models import User
    from karama.accounts.queries import actor_by_name
    from karama.journal.clock import day_in_utc
    from karama.programme.models import CountryProgramme

    samir = actor_by_name("samir", "administrator")
    programmes = dict(CountryProgramme.objects.values_list("code", "id"))
    known = {user.username: user.id for user in User.objects.all()}
    told = [Colleague("samir", "administrator", "", ""), Colleague("hana", "data_import", "", ""), *STAFF]
    sign_ins: list[dict[str, str]] = []
    for one in told:
        if one.user not in known:
            known[one.user] = add_user(by=samir, username=one.user, language=one.language).value.id
            give_duty(
                by=samir,
                user=known[one.user],
                duty=one.duty,
                work_alias=one.alias,
                programme=programmes.get(one.programme),
                site=sites.get(one.site),
                from_on=day_in_utc() - HERE_SINCE if one.site else None,
            )
        user = User.objects.get(id=known[one.user])
        demo.password(user, password)
        secret = demo.second_factor(user)[0] if duties.needs_second_factor(one.duty) else ""
        place = one.site or one.programme.split("-")[0] or "everywhere"
        sign_ins.append({"user": one.user, "duty": one.duty, "place": place, "secret": secret})
    return known, sign_ins


def _answers(users: dict[str, UUID], sites: dict[str, UUID]) -> None:
    """Who answers at each site, what happens at night, and a service that somebody verified."""
    from karama.accounts.queries import actor_by_name
    from karama.programme.actions import name_responder, set_site_answer
    from karama.programme.days import today_at

    samir = actor_by_name("samir", "administrator")
    for site, (responder, deputy) in RESPONDERS.items():
        told = AT_NIGHT[LANGUAGE_OF[PLACE_OF[site]]]
        name_responder(by=samir, site=sites[site], user=users[responder], role="responder")
        name_responder(by=samir, site=sites[site], user=users[deputy], role="deputy")
        set_site_answer(
            by=samir,
            site=sites[site],
            out_of_hours=told[0],
            service=told[1],
            service_contact=told[2],
            verified_on=today_at(sites[site]) - timedelta(days=3),
        )


def _actor(user: str) -> Actor:
    from karama.accounts.queries import actor_by_name

    return actor_by_name(user)


def _participant(one: Participant, users: dict[str, UUID], sites: dict[str, UUID]) -> UUID:
    from karama.care.actions import change_episode_state, open_episode, record_response
    from karama.journal.clock import now
    from karama.people.actions import assign, record_consent, register_person
    from karama.people.searching import search_token
    from karama.programme.days import today_for

    worker = _actor(one.worker)
    coded = one.mode == "coded"
    receipt = register_person(
        by=worker,
        site=sites[one.site],
        identity_mode=one.mode,
        searched=search_token(worker, now()),
        called="" if coded else one.called,
        first=one.first,
        last=one.last,
        birth_year=None if coded else one.birth_year,
        age_band=one.band,
        gender=one.gender,
        languages=["es"] if one.site == "quibdo" else ["ar"],
        displacement="idp",
        limits="read_aloud",
        limits_version="1",
        limits_language="es" if one.site == "quibdo" else "ar",
        contact="never",
    )
    person: UUID = receipt.value.id
    for purpose, decision in (("care", "yes"), ("notes", "yes"), ("report", "yes"), ("research", "no")):
        record_consent(by=worker, person=person, purpose=purpose, decision=decision, method="verbal")
    if one.lead != one.worker:
        assign(by=worker, person=person, user=users[one.lead], role="lead")
    for colleague in BESIDE.get(one.called, ()):
        assign(by=_actor(one.lead), person=person, user=users[colleague], role="member")
    begun = today_for(worker) - timedelta(weeks=10)
    episode = open_episode(by=worker, person=person, on=begun, lead=users[one.lead]).value.id
    if one.state != "screening":
        change_episode_state(by=worker, episode=episode, state=one.state)
    for place, (wave, values) in enumerate(one.scores):
        record_response(
            by=worker,
            person=person,
            instrument="phq9",
            answers=_phq9(values),
            wave=wave,
            on=_later(begun, place),
            language="es" if one.site == "quibdo" else "ar",
            mode="interviewer",
            episode=episode,
        )
    return person


def _later(begun: date, place: int) -> date:
    return begun + timedelta(weeks=5 * place)


def _phq9(values: str) -> dict[str, str]:
    words = ("not_at_all", "several_days", "more_than_half", "nearly_every_day")
    return {f"q{place}": words[int(value)] for place, value in enumerate(values, start=1)}


def _worries(users: dict[str, UUID], sites: dict[str, UUID], people: dict[str, UUID]) -> None:
    """Alerts at every stage: one new, one taken, one followed to its end; and a record hidden from one colleague."""
    from karama.people.actions import hide_from
    from karama.safety.actions import close_alert, raise_worry, record_first_contact, take_alert
    from karama.safety.models import Alert

    nadia, chantal = _actor("nadia"), _actor("chantal")
    raise_worry(
        by=chantal, kind="violence_at_home", person=people["Rezan"], words="She asked not to be called at home."
    )
    for alert in Alert.objects.filter(person_id=people["Amal"]):
        take_alert(by=nadia, alert=alert.id)
        record_first_contact(by=nadia, alert=alert.id, note="Spoken at the centre.")
    raise_worry(by=_actor("yusuf"), kind="suicide", site=sites["mosul"], words="Somebody in the waiting room.")
    followed = Alert.objects.filter(person_id=people["Amal"]).first()
    if followed is not None:
        close_alert(by=nadia, alert=followed.id, outcome="plan_made", note="Safety plan made together.")
    hide_from(by=nadia, person=people["Salma"], user=users["omar"], reason="Asked for by this person.")
