"""What was held: as if it came now when it is entered, and never before whom it names, nor before nobody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions import end_duty
from karama.accounts.models import Posting, User
from karama.accounts.today import lines_for
from karama.journal import Absent, Refused, reading
from karama.journal.models import Entry
from karama.people.actions import assign, hide_from, set_contact_rules
from karama.people.models import ContactRules
from karama.security.identifiers import uuid7
from karama.sync.actions import HOLDER, enter_held, hold, set_aside
from karama.sync.models import Conflict, HeldOperation, HeldStep
from karama.sync.oversight import named_in
from karama.sync.problems import LeftToOthers
from karama.sync.queries import held_file, held_page, held_waiting, open_conflicts
from karama.ui.addresses import reverse
from karama.voice.models import Feedback
from tests.accounts.signing import browser
from tests.people.conftest import Clinic
from tests.sync.phone import Phone

MESSAGE = {"kind": "complaint", "face": "bad", "words": "The supervisor asks for money.", "danger": "none"}
TODAY = "Sent from a telephone, not entered yet"


def _waits(clinic: Clinic, name: str) -> list[UUID]:
    with reading(by=clinic[name], purpose="supervision", route="tests.sync"):
        return [line.id for line in held_waiting(clinic[name])]


def _there(clinic: Clinic, name: str, held: UUID) -> bool:
    """Whether it stands before her: in her list, as a page, and on Today; as a file only for whoever may read it."""
    listed = held in _waits(clinic, name)
    with reading(by=clinic[name], purpose="supervision", route="tests.sync"):
        try:
            held_page(clinic[name], held)
            paged = True
        except Absent:
            paged = False
    told = TODAY in [str(line.words) for line in lines_for(clinic[name])]
    assert (paged, told) == (listed, listed)
    return listed


def _someone(clinic: Clinic) -> UUID:
    return clinic.register("diego", first="Someone", last="Else")


def _end(clinic: Clinic, name: str) -> None:
    end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=clinic[name].id).id)


@pytest.mark.parametrize("newer", ["diego", "never", "own"])
def test_entered_late_it_meets_what_is_newer(newer: str, phone: Phone, clinic: Clinic) -> None:
    """SY150: a held edit that is entered after all meets what was written since, also by its own author: two safe
    contacts are neither, "never" wins, and both are kept for a person to decide."""
    person = _someone(clinic)
    phone.do("people.set_contact_rules", person=person, channel="call", address="+57 300 1")
    phone.sync()
    held = HeldOperation.objects.get().id
    assign(by=clinic["nadia"], person=person, user=clinic["chantal"].id, role="member")
    if newer == "own":
        phone.do("people.set_contact_rules", person=person, channel="call", address="+57 300 2")
        phone.sync()
    else:
        told = {"channel": "never"} if newer == "never" else {"channel": "call", "address": "+57 300 2"}
        set_contact_rules(by=clinic["diego"], person=person, **told)
    enter_held(by=clinic["nadia"], held=held)
    assert ContactRules.objects.get().channel == ("never" if newer == "never" else "undecided")
    row = Conflict.objects.get()
    assert (row.later_by, row.action) == (clinic["chantal"].id, "people.set_contact_rules")
    with reading(by=clinic["nadia"], purpose="supervision", route="tests.sync"):
        assert row.unseal("later")["address"] == "+57 300 1"


def test_a_message_is_entered_unread_and_never_set_aside(
    phone: Phone, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SY151: a held message is entered as its room wants it, with what a telephone sends of it; the supervisor of the
    site has not read it and cannot set it aside, on the page neither."""
    with monkeypatch.context() as broken:
        broken.setattr("karama.voice.field.take_from_telephone", _breaks)
        sent = phone.do("voice.type_in_feedback", site=clinic.here.id, **MESSAGE)
        phone.sync()
    assert phone.outcome(sent) == "held"
    held, nadia = HeldOperation.objects.get().id, clinic["nadia"]
    with pytest.raises(LeftToOthers):
        set_aside(by=nadia, held=held, reason="Nothing")
    assert not HeldStep.objects.exists()
    mine, url = browser(User.objects.get(id=nadia.id)), reverse("sync:held_one", args=[held])
    shown = mine.get(url).content.decode()
    assert 'value="enter"' in shown
    assert 'value="aside"' not in shown
    assert mine.post(url, {"do": "aside", "reason": "Nothing"}).status_code == 422
    enter_held(by=nadia, held=held)
    row = Feedback.objects.get()
    assert (row.kind, row.channel, row.author_id) == ("complaint", "paper", clinic["chantal"].id)
    assert Entry.objects.get(op_id=sent).actor_id == clinic["chantal"].id


