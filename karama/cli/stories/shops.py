"""The shops of the demonstration, where people are met by code: staff of one shop, and four people who came.

Told only where the programme was opened; everybody is made up, and every call is one that a person could make.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

PROGRAMME, SITE, OTHER = "nigeria-key-populations", "baobab", "palm"
STAFF = (
    ("musa", "community_agent", SITE, "Musa"),
    ("ada", "psychologist", SITE, "Ada"),
    ("bisi", "nurse", SITE, "Bisi"),
    ("femi", "social_worker", SITE, "Femi"),
    ("ngozi", "supervisor", SITE, "Ngozi"),
    ("tola", "community_agent", OTHER, "Tola"),
)
"""Sign-in name, duty, site, alias. Peer navigators hold the duty of a community agent."""

PEOPLE: tuple[tuple[str, str, list[str] | None, dict[str, str], str, str], ...] = (
    ("25-34", "man", ["msm"], {"worry": "often", "sleep": "sometimes", "hope": "no"}, "coping", "counselling"),
    ("18-24", "woman", ["sw"], {"sadness": "sometimes", "alcohol": "often", "hurt": "yes"}, "pfa", "protected"),
    ("35-49", "not_said", [], {"drugs": "skipped", "calm": "no"}, "psychoeducation", ""),
    ("15-17", "man", None, {"worry": "sometimes", "daily": "often"}, "pfa", "health"),
)
"""Age, gender, groups (None: a child, who is never asked), answers, brief intervention, service that is wanted."""


def tell(password: str) -> list[dict[str, str]]:
    """Make the shop and its people; returns the sign-ins. Nothing happens where the programme is not there."""
    from karama.programme.models import Site

    sites = dict(Site.objects.filter(programme__code=PROGRAMME).values_list("code", "id"))
    if SITE not in sites:
        return []
    sign_ins, users = _staff(password, sites)
    _answers(sites[SITE], users)
    made = [_person(sites[SITE], *one) for one in PEOPLE]
    _child(made[-1])
    _again(made[0])
    _peers(sites[SITE], made[0])
    return sign_ins


def _staff(password: str, sites: dict[str, UUID]) -> tuple[list[dict[str, str]], dict[str, UUID]]:
    from karama.accounts import demo, duties
    from karama.accounts.actions import add_user, give_duty
    from karama.accounts.models import User
    from karama.accounts.queries import actor_by_name
    from karama.programme.models import CountryProgramme

    samir = actor_by_name("samir", "administrator")
    programme = CountryProgramme.objects.get(code=PROGRAMME).id
    sign_ins, users = [], {}
    for name, duty, site, alias in STAFF:
        users[name] = add_user(by=samir, username=name, language="en").value.id
        give_duty(by=samir, user=users[name], duty=duty, work_alias=alias, programme=programme, site=sites[site])
        user = User.objects.get(id=users[name])
        demo.password(user, password)
        secret = demo.second_factor(user)[0] if duties.needs_second_factor(duty) else ""
        sign_ins.append({"user": name, "duty": duty, "place": site, "secret": secret})
    return sign_ins, users


def _peers(site: UUID, person: UUID) -> None:
    """An open group of peers: one of them by code, the others counted and not named."""
    from karama.accounts.queries import actor_by_name
    from karama.groups.actions import add_member, open_group, record_meeting

    musa = actor_by_name("musa")
    group = open_group(by=musa, site=site, name="Friday", kind="peer_support", form="open", four_ws="3.4").value.id
    add_member(by=musa, group=group, person=person)
    record_meeting(by=musa, group=group, modality="in_person", attendance={person: "present"}, walk_ins=6)


def _answers(site: UUID, users: dict[str, UUID]) -> None:
    """Who answers in the shop, a clinic that somebody verified, and who records what is told alone."""
    from karama.accounts.queries import actor_by_name
    from karama.care.actions import name_focal_point
    from karama.programme.actions import name_responder, set_site_answer
    from karama.programme.days import today_at

    samir = actor_by_name("samir", "administrator")
    name_responder(by=samir, site=site, user=users["ada"], role="responder")
    name_responder(by=samir, site=site, user=users["bisi"], role="deputy")
    set_site_answer(
        by=samir,
        site=site,
        out_of_hours="Call the duty phone of the shop. If nobody answers, go together to the clinic that was agreed.",
        service="A clinic that receives people without questions",
        service_contact="Ask for Sister Joy",
        verified_on=today_at(site) - timedelta(days=3),
    )
    name_focal_point(by=actor_by_name("ngozi"), user=users["ada"], site=site, named=True)


def _person(
    site: UUID, band: str, gender: str, groups: list[str] | None, answers: dict[str, str], brief: str, way: str
) -> UUID:
    """One first contact by the navigator: code, consent, questions, a brief intervention, a service."""
    from karama.accounts.queries import actor_by_name
    from karama.care.actions import answer_group, answer_talk, begin_talk, finish_talk, offer_service, say_company
    from karama.journal.clock import now
    from karama.people.actions import record_consent, register_person
    from karama.people.searching import search_token

    musa = actor_by_name("musa")
    person: UUID = register_person(
        by=musa,
        site=site,
        identity_mode="coded",
        searched=search_token(musa, now()),
        age_band=band,
        gender=gender,
        limits="read_aloud",
        limits_version="1",
        limits_language="en",
        before="first_time",
    ).value.id
    if groups is not None:
        answer_group(by=musa, person=person, groups=groups)
        for purpose in ("care", "report"):
            record_consent(by=musa, person=person, purpose=purpose, decision="yes", method="verbal")
    say_company(by=musa, person=person, said="alone")
    begin_talk(by=musa, person=person)
    for item, answer in answers.items():
        answer_talk(by=musa, person=person, item=item, answer=answer)
    finish_talk(by=musa, person=person, brief=brief)
    if way:
        offer_service(by=musa, person=person, way=way, said="accepted", accompany="yes")
    return person


def _child(person: UUID) -> None:
    """Somebody may be using the youngest one: those who protect children are told, and health care goes on."""
    from karama.accounts.queries import actor_by_name
    from karama.safety.actions import raise_worry

    raise_worry(by=actor_by_name("musa"), kind="child_in_danger", person=person)


def _again(person: UUID) -> None:
    """The first one came back and is better."""
    from karama.accounts.queries import actor_by_name
    from karama.care.actions import answer_talk, begin_talk, finish_talk

    musa = actor_by_name("musa")
    begin_talk(by=musa, person=person, again=True)
    answer_talk(by=musa, person=person, item="change", answer="better")
    finish_talk(by=musa, person=person, brief="coping")
