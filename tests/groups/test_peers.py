"""GR160-GR166: groups that peers lead: what they keep to, who stands behind them, a talk that nobody else learns of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import hold_meeting
from karama.groups import peers
from karama.groups.actions import name_facilitator, open_group, record_meeting
from karama.groups.models import Group
from karama.groups.problems import MayNotDeliver
from karama.journal import clock
from karama.knowledge.pack_groups import PEER_KINDS, groups_from, groups_of
from karama.knowledge.packs import PackError, lacks, packs, programme
from karama.programme.days import today_at
from karama.staffcare.models import Offer
from tests.groups.conftest import Circle, circle, opened
from tests.groups.test_pages import text, window

__all__ = ["circle"]

PEERS: dict[str, Any] = {
    "kind": "peer_support", "duties": ["volunteer"], "supervised_by": ["psychologist"], "supervised_every_days": 14,
    "talk_offered_every": 2, "boundaries": [{"en": "We listen."}], "evidence": "draft: x",
}  # fmt: skip


@pytest.fixture
def tea(circle: Circle) -> UUID:
    """A group of peers that Chantal leads."""
    return opened(circle.clinic, name="Luna", kind="peer_support", form="open", intervention="")


def met(circle: Circle, group: UUID, number: int, who: str = "chantal") -> None:
    """A meeting nobody is named in."""
    record_meeting(by=circle.clinic[who], group=group, number=number, modality="in_person", attendance={}, walk_ins=3)


@pytest.mark.parametrize("code", packs())
def test_each_pack_says_what_peers_keep_to(code: str) -> None:
    """GR160: every pack in which peers lead groups says what they keep to, in each of its languages, who may lead one
    and who stands behind them; the check of the programme has nothing to say about it."""
    told = groups_of(code)
    assert {one.kind for one in told.peers} == set(PEER_KINDS)
    for one in told.peers:
        assert len(one.boundaries) >= 4
        assert "volunteer" in one.duties
        assert not set(one.supervised_by) - {"psychologist", "supervisor"}
        for texts in one.boundaries:
            assert set(programme(code).languages) | {"es", "ar", "en"} <= set(texts)
    found = [one.code for one in lacks(programme(code), clock.now()) if one.where == "groups.toml"]
    assert found == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (PEERS | {"kind": "skills"}, "kind"),
        (PEERS | {"duties": ["administrator"]}, "duties"),
        (PEERS | {"duties": []}, "duties"),
        (PEERS | {"supervised_by": ["volunteer"]}, "supervised_by"),
        (PEERS | {"boundaries": []}, "boundaries"),
        (PEERS | {"boundaries": [{"en": " "}]}, "boundaries"),
        (PEERS | {"supervised_every_days": 400}, "supervised_every_days"),
        (PEERS | {"score": 1}, "score"),
    ],
)
def test_nonsense_about_peers_is_refused(table: dict[str, Any], said: str) -> None:
    """GR161: what a pack says wrongly about peers is refused with file and key, and so is a kind said twice."""
    with pytest.raises(PackError, match=said):
        groups_from("a-pack", {"version": "1", "peers": [table]})
    with pytest.raises(PackError, match="twice"):
        groups_from("a-pack", {"version": "1", "peers": [PEERS, PEERS]})


def test_a_pack_with_peers_and_nobody_behind_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """GR162: a pack that runs groups of peers without a word on what they keep to is told so, and one that says it in
    too few languages, too."""
    pack = programme("colombia-community")
    run = {"intervention": "peer_support", "evidence": "draft: x"}
    for table, code in (({"runs": [run]}, "no_peers"), ({"peers": [PEERS]}, "missing_language")):
        found = groups_from("colombia-community", {"version": "1", **table})
        monkeypatch.setattr("karama.knowledge.pack_groups.groups_of", lambda _code, found=found: found)
        assert [one.code for one in lacks(pack, clock.now()) if one.where == "groups.toml"] == [code]


def test_who_may_lead(circle: Circle, tea: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """GR163: a volunteer leads a group of peers; a duty that the pack does not name for it does not, nor opens one."""
    clinic = circle.clinic
    luz, nurse = clinic.hire("luz", "volunteer", clinic.here), clinic.hire("sol", "nurse", clinic.here)
    name_facilitator(by=clinic["nadia"], group=tea, user=luz.id)
    other = opened(clinic, name="Sol", kind="self_help", form="open", intervention="")
    with pytest.raises(MayNotDeliver):
        name_facilitator(by=clinic["nadia"], group=other, user=nurse.id)
    with pytest.raises(MayNotDeliver):
        open_group(by=nurse, site=clinic.here.id, name="Mar", kind="peer_support", form="open")
    open_group(by=nurse, site=clinic.here.id, name="Mar", kind="skills", form="open")


def test_a_talk_is_offered(circle: Circle, tea: UUID) -> None:
    """GR164: after every fourth meeting each of those who lead is offered a talk, once, and a correction or the record
    of the other offers none; a group that is not of peers offers none."""
    clinic = circle.clinic
    name_facilitator(by=clinic["nadia"], group=tea, user=clinic["diego"].id)
    for number in (1, 2, 3):
        met(circle, tea, number)
    assert not Offer.objects.exists()
    met(circle, tea, 4)
    assert set(Offer.objects.values_list("user_id", flat=True)) == {clinic["chantal"].id, clinic["diego"].id}
    from karama.staffcare.actions import answer_offer

    mine = Offer.objects.get(user_id=clinic["diego"].id)
    answer_offer(by=clinic["diego"], offer=mine.id, answer="decline")
    met(circle, tea, 4, "diego")
    assert not Offer.objects.filter(user_id=clinic["diego"].id).exists()
    circle.record(number=4)
    assert Offer.objects.count() == 1


def test_supervision_of_their_own(circle: Circle, tea: UUID) -> None:
    """GR165: the group's page says what peers keep to and when each was last supervised: to the supervisor of all, to
    a peer of herself alone; what is overdue says so, and a group without peers says nothing of it."""
    clinic = circle.clinic
    name_facilitator(by=clinic["nadia"], group=tea, user=clinic["diego"].id)
    url = f"/groups/{tea}/"
    shown = text(window(circle, "nadia").get(url))
    assert "What we keep to" in shown
    assert "Last supervision" not in shown
    hold_meeting(
        by=clinic["nadia"], site=clinic.here.id, kind="supervision", on=today_at(clinic.here.id), mode="together",
        attended=[clinic["chantal"].id, clinic["diego"].id],
    )  # fmt: skip
    row = Group.objects.get(pk=tea)
    who = [clinic["chantal"].id, clinic["diego"].id]
    told = peers.shown(clinic["nadia"], row, who)
    assert told is not None
    assert [one.last is not None for one in told.supervised] == [True, True]
    mine = peers.shown(clinic["chantal"], row, who)
    assert mine is not None
    assert [one.alias for one in mine.supervised] == ["Chantal"]
    assert "What we keep to" not in text(window(circle, "nadia").get(f"/groups/{circle.group}/"))


def test_somebody_stands_behind_them(circle: Circle) -> None:
    """GR166: the check of the programme says so when no colleague has a duty that stands behind peers."""
    from karama.accounts.actions import end_duty
    from karama.accounts.models import Posting

    clinic = circle.clinic
    assert peers.missing_in(clinic.programme.id) == []
    behind = Posting.objects.filter(duty__in=("psychologist", "supervisor"), programme=clinic.programme)
    for one in behind:
        end_duty(by=clinic["samir"], posting=one.id)
    assert [one.code for one in peers.missing_in(clinic.programme.id)] == ["groups.nobody_behind_peers"]
