"""AT080-AT089: the telephone is a channel like any other: whoever asks through it is told no more than by a page."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.accounts.models import Posting
from karama.journal import reading
from karama.sync import wire
from karama.sync.knowledge import parts_for
from karama.sync.sending import changes_for
from tests.attacks import oracle
from tests.attacks.calling import found_in, leaks
from tests.attacks.ground import ASSIGNED, Ground, stand_ins

PLENTY = 1_000_000


def _sent(ground: Ground, who: str) -> str:
    by = ground.actors[who]
    posting = Posting.objects.get(user_id=by.id).id
    ask = wire.Ask.model_validate({"v": 1, "posting": str(posting), "limit": PLENTY})
    with reading(by=by, purpose="care", route="tests.sync"):
        return wire.text_of(changes_for(by, ask, reset=True))


def test_what_goes_down_holds_no_canary_of_others(ground: Ground) -> None:
    """AT080: what goes down to any duty in any relation holds no canary it may not be shown, nor of anybody near."""
    wrong = []
    for who in stand_ins():
        told = _sent(ground, who)
        wrong += [f"{who} gets {one}" for one in leaks(who, told)]
        if not who.endswith(".assigned"):
            wrong += [f"{who} gets {one}" for one in found_in(told)]
            wrong += [f"{who} gets Amal"] if str(ground.ids["person"]) in told else []
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", [f"{duty}.assigned" for duty in ASSIGNED])
def test_identity_stays(ground: Ground, who: str) -> None:
    """AT081: of who she is no telephone gets more than what to call her by and how to reach her; notes stay, too."""
    allowed = {"called", "contact_address", "safe_hours", "phrase"}
    stays = {"first", "last", "place", "gender_words", "ethnicity", "relation_called", "relation_note", "note_words"}
    stays |= {"session_words", "hidden_reason", "consent_note", "consent_witness", "worry_words", "contact_note"}
    stays |= set() if who == "community_agent.assigned" else {"review_words"}  # what was written back to her
    found = set(found_in(_sent(ground, who)))
    assert not found & stays
    assert allowed <= found


def test_the_scan_of_telephones_is_not_blind(ground: Ground) -> None:
    """AT082: whoever works with her gets her canaries where her duty opens them: the scan looks at real replies."""
    assert {"called", "goal_words"} <= set(found_in(_sent(ground, "psychologist.assigned")))
    assert "goal_words" not in found_in(_sent(ground, "physiotherapist.assigned"))
    assert oracle.may_be_shown("psychologist.assigned") >= {"general", "clinical"}
    assert isinstance(ground.ids["device"], UUID)


def test_what_a_programme_knows_is_about_nobody(ground: Ground) -> None:
    """AT083: what a telephone is told of its programme holds no canary at all and nobody's id, in no duty."""
    wrong = []
    for who in stand_ins():
        by = ground.actors[who]
        with reading(by=by, purpose="care", route="tests.sync"):
            told = wire.text_of({name: part.content for name, part in parts_for(by).items()})
        wrong += [f"{who} gets {one}" for one in found_in(told)]
        wrong += [f"{who} gets Amal"] if str(ground.ids["person"]) in told else []
    assert not wrong, "\n".join(wrong)