def _breaks(*_arguments: Any, **_named: Any) -> None:
    raise RuntimeError("the disk")


AGAINST: dict[str, Any] = {
    "people.hide_from": lambda clinic, person, user: {"person": person, "user": user, "reason": "relative"},
    "safety.raise_worry": lambda clinic, person, user: {"kind": "armed_threat", "involves": user},
    "safety.report_incident": lambda clinic, person, user: {
        "site": clinic.elsewhere.id, "kind": "staff", "words": "Shouted.", "involved": [user.upper()],
    },
    "some.thing": lambda clinic, person, user: {"who": [{"it": user.replace("-", "")}]},
}  # fmt: skip


@pytest.mark.parametrize("code", AGAINST)
def test_whom_it_names_never_sees_it(code: str, phone: Phone, clinic: Clinic) -> None:
    """SY152: what names a supervisor stands before another one of the site and not before her: no list, page, file nor
    count, and the answer to a decision of hers is that of one that does not exist."""
    nadia, person = clinic["nadia"], _someone(clinic)
    clinic.hire("ruth", "supervisor", clinic.here)
    if code == "safety.raise_worry":
        taken = uuid7()
        phone.do("safety.raise_worry", kind="suicide", op_id=taken)
        phone.sync()
        phone.do(code, op_id=taken, **AGAINST[code](clinic, person, str(nadia.id)))
    else:
        phone.do(code, **AGAINST[code](clinic, person, str(nadia.id)))
    phone.sync()
    held = HeldOperation.objects.get().id
    assert not _there(clinic, "nadia", held)
    assert _there(clinic, "ruth", held)
    assert not _there(clinic, "leila", held)
    with reading(by=nadia, purpose="supervision", route="tests.sync"), pytest.raises(Absent):
        held_file(nadia, held)
    answers = set()
    for one in (held, uuid7()):
        for act, more in ((enter_held, {}), (set_aside, {"reason": "Nothing"})):
            with pytest.raises(Refused) as refused:
                act(by=nadia, held=one, **more)
            answers.add((type(refused.value), refused.value.status, str(refused.value.what)))
    assert len(answers) == 1
    set_aside(by=clinic["ruth"], held=held, reason="Looked into")


def test_where_no_supervisor_is_left_it_goes_above(phone: Phone, clinic: Clinic) -> None:
    """SY153: without another supervisor it stands before the officer, by whom it is entered; where it names her, too,
    or there is none, before the director; and it is gone from there once a supervisor may settle it."""
    person, nadia = _someone(clinic), clinic["nadia"]
    director = clinic.hire("dina", "director")
    assert not _waits(clinic, "leila")
    phone.do("people.hide_from", person=person, user=nadia.id, reason="relative")
    phone.do("some.thing", who=[str(nadia.id), str(clinic["leila"].id)])
    phone.sync()
    first, both = HeldOperation.objects.order_by("counter").values_list("id", flat=True)
    assert (_waits(clinic, "nadia"), _waits(clinic, "leila"), _waits(clinic, "dina")) == ([], [first], [both])
    assert _there(clinic, "leila", first)
    with reading(by=clinic["leila"], purpose="supervision", route="tests.sync"):
        assert held_page(clinic["leila"], first).content is None
        with pytest.raises(Absent):
            held_file(clinic["leila"], first)
    assign(by=nadia, person=person, user=clinic["chantal"].id, role="member")
    enter_held(by=clinic["leila"], held=first)
    set_aside(by=director, held=both, reason="Nothing is called so")
    phone.do("some.thing", who=str(nadia.id))
    phone.sync()
    (third,) = _waits(clinic, "leila")
    clinic.hire("ruth", "supervisor", clinic.here)
    assert (_waits(clinic, "leila"), _waits(clinic, "ruth")) == ([], [third])
    with pytest.raises(Refused):
        set_aside(by=clinic["leila"], held=third, reason="Nothing")


