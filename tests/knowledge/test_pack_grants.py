"""A programme's `grants.toml`."""

from __future__ import annotations

import tomllib

import pytest

from karama.knowledge.pack_grants import grants_from, grants_of
from karama.knowledge.packs import PackError, packs

TOLD = """
[[grants]]
code = "G-1"
name = "Care on the coast"
donor = "A made-up donor"
from_on = 2026-01-01
to_on = 2027-12-31
sites = ["quibdo"]
services = ["group_support"]
"""


def test_grants_of_a_pack_are_read() -> None:
    """KN560: a grant of a pack has its days, sites and services; no pack of the house ships one."""
    (made,) = grants_from("colombia-community", tomllib.loads(TOLD))
    assert (made.code, made.sites, made.services) == ("G-1", ("quibdo",), ("group_support",))
    assert all(grants_of(code) == () for code in packs())


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (TOLD.replace("2027-12-31", "2025-12-31"), "to_on"),
        (TOLD.replace('["quibdo"]', "[]"), "sites"),
        (TOLD + TOLD, "stands twice"),
        (TOLD + 'budget = "1"\n', "budget"),
        (TOLD.replace('donor = "A made-up donor"\n', ""), "donor"),
    ],
)
def test_what_is_wrong_is_named(told: str, named: str) -> None:
    """KN561: days that do not fit, no site, a code that stands twice, an unknown key and a missing one are named."""
    with pytest.raises(PackError, match=named):
        grants_from("colombia-community", tomllib.loads(told))
