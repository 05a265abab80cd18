"""The ground of the access matrix: two sites, every duty in every relation to Amal, a canary in each of her fields.

Everything is made through real actions. A stand-in is called `<duty>.<relation>`, the relation being one of:
`assigned` (works with her), `near` (the same place, no tie), `far` (another site, or another programme), `hidden`
(the same place, but she is not to be shown to them).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.test import Client

from karama.accounts.actions import become_operator, give_duty, make_first_administrator, set_leave
from karama.accounts.actions.rota import set_rota
from karama.accounts.actions.setting_up import SETUP
from karama.accounts.models import Leave, Posting, Rota, User
from karama.accounts.queries.acting import actor_of
from karama.care.actions import (
    amend_response,
    answer_item,
    change_episode_state,
    open_episode,
    plan_site_closing,
    record_death,
    record_response,
    say_goodbye,
    take_back_death,
)
from karama.care.models import DraftResponse, Response
from karama.journal import Actor, clock
from karama.people.actions import (
    add_relation,
    assign,
    begin_family,
    break_glass,
    hide_from,
    propose_transfer,
    record_consent,
    register_person,
    set_contact_rules,
)
from karama.people.models import Consent
from karama.people.searching import search_token
from karama.programme.actions import name_responder, open_programme, set_site_answer, set_up_organisation
from karama.programme.days import today_at
from karama.programme.models import CountryProgramme, Responder, Site, Team
from karama.rules.classes import DUTIES
from karama.safety.actions import (
    follow_incident,
    raise_worry,
    record_first_contact,
    report_incident,
    take_alert,
)
from karama.safety.models import Alert, AlertSource
from karama.security import vault
from tests.accounts import signing
from tests.attacks.canaries import canary
from tests.attacks.ground_family import made_family
from tests.attacks.ground_grants import made_grants
from tests.attacks.ground_groups import gathered
from tests.attacks.ground_intake import made_intake
from tests.attacks.ground_medical import made_medical
from tests.attacks.ground_officer import made_for_officer
from tests.attacks.ground_outreach import made_outreach
from tests.attacks.ground_phones import made_phones
from tests.attacks.ground_referrals import made_referrals
from tests.attacks.ground_staffcare import made_staffcare
from tests.attacks.ground_supervision import made_supervision
from tests.attacks.ground_violence import made_alone
from tests.attacks.ground_voice import said_without_account
from tests.attacks.steps import aloud, course, desk, rights

HERE, THERE = "iraq-torture-rehabilitation", "colombia-community"
ASSIGNED: Final = (
    "community_agent", "psychologist", "prescriber", "nurse", "physiotherapist", "social_worker", "legal_worker",
    "volunteer",
)  # fmt: skip
AT_A_SITE: Final = (*ASSIGNED, "reception", "interpreter", "supervisor")
IN_A_PROGRAMME: Final = ("trainer", "advocacy_officer", "mel_officer", "researcher")
EVERYWHERE: Final = ("data_import", "administrator", "data_protection_officer", "director")
RELATIONS: Final = ("assigned", "near", "far", "hidden")

PASSWORD: Final = "md5$salt$0cc175b9c0f1b6a831c399e269772661"


@dataclass
class Ground:
    """Ids by their name in an address (Amal's), users by stand-in, and their browsers."""

    ids: dict[str, UUID]
    users: dict[str, UUID] = field(repr=False)
    actors: dict[str, Actor] = field(default_factory=dict, repr=False)
    clients: dict[str, Client] = field(default_factory=dict, repr=False)

    def browser(self, who: str) -> Client:
        """Signed in past every gate; `visitor`: nobody."""
        if who not in self.clients:
            user = User.objects.filter(id=self.users.get(who, UUID(int=0))).first()
            client = signing.browser(user, factor=needs_factor(who)) if user else Client()
            client.raise_request_exception = False
            if user:
                client.get("/me/")  # the first request of a session notes the browser
            self.clients[who] = client
        return self.clients[who]


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back, in both databases; what asks for a transaction of its own is content."""
    with ExitStack() as stack:
        for alias in ("default", "keys"):
            block = transaction.atomic(using=alias)
            block._from_testcase = True
            stack.enter_context(block)
        yield
        for alias in ("default", "keys"):
            transaction.set_rollback(True, using=alias)
    vault.forget()


def needs_factor(who: str) -> bool:
    """Whether her duty signs in with a second factor."""
    return who.split(".")[0] not in (*AT_A_SITE, "trainer", "advocacy_officer", "unposted")


def stand_ins() -> list[str]:
    """Every duty in every relation it can have, by name."""
    found = [f"{duty}.assigned" for duty in ASSIGNED]
    return found + [f"{duty}.{relation}" for duty in DUTIES for relation in RELATIONS[1:]]


def made() -> Ground:
    """Make the whole ground in the database that is open now."""
    vault.forget()
    ground = Ground({}, {})
    for step in (_places, _staff, _amal, desk, _around):
        step(ground)
    return ground


def _places(made: Ground) -> None:
    set_up_organisation(by=SETUP, name="Organisation of the tests")
    for code in (HERE, THERE):
        open_programme(by=SETUP, code=code)
    first = make_first_administrator(by=SETUP, username="samir", work_alias="Samir").value
    made.users["samir"] = first.id
    made.actors["samir"] = actor_of(Posting.objects.get(user_id=first.id))
    here, there = (CountryProgramme.objects.get(code=code).id for code in (HERE, THERE))
    site = Site.objects.get(code="mosul").id
    made.ids |= {"programme": here, "programme_far": there, "site": site}
    made.ids |= {"site_far": Site.objects.get(code="dohuk").id}
    made.ids["team"] = Team.objects.filter(site=site).values_list("id", flat=True)[0]


def _staff(made: Ground) -> None:
    operator = User.objects.create(username="data_import.near", password=PASSWORD)
    become_operator(by=SETUP, user=operator.id, work_alias="Hana")
    _note(made, "data_import.near", operator.id)
    for who in stand_ins():
        if who != "data_import.near":
            user = User.objects.create(username=who, password=PASSWORD)
            give_duty(by=made.actors["samir"], user=user.id, work_alias=f"W{len(made.users)}", **place_of(made, who))
            _note(made, who, user.id)
    made.users["unposted"] = User.objects.create(username="unposted", password=PASSWORD).id
    made.ids["user"] = made.users["community_agent.assigned"]
    made.ids["posting"] = Posting.objects.get(user_id=made.ids["user"]).id


def place_of(made: Ground, who: str) -> dict[str, Any]:
    """Duty and place of a stand-in, as `give_duty` wants them."""
    duty, relation = who.split(".")
    far = relation == "far"
    if duty in AT_A_SITE:
        return {"duty": duty, "programme": made.ids["programme"], "site": made.ids["site_far" if far else "site"]}
    if duty in IN_A_PROGRAMME or far:
        return {"duty": duty, "programme": made.ids["programme_far" if far else "programme"]}
    return {"duty": duty}


def _note(made: Ground, who: str, user: UUID) -> None:
    made.users[who] = user
    made.actors[who] = actor_of(Posting.objects.get(user_id=user))


def _amal(made: Ground) -> None:
    agent, nadia = made.actors["community_agent.assigned"], made.actors["supervisor.near"]
    person: UUID = register_person(
        by=agent,
        site=made.ids["site"],
        identity_mode="named",
        searched=search_token(agent, clock.now()),
        called=canary("called"),
        first=canary("first"),
        last=canary("last"),
        birth_year=1990,
        place=canary("place"),
        gender="own_words",
        gender_words=canary("gender_words"),
        ethnicity=canary("ethnicity"),
        limits="read_aloud",
    ).value.id
    made.ids["person"] = person
    record_consent(
        by=agent, person=person, purpose="care", decision="yes", method="witnessed", note=canary("consent_note"),
        witness=canary("consent_witness"), witness_kin="not_relative",
    )  # fmt: skip
    set_contact_rules(
        by=agent, person=person, channel="call", address=canary("contact_address"), safe_hours=canary("safe_hours"),
        phrase=canary("phrase"),
    )  # fmt: skip
    made.ids["consent"] = Consent.objects.get(person_id=person).id
    add_relation(by=agent, person=person, called=canary("relation_called"), kin="sibling", note=canary("relation_note"))
    begin_family(by=agent, person=person, agrees="yes")
    made.ids["transfer"] = propose_transfer(
        by=nadia, person=person, site=made.ids["site_far"], reason="Moves away."
    ).value.id  # fmt: skip
    for duty in ASSIGNED[1:]:
        assign(by=nadia, person=person, user=made.users[f"{duty}.assigned"], role="member")
    for who, user in made.users.items():
        if who.endswith(".hidden"):
            hide_from(by=nadia, person=person, user=user, reason=canary("hidden_reason"))


def _around(made: Ground) -> None:
    agent, nadia, person = made.actors["community_agent.assigned"], made.actors["supervisor.near"], made.ids["person"]
    samir, site = made.actors["samir"], made.ids["site"]
    name_responder(by=samir, site=site, user=nadia.id, role="responder")
    name_responder(by=samir, site=site, user=made.users["psychologist.assigned"], role="deputy")
    made.ids["responder"] = Responder.objects.filter(site=site, user_id=nadia.id).values_list("id", flat=True)[0]
    set_site_answer(
        by=samir, site=site, out_of_hours="Call the telephone of the centre.", service="Hospital",
        service_contact="Nurse in charge", verified_on=today_at(site) - timedelta(days=2),
    )  # fmt: skip
    made.ids["death"] = record_death(by=agent, person=person, suspected="none", words=canary("death_words")).value.id
    take_back_death(by=nadia, death=made.ids["death"], reason=canary("death_mistake"))
    episode = open_episode(by=agent, person=person).value.id
    answers = {f"q{number}": "several_days" for number in range(1, 10)}
    asked = {"person": person, "instrument": "phq9", "language": "ar"}
    first = record_response(
        by=agent, answers=answers, wave="baseline", on=today_at(site), episode=episode, **asked
    ).value.id
    change_episode_state(by=agent, episode=episode, state="waiting", reason=canary("episode_words"))
    amend_response(by=agent, response=first, answers={**answers, "q1": "not_at_all"}, reason=canary("amend_reason"))
    answer_item(by=made.actors["psychologist.assigned"], answers={"q1": "not_at_all"}, mode="interviewer", **asked)
    raise_worry(by=agent, kind="suicide", person=person, words=canary("worry_words"))
    source = AlertSource.objects.filter(author_id=agent.id, source="worry").first()
    assert source is not None
    take_alert(by=nadia, alert=source.alert_id)
    record_first_contact(by=nadia, alert=source.alert_id, note=canary("contact_note"))
    days = {"from_on": clock.day_in_utc(), "until_on": clock.day_in_utc()}
    set_leave(by=nadia, user=made.ids["user"], **days)
    set_rota(by=nadia, site=site, user=nadia.id, weekday=0, starts="08:00", ends="16:00")
    made.ids |= {
        "episode": episode,
        "response": Response.objects.filter(person_id=person).order_by("recorded_at").values_list("id", flat=True)[0],
        "draft": DraftResponse.objects.get(person_id=person).id,
        "alert": source.alert_id,
        "source": source.id,
        "leave": Leave.objects.get(user_id=made.ids["user"]).id,
        "shift": Rota.objects.get(site=site).id,
    }
    made.ids["glass"] = break_glass(
        by=made.actors["psychologist.near"], person=person, reason=canary("emergency_reason")
    ).value.id
    assert Alert.objects.filter(person_id=person).exists()
    aloud()
    told = {"kind": "violence", "words": canary("incident_words"), "involved": [made.actors["legal_worker.near"].id]}
    made.ids["incident"] = report_incident(by=nadia, site=site, **told).value.id
    follow_incident(by=nadia, incident=made.ids["incident"], step="acted", words=canary("incident_step"))
    plan_site_closing(by=nadia, site=site, ends_on=today_at(site), why=canary("closing_why"))
    say_goodbye(by=agent, person=person, last_check="alert", onward="ended", words=canary("farewell_words"))
    made_grants(made, canary)
    course(made)
    made_medical(made, canary)
    made_referrals(made, canary)
    gathered(made)
    made_outreach(made, canary)
    made_alone(made)
    made_intake(made, canary)
    made_supervision(made, canary)
    made_family(made, canary)
    rights(made)
    made_phones(made, canary)
    made_staffcare(made, canary)
    said_without_account(made, canary)
    made_for_officer(made, canary)
