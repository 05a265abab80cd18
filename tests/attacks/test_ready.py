"""AT140: what is put together once is answered for everybody as if it had been put together for her alone."""

from __future__ import annotations

from tests.attacks.ground import Ground, stand_ins
from tests.journal.beside import compared

PAGES = ("/", "/supervision/", "/people/{person}/")
OF_A_PERSON = {"_with_place", "_columns", "_workers", "_sessions", "_newest_first", "_offers", "_seats", "_open_about"}
"""Questions of a person's page, of several rooms: some of each are told rows here."""

OF_SUPERVISION = {
    "posted",
    "_worked_with",
    "_cosigned",
    "_closings",
    "_read_again",
    "_episodes",
    "_closures",
    "_answered",
}
"""The same of a supervisor's page."""


def test_a_ready_question_tells_everybody_what_its_queryset_tells(ground: Ground) -> None:
    """AT140: for every duty in every relation, each ready statement of the pages of every day is asked beside its own
    queryset: the same rows, in the same order where it has one (P3)."""
    with compared() as told:
        for who in stand_ins():
            for page in PAGES:
                address = page.format(person=ground.ids["person"])
                assert ground.browser(who).get(address).status_code in (200, 302, 403, 404)
    with_rows = {name for name, rows in told.items() if rows}
    assert with_rows >= OF_A_PERSON, told
    assert with_rows >= OF_SUPERVISION, sorted(OF_SUPERVISION - with_rows)
    assert len(with_rows) >= 80, told
