"""A plan is made on paper where there is no screen, printed from beside its form and typed in later, once."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from karama.people.models import Paper, Person, PrintedSheet
from karama.programme.days import today_at
from karama.safety.models import SafetyPlan
from tests.machinery.browser import DESK, PHONE, assert_accessible, no_horizontal_scroll, prints_quietly, shot
from tests.stories.conftest import Story


def printed_number(page: Any, into: Path) -> str:
    """The sheet is printed, by its button or by the browser's own menu; the page says so itself. Returns its number."""
    page.wait_for_load_state("load")
    with page.expect_response(lambda answer: answer.url.endswith("/paper/printed/")) as told:
        if into.suffix:
            page.pdf(path=str(into), format="A4", prefer_css_page_size=True)
        else:
            page.locator("[data-print]").click()
    assert told.value.status == 204
    prints_quietly(page)
    page.emulate_media(media="print")
    ground = "getComputedStyle(document.querySelector('.paper.pack')).backgroundColor"
    call = page.locator(".pack-safety a[href^='tel:']").first
    expect(call).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    assert page.evaluate(ground) in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    found = re.findall(r"\b[A-Z]\d-\w{4}-\w{4}-\w\b", page.locator(".pack-head").first.inner_text())
    return str(found[0])


def begin(page: Any, person: Person, number: str, story: Story) -> None:
    """What is asked before anything that stands on a sheet."""
    day = today_at(person.site_id) - timedelta(days=1)
    page.goto("/paper/")
    page.fill('[name="number"]', number)
    page.fill('[name="code"]', person.code)
    page.select_option('[name="taken_by"]', str(story.users["diego"]))
    page.fill('[name="on_day"]', str(day.day))
    page.select_option('[name="on_month"]', str(day.month))
    page.fill('[name="on_year"]', str(day.year))
    page.locator('[name="danger"][value="none"]').check(force=True)
    page.locator("main form[data-once] button.button").first.click()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "size"), [("en", DESK), ("ar", PHONE)], ids=["en", "ar"])
def test_a_plan_on_paper(story: Story, language: str, size: dict[str, int], tmp_path: Path) -> None:
    """ST492: beside the form of a plan stands "On paper"; the sheet is printed under its number and waits in the list
    of its printer; typed in the next day it becomes the plan, and the list and the second time both say so."""
    amal = Person.objects.get(pk=story.people["Amal"])
    page = story.page("diego", language, size)
    page.goto(f"/people/{amal.id}/plan/renew/")
    page.locator(f'a[href="/people/{amal.id}/paper/plan/"]').click()
    number = printed_number(page, tmp_path / "plan.pdf" if language == "ar" else tmp_path)
    shot(page, f"paper-plan-{language}")
    page.emulate_media(media="screen")
    assert PrintedSheet.objects.get().number == number
    page.goto("/paper/")
    assert number in page.locator("main").inner_text()
    assert_accessible(page)
    no_horizontal_scroll(page)
    shot(page, f"papers-outstanding-{language}")
    begin(page, amal, number, story)
    assert number in page.locator("main").inner_text()
    page.fill('[name="coping"]', "A walk by the river")
    assert_accessible(page)
    no_horizontal_scroll(page)
    shot(page, f"paper-typed-in-{language}")
    page.locator("main form[data-dirty] button.button").first.click()
    page.wait_for_url(f"**/people/{amal.id}/plan/")
    assert Paper.objects.get().record_id == SafetyPlan.objects.order_by("-recorded_at")[0].id
    page.goto("/paper/")
    assert number not in page.locator("main").inner_text()
    begin(page, amal, number, story)
    shot(page, f"paper-twice-{language}")
    page.locator(f'main a[href="/people/{amal.id}/plan/"]').click()
    page.wait_for_url(f"**/people/{amal.id}/plan/")
    page.context.close()
