"""Two children of the demonstration: one with a guardian who is safe, one for whom a protection duty decides."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor, clock


def tell(place: UUID, worker: Actor, head: Actor) -> None:
    """A girl with a guardian who is safe, and a boy for whom a protection duty has to decide."""
    from karama.people.actions import (
        agree_guardian_knows,
        ask_best_interest,
        decide_best_interest,
        name_guardian,
        record_consent,
    )

    girl, boy = (_child(worker, place, *told) for told in (("Lava", "15-17", "woman"), ("Rebin", "10-14", "man")))
    mother = name_guardian(by=worker, person=girl, called="Um Lava", kin="mother", trust="safe").value.id
    agree_guardian_knows(by=head, person=girl, guardian=mother, topics=["attendance"], child_agrees=True)
    record_consent(
        by=worker, person=girl, purpose="care", decision="yes", method="verbal", given_by="guardian", assent=True
    )
    name_guardian(
        by=worker, person=boy, called="Uncle", kin="relative", trust="unsafe", reason="He was hit there, he says."
    )
    reason = "No guardian is safe. He wants somebody to talk to."
    care = ask_best_interest(by=worker, person=boy, purpose="care", assent=True, reason=reason).value.id
    decide_best_interest(
        by=head, person=boy, request=care, decision="yes", assent=True, why="Care goes on; the school is told nothing."
    )
    ask_best_interest(by=worker, person=boy, purpose="notes", assent=True, reason=reason)


def _child(by: Actor, site: UUID, called: str, band: str, gender: str) -> UUID:
    from karama.care.actions import open_episode
    from karama.people.actions import register_person
    from karama.people.searching import search_token

    made: UUID = register_person(
        by=by, site=site, identity_mode="alias", searched=search_token(by, clock.now()), called=called,
        age_band=band, gender=gender, sex_for_reporting="F" if gender == "woman" else "M", languages=["ar", "ckb"],
        displacement="idp", limits="read_aloud", limits_version="1", limits_language="ar", contact="never",
    ).value.id  # fmt: skip
    open_episode(by=by, person=made, state="active")
    return made