def test_who_may_not_read_it_leaves_it_to_others(phone: Phone, clinic: Clinic) -> None:
    """SY154: a supervisor who may not read what was sent neither enters it nor sets it aside; somebody always may."""
    person, nadia = _someone(clinic), clinic["nadia"]
    phone.do("care.record_session", person=person, attended="absent")
    phone.sync()
    held = HeldOperation.objects.get().id
    assert not _waits(clinic, "leila")
    hide_from(by=clinic["leila"], person=person, user=nadia.id, reason="relative")
    assert _there(clinic, "nadia", held)
    for act, more in ((enter_held, {}), (set_aside, {"reason": "Nothing"})):
        with pytest.raises(LeftToOthers):
            act(by=nadia, held=held, **more)
    assert _there(clinic, "leila", held)
    set_aside(by=clinic["leila"], held=held, reason="Entered on paper")


def test_the_last_supervisor_leaves(phone: Phone, clinic: Clinic) -> None:
    """SY155: what waits at a site whose supervisor has gone, and what came from no site, waits for the officer."""
    phone.do("some.thing", x=1)
    phone.sync()
    assert _waits(clinic, "leila") == []
    _end(clinic, "nadia")
    assert len(_waits(clinic, "leila")) == 1
    told: dict[str, Any] = {"signer": phone.by.id, "device": phone.device, "posting": uuid7(), "site": None}
    hold(by=HOLDER, text="{}", digest="0" * 64, why="no_duty", evidence="00", **told)
    assert len(_waits(clinic, "leila")) == 2


def test_an_id_is_found_however_it_is_written() -> None:
    """SY156: an id in an operation is known again in capitals, without strokes, escaped, as a key, or in what cannot be
    read; and it does not stand in the open beside the operation."""
    user = uuid7()
    escaped = "".join(f"\\u{ord(one):04x}" for one in str(user))
    told = [f'{{"a":"{one}"}}' for one in (user, str(user).upper(), user.hex, f"urn:uuid:{user}", escaped)]
    texts = [*told, f'{{"{user}":1}}', f"broken {user}"]
    assert len({named_in(text) for text in texts}) == 1
    assert named_in(texts[0])
    assert user.hex not in named_in(texts[0]).replace("-", "")
    assert named_in("nobody") == ""


def test_conflicts_of_others_push_none_of_hers_out(
    phone: Phone, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SY157: a conflict she may decide stands in her list however many older ones of others there are."""
    monkeypatch.setattr("karama.sync.queries.MOST", 2)
    for name, own, number in (("tunde", Phone(clinic["tunde"]).enrol(), 3), ("chantal", phone, 1)):
        for one in range(number):
            person = clinic.register(name, first=f"Someone {one}", last="Else")
            set_contact_rules(by=clinic[name], person=person, channel="call", address="+57 300 1")
            own.do("people.set_contact_rules", person=person, channel="call", address="+57 300 2")
        own.sync()
    assert Conflict.objects.count() == 4
    with reading(by=clinic["chantal"], purpose="care", route="tests.sync"):
        assert len(open_conflicts(clinic["chantal"])) == 1
    with reading(by=clinic["tunde"], purpose="care", route="tests.sync"):
        assert len(open_conflicts(clinic["tunde"])) == 2
