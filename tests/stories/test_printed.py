"""Pages that are made to be printed, on paper: their content on white, and nothing of the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import karama
from karama.accounts.models import Posting
from karama.care.actions import hold_meeting
from karama.care.models import BodySession, Prescription, Response
from karama.journal import Actor
from karama.outreach.models import Visit
from karama.people.models import Assignment
from karama.programme.models import Site
from karama.safety.actions import make_plan
from tests.machinery.browser import DESK, prints_quietly, shot
from tests.stories.conftest import Story

SHEETS: dict[str, str] = {
    "safety/plan.html": "plan",
    "people/person.html": "person",
    "people/who_saw.html": "seen",
    "voice/papers_body.html": "my papers",
    "care/response.html": "answer",
    "care/history.html": "history",
    "care/paper.html": "asking",
    "care/prescription.html": "prescription",
    "care/visit_register.html": "register",
    "care/meeting.html": "meeting",
    "care/paper_form.html": "pack",
    "care/paper_key.html": "key",
    "outreach/visit_sheet.html": "visit",
    "outreach/signing_sheet.html": "signing",
    "reception/calendar.html": "calendar",
    "evidence/outcomes.html": "outcomes",
}
"""Template with a print style -> the page of this story that shows it."""

ELSEWHERE = {
    "ui/style.html": "UI060",
    "care/paper_print.html": "the story of a plan on paper, and the pack above",
    "voice/copy.html": "the story of rights, which looks at each of its pages in print",
    "groups/activity.html": "the story of groups", "groups/sheet.html": "the story of groups",
    "groups/signing.html": "the story of groups",
}  # fmt: skip


def test_each_page_with_a_print_style_is_looked_at() -> None:
    """ST490: a template that is made to be printed is printed by a test."""
    root = Path(karama.__file__).parent
    made = {
        str(one.relative_to(one.parents[1]))
        for one in root.glob("*/templates/*/*.html")
        if any(mark in one.read_text("utf-8") for mark in ("print_header", "print-only", "data-print", 'class="paper'))
    }
    assert made == set(SHEETS) | set(ELSEWHERE), "print it in this file"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar"])
def test_print_hides_what_is_for_the_screen(story: Story, language: str) -> None:
    """ST491: printed, no page has navigation, a form or a button, nor a dark ground; sheets of work keep their code."""
    for name, (who, address) in _addresses(story).items():
        page = story.page(who, language, DESK)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, (name, address)
        prints_quietly(page)
        if name in ("person", "answer", "history", "prescription", "pack", "asking"):
            page.emulate_media(media="print")
            assert page.locator(".code").first.is_visible(), f"{name} prints without its code"
        page.emulate_media(media="print")
        shot(page, f"printed-{name}-{language}")
        page.context.close()


def _addresses(story: Story) -> dict[str, tuple[str, str]]:
    """Where each sheet of the demonstration is, and who prints it."""
    amal, mosul = story.people["Amal"], Site.objects.get(name="Mosul")
    diego = _actor(story, "diego")
    make_plan(by=diego, person=amal, parts={"coping": "A walk by the river."})
    meeting = hold_meeting(by=_actor(story, "nadia"), site=mosul.id, kind="supervision", attended=[diego.id]).record
    answer = Response.objects.filter(person=amal).first()
    order, visit, body = Prescription.objects.first(), Visit.objects.first(), BodySession.objects.first()
    assert answer is not None
    assert visit is not None
    assert body is not None
    assert order is not None
    return {
        "plan": ("diego", f"/people/{amal}/plan/"),
        "person": ("diego", f"/people/{amal}/"),
        "my papers": ("diego", f"/rights/person/{amal}/papers/"),
        "seen": ("diego", f"/people/{amal}/seen/"),
        "answer": ("diego", f"/answers/{answer.id}/"),
        "history": ("diego", f"/people/{amal}/answers/{answer.instrument}/"),
        "asking": ("diego", f"/people/{amal}/ask/phq9/paper/"),
        "prescription": (_near(story, order.person_id, "prescriber"), f"/prescriptions/{order.id}/"),
        "register": ("berivan", f"/sites/{mosul.id}/visits/"),
        "meeting": ("nadia", f"/meetings/{meeting}/"),
        "pack": ("diego", f"/people/{amal}/paper/session/"),
        "key": ("berivan", "/paper/visit/key/"),
        "visit": ("nadia", f"/visits/{visit.id}/sheet/"),
        "signing": ("nadia", f"/visits/{visit.id}/signing/"),
        "calendar": ("rana", "/appointments/"),
        "outcomes": ("nadia", "/outcomes/"),
        "chart": ("karim", f"/people/{body.person_id}/body/"),
        "consents": ("diego", f"/people/{amal}/consents/"),
    }


def _actor(story: Story, name: str) -> Actor:
    from karama.accounts.queries.acting import actor_of

    return actor_of(Posting.objects.get(user_id=story.users[name]))


def _near(story: Story, person: Any, duty: str) -> str:
    """Who of this duty works with a person."""
    names = {user: name for name, user in story.users.items()}
    working = Assignment.objects.filter(person=person, until__isnull=True).values("user_id")
    return names[Posting.objects.filter(user_id__in=working, duty=duty).values_list("user_id", flat=True)[0]]
