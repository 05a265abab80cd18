"""Compartments of each kind of help: who knows that it is there, who reads its words, and as what they are shared."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.journal import Absent, Actor, Problem
from karama.notices.models import Notice
from karama.people.actions import assign, end_assignment, record_consent
from karama.people.models import Consent, WithdrawalEffect
from karama.people.queries import consents, who_has_seen
from karama.people.registries import work_open_for
from karama.referrals import facts, field, files, queries
from karama.referrals.actions import (
    give_feedback,
    hand_on,
    receive_referral,
    record_step,
    renew_slip,
    send_referral,
    take_up,
)
from karama.referrals.models import Packet, ReferralTask
from karama.rules import referrals as law
from karama.rules.classes import SENSITIVE_CLASSES
from tests.referrals.conftest import (
    Clinic,
    agree_with,
    amal,
    as_reader,
    clinic,
    prepared,
    says_yes,
    seen,
    sent,
    service,
)  # fmt: skip
from tests.referrals.test_partner import opened
from tests.referrals.test_referring import clinic_partner

__all__ = ["amal", "clinic"]

EVERYBODY = {"nurse", "prescriber", "psychologist", "social_worker", "legal_worker", "physiotherapist", "supervisor"}
CARERS = {"psychologist", "prescriber", "social_worker", "supervisor"}
KNOW: dict[str, set[str]] = {
    "medical": {"nurse", "prescriber", "psychologist", "supervisor"},
    "mental_health": {"nurse", "prescriber", "psychologist", "supervisor"},
    "hiv": {"nurse", "prescriber"},
    "gbv": CARERS,
    "child_protection": CARERS,
    "protection": CARERS | {"legal_worker"},
    "legal": EVERYBODY,
    "cash": EVERYBODY,
    "shelter": EVERYBODY,
}
"""Kind of help -> who of those who work with the person may know that the referral is there. From the design."""
READ = KNOW | {"legal": {"legal_worker"}}
"""Kind of help -> who of them may read why, and what was told."""
ANSWER = "On Monday at nine."


def team(clinic: Clinic, person: UUID) -> dict[str, Actor]:
    """One of each duty, all of them working with the person."""
    found = {"supervisor": clinic["nadia"]}
    for duty in sorted(EVERYBODY - {"supervisor"}):
        found[duty] = clinic.hire(f"a_{duty}", duty, clinic.here)
        assign(by=clinic["nadia"], person=person, user=found[duty].id, role="member")
    return found


@pytest.mark.parametrize("sector", sorted(KNOW))
def test_each_kind_of_help_in_its_compartment(clinic: Clinic, amal: UUID, noor: UUID, sector: str) -> None:
    """RF120: of each kind of help: page, page of all kinds, open work, telephones and readable copy know of the
    referral for whose duty opens its compartment, and for nobody else; numbers hold none of a closed one; its words,
    at each step and told back, are read where theirs is opened, and nowhere else."""
    referral = prepared(clinic, amal, service(clinic, noor, sector))
    sent(clinic, referral, way="slip")
    record_step(by=clinic["chantal"], referral=referral, state="declined", words=ANSWER)
    give_feedback(by=clinic["chantal"], referral=referral, toward="us", words=ANSWER)
    for duty, by in team(clinic, amal).items():
        knows, reads = duty in KNOW[sector], duty in READ[sector]
        with as_reader(by):
            told = {one.sector for one in queries.plan_of(by, amal).sectors if one.lines}
            assert told == ({sector} if knows else set()), duty
            assert bool(field._tasks(by, [amal])) is knows, duty
            assert bool([one for one in work_open_for(amal, by) if one.kind == "referral"]) is knows, duty
            copied = [one for part in files.readable_copy(by=by, person=amal, language="en") for one in part.rows]
            assert bool([one for one in copied if "Clinic by the river" in str(one[1])]) is knows, duty
            assert not [one for one in copied if "Fever" in str(one) or ANSWER in str(one)], duty
            if not knows:
                with pytest.raises(Absent):
                    queries.referral_page(by, referral)
                continue
            page = queries.referral_page(by, referral)
            preview = queries.preview(by, referral)
        words = (page.reason, *(one.words for one in page.steps), *(said for _toward, _at, said in page.feedback))
        assert words.count(ANSWER) == (2 if reads else 0), duty
        assert ("Fever since a week." in words) is reads, duty
        assert page.words_kept is not reads
        assert bool(preview.content) is reads, duty
    record_consent(by=clinic["chantal"], person=amal, purpose="report", decision="yes", method="verbal")
    rows = list(facts.referral_rows(by=clinic["rojin"], programme=clinic.programme.id))
    assert len(rows) == (law.compartment_of(sector) in ("general", "clinical"))
    assert not [one for row in rows for one in vars_of(row) if one in (sector, "legal", "Fever since a week.")]


def vars_of(row: Any) -> list[Any]:
    return [getattr(row, name) for name in row.__dataclass_fields__]


def test_a_legal_reason_is_shared_as_legal(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF121: the reason of a legal referral leaves only under a yes to, and an agreement about, legal matters; a yes to
    general things does not cover it, at sending and at each opening; every kind of help has a class of its own."""
    agreement = ["contact", "general", "clinical"]
    agree_with(clinic, noor, [*agreement, "legal"])
    says_yes(clinic, amal, noor, agreement)
    referral = prepared(clinic, amal, service(clinic, noor, "legal"))
    with as_reader(clinic["chantal"]):
        shown = queries.preview(clinic["chantal"], referral)
    assert (shown.against, set(shown.refused)) == ("referrals.not_agreed", {"legal"})
    with pytest.raises(Problem) as refused:
        sent(clinic, referral)
    assert refused.value.code == "referrals.not_agreed"
    legal = says_yes(clinic, amal, noor, ["legal"])
    made = sent(clinic, referral)
    assert "Fever since a week." in opened(made, do="accepted").content.decode()
    from karama.people.actions import withdraw_consent

    withdraw_consent(by=clinic["chantal"], person=amal, consent=legal)
    assert opened(made).status_code == 422
    for sector in law.SECTORS:
        own = law.class_of("reason", law.words_compartment_of(sector))
        assert own == {"child_protection": "child", "medical": "clinical", "mental_health": "clinical"}.get(
            sector, sector if sector in SENSITIVE_CLASSES else "general"
        )


