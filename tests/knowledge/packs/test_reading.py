"""Every complaint about a pack names its file and its key."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from karama.knowledge.packs import PackError, pack_from
from karama.knowledge.packs.reading import FILES

HOME = files("karama.knowledge") / "programmes" / "colombia-community"
WHOLE = {name: tomllib.loads((HOME / name).read_text(encoding="utf-8")) for name in FILES}


def spoilt(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    parsed = copy.deepcopy(WHOLE)
    change(parsed)
    return parsed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda all_: all_["pack.toml"].pop("country"), ["pack.toml", "country", "missing"]),
        (lambda all_: all_["pack.toml"].update(colour="red"), ["pack.toml", "colour", "not known"]),
        (lambda all_: all_["pack.toml"].update(code="other"), ["pack.toml", "name of the folder"]),
        (lambda all_: all_["pack.toml"].update(lease_days=90), ["lease_days", "between 7 and 30"]),
        (lambda all_: all_["pack.toml"].update(identity_modes=["secret"]), ["identity_modes", "secret"]),
        (lambda all_: all_["pack.toml"]["names"].pop("es"), ["names", "first language", "es"]),
        (lambda all_: all_["pack.toml"]["sites"][0].update(time_zone="Mars/Olympus"), ["quibdo", "time_zone"]),
        (lambda all_: all_["pack.toml"]["teams"][0].update(site="x"), ["site 'x'", "not described"]),
        (lambda all_: all_["pack.toml"]["sites"][0].update(code="buenaventura"), ["buenaventura", "twice"]),
        (lambda all_: all_["pack.toml"]["search"].update(per_hour=0), ["per_hour", "between"]),
        (lambda all_: all_["care.toml"]["services"][0].update(four_ws="psychology"), ["four_ws", "8.2"]),
        (lambda all_: all_["care.toml"]["services"][0].update(cadres=["shaman"]), ["cadres", "shaman"]),
        (lambda all_: all_["care.toml"]["services"][0].pop("evidence"), ["awareness", "evidence"]),
        (lambda all_: all_["care.toml"]["waves"][0].update(months=3), ["baseline", "months"]),
        (lambda all_: all_["care.toml"]["instruments"][0].update(waves=["later"]), ["wave 'later'"]),
        (lambda all_: all_["care.toml"]["thresholds"][0].update(suggests="magic"), ["service 'magic'"]),
        (lambda all_: all_["safety.toml"]["clock_minutes"].pop("now"), ["clock_minutes", "'now'", "missing"]),
        (lambda all_: all_["safety.toml"]["clock_minutes"].update(now=0), ["clock_minutes", "above zero"]),
        (lambda all_: all_["safety.toml"]["clock_minutes"].update(never=1), ["clock_minutes", "never"]),
        (lambda all_: all_["safety.toml"]["worry_minutes"].update(suicide=999), ["suicide", "never lengthened"]),
        (lambda all_: all_["safety.toml"]["questions"].update(suicide="yes"), ["questions", "suicide"]),
        (lambda all_: all_["safety.toml"]["chain"][0].update(who="neighbour"), ["who"]),
        (lambda all_: all_["texts.toml"]["consents"][0].update(purpose="fun"), ["texts.toml", "purpose"]),
        (lambda all_: all_["texts.toml"]["limits"]["words"].update(es=" "), ["limits", "es"]),
    ],
)
def test_each_mistake_is_named(change: Callable[[dict[str, Any]], object], words: list[str]) -> None:
    """KN520: a mistake in a pack is refused with the place, the key and what may stand there."""
    with pytest.raises(PackError) as raised:
        pack_from("colombia-community", spoilt(change))
    message = str(raised.value)
    assert message.startswith("programmes/colombia-community")
    assert all(word in message for word in words), message


def test_missing_list_is_empty_not_an_error() -> None:
    """KN521: a pack without sites reads, so that the check can say in words what is lacking."""

    def empty(all_: dict[str, Any]) -> None:
        all_["pack.toml"]["sites"] = []
        all_["pack.toml"]["teams"] = []
        all_["safety.toml"]["sites"] = []

    assert pack_from("colombia-community", spoilt(empty)).sites == ()