def test_an_agreement_that_names_no_legal_matters_covers_none(
    clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID
) -> None:
    """RF122: a sharing agreement of the usual classes covers no legal reason, whatever the person agreed to."""
    says_yes(clinic, amal, noor)
    says_yes(clinic, amal, noor, ["legal"])
    with pytest.raises(Problem) as refused:
        sent(clinic, prepared(clinic, amal, service(clinic, noor, "legal")))
    assert refused.value.code == "referrals.beyond_agreement"


def test_nobody_sends_what_she_may_not_read(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF123: whoever may know of a legal referral and not read it looks at nothing and sends nothing but a slip, also
    when it was given to her; whoever wrote it reads it for as long as she carries it."""
    agree_with(clinic, noor, ["contact", "general", "legal"])
    says_yes(clinic, amal, noor, ["contact", "general"])
    says_yes(clinic, amal, noor, ["legal"])
    referral = prepared(clinic, amal, service(clinic, noor, "legal"))
    looked = seen(clinic["chantal"], referral)
    clinic.hire("noah", "community_agent", clinic.here)
    for name in ("noah", "diego"):
        assign(by=clinic["nadia"], person=amal, user=clinic[name].id, role="member")
    end_assignment(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
    hand_on(by=clinic["nadia"], referral=referral, to=clinic["noah"].id)
    assign(by=clinic["nadia"], person=amal, user=clinic["chantal"].id, role="member")
    for name in ("noah", "nadia", "diego", "chantal"):
        by = clinic[name]
        with as_reader(by):
            shown = queries.preview(by, referral)
            assert (shown.content, shown.seen, shown.against) == ([], "", "referrals.words_kept"), name
            assert queries.referral_page(by, referral).reason == ""
        with pytest.raises(Problem) as refused:
            send_referral(by=by, referral=referral, way="packet", seen=looked)
        assert refused.value.code == "referrals.words_kept"
    assert ReferralTask.objects.get(referral_id=referral).state == "prepared"
    sent(clinic, referral, by="noah", way="slip")
    with pytest.raises(Problem) as refused:
        renew_slip(by=clinic["noah"], referral=referral, way="packet", seen=looked)
    assert refused.value.code == "referrals.words_kept"
    lawyer = clinic.hire("laila", "legal_worker", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=lawyer.id, role="member")
    assert renew_slip(by=lawyer, referral=referral, way="packet", seen=looked).value
    end_assignment(by=clinic["nadia"], person=amal, user=clinic["noah"].id)
    take_up(by=clinic["chantal"], referral=referral)
    with as_reader(clinic["chantal"]):
        assert queries.referral_page(clinic["chantal"], referral).reason == "Fever since a week."


@pytest.mark.parametrize("sector", ["hiv", "legal", "gbv", "child_protection", "protection"])
def test_telling_back_tells_of_the_kind(clinic: Clinic, amal: UUID, noor: UUID, sector: str) -> None:
    """RF124: whoever referred her for something sensitive learns that she came only with a yes to that class."""
    agree_with(clinic, noor, ["contact", "general", law.words_compartment_of(sector)])
    says_yes(clinic, amal, noor, ["general"])
    came = receive_referral(
        by=clinic["chantal"], person=amal, sector=sector, urgency="week", came_from="Noor", by_way="paper",
        organisation=noor,
    ).value.id  # fmt: skip
    with pytest.raises(Problem) as refused:
        give_feedback(by=clinic["chantal"], referral=came, toward="them", words="Came.")
    assert refused.value.code == "referrals.not_agreed"
    says_yes(clinic, amal, noor, [law.words_compartment_of(sector)])
    assert give_feedback(by=clinic["chantal"], referral=came, toward="them", words="Came.").value


@pytest.mark.parametrize("to", ["everybody", "this one", "one class", "another one"])
def test_a_new_no_closes_it_at_once(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID, to: str) -> None:
    """RF125: a no to sharing closes what it ends in the same action: it is empty before anybody opens it, its worker
    has the referral back and is told, and the page of decisions says when; a no to somebody else closes nothing."""
    says_yes(clinic, amal, noor)
    referral = prepared(clinic, amal, service(clinic, noor))
    made = sent(clinic, referral)
    opened(made, do="accepted")
    kinds: dict[str, dict[str, Any]] = {
        "everybody": {},
        "this one": {"recipient": "partner_health", "organisation": noor},
        "one class": {"data_classes": ["clinical"]},
        "another one": {"recipient": "partner_health", "organisation": clinic_partner(clinic, "Dar House")},
    }
    no = record_consent(
        by=clinic["nadia"], person=amal, purpose="share", decision="no", method="verbal", **kinds[to]
    ).value.id  # fmt: skip
    row = Packet.objects.get(pk=made.id)
    if to == "another one":
        assert row.closed_at is None
        assert opened(made).status_code == 200
        assert not WithdrawalEffect.objects.exists()
        return
    assert (row.closed_why, row.content) == ("refused", None)
    assert ReferralTask.objects.get(referral_id=referral).state == "stopped"
    assert Notice.objects.filter(user_id=clinic["chantal"].id, kind="referrals.stopped", place=referral).exists()
    with as_reader(clinic["chantal"]):
        line = next(one for one in consents(clinic["chantal"], amal) if one.id == no)
    assert [(one.place, one.state) for one in line.effects] == [
        ("Noor Clinic", "done"), ("Noor Clinic: what was read before", "cannot"),
    ]  # fmt: skip


def test_a_no_to_everybody_names_no_closed_compartment(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF126: what a no to everybody has closed is named where everybody may know of it; a recipient of HIV care stands
    on the page of decisions neither by name nor as somebody without one."""
    agree_with(clinic, noor, ["contact", "general", "hiv"])
    says_yes(clinic, amal, noor, ["contact", "general"])
    says_yes(clinic, amal, noor, ["hiv"])
    berta = clinic.hire("berta", "nurse", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=berta.id, role="member")
    made = sent(clinic, prepared(clinic, amal, service(clinic, noor, "hiv"), by="berta"), by="berta")
    opened(made, do="accepted")
    no = record_consent(by=clinic["nadia"], person=amal, purpose="share", decision="no", method="verbal").value.id
    assert Packet.objects.get(pk=made.id).closed_why == "refused"
    with as_reader(clinic["nadia"]):
        assert next(one for one in consents(clinic["nadia"], amal) if one.id == no).effects == ()
    assert Consent.objects.filter(decision="no").count() == 1


def test_who_saw_is_silent_alike(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF127: in the list of who saw the file no line goes away and none comes, for whoever may not know of it, when
    there is a referral of a closed compartment."""
    prepared(clinic, amal, service(clinic, noor))
    client = Client()
    client.force_login(User.objects.get(pk=clinic["nadia"].id))
    client.get(f"/referrals/person/{amal}/")
    client.get(f"/referrals/{ReferralTask.objects.get().referral_id}/")
    before = _lines(clinic, amal)
    assert ("Nadia", "looked at which help you were referred to") in before
    berta = clinic.hire("berta", "nurse", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=berta.id, role="member")
    between = _lines(clinic, amal)
    sent(clinic, prepared(clinic, amal, service(clinic, noor, "hiv"), by="berta"), by="berta", way="slip")
    assert _lines(clinic, amal) == between
    assert before <= between


def _lines(clinic: Clinic, person: UUID) -> set[tuple[str, str]]:
    with as_reader(clinic["nadia"]):
        return {(one.alias, str(one.what)) for one in who_has_seen(clinic["nadia"], person)}


def test_a_slip_tells_nothing_on_its_edge_and_keeps_its_code_apart(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF128: a slip has no margin in which a browser prints title and address, and a title that says nothing; the code
    is neither shown nor printed beside the picture: it stands on a page of its own, without picture and address, which
    whoever may not see the referral does not come to."""
    referral = prepared(clinic, amal, service(clinic, noor))
    client = Client()
    client.force_login(User.objects.get(pk=clinic["chantal"].id))
    page = client.post(f"/referrals/{referral}/send/", {"way": "slip"}).content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert title == "Message"
    assert "referrals/slip" in page
    style = (Path(field.__file__).parent / "static/referrals/slip.css").read_text(encoding="utf-8")
    assert "@page{margin:0}" in style.split("@media print{")[1]
    code = page.split('name="code" value="')[1].split('"')[0]
    shown = page.replace(f'name="code" value="{code}"', "")
    assert len(code) == 8
    assert code not in shown
    assert f"{code[:4]} {code[4:]}" not in shown
    assert "<svg" in page.split("<article")[1]
    step = client.post(f"/referrals/{referral}/code/", {"code": code}).content.decode()
    assert f"{code[:4]} {code[4:]}" in step
    assert step.split("<title>")[1].startswith("Message<")
    main = step.split("<main")[1].split("</main>")[0]
    address = page.split('name="address"')[1].split('value="')[1].split('"')[0]
    assert address not in step
    assert "<article" not in main
    assert main.index("screen-only") < main.index(f"{code[:4]} {code[4:]}") < main.rindex("</div>")
    assert client.get(f"/referrals/{referral}/code/").status_code == 405
    for wrong in ("", "1234", "12345678x", "<b>12345</b>", "１２３４５６７８"):
        answer = client.post(f"/referrals/{referral}/code/", {"code": wrong})
        assert (answer.status_code, answer["Location"]) == (302, f"/referrals/{referral}/")
    client.force_login(User.objects.get(pk=clinic["diego"].id))
    assert client.post(f"/referrals/{referral}/code/", {"code": code}).status_code == 404
