"""ST010-ST019: stories B1, B4, B5, B6, B8 and the worry: screening and danger, clicked through in Chromium."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import gettext as _

from karama.accounts.queries import actor_by_name
from karama.care import cards
from karama.care.models import Response
from karama.care.queries import results_of
from karama.journal import reading
from karama.people.models import Person
from karama.programme import packs
from karama.programme.models import Site
from karama.safety.actions import record_screening, take_alert
from karama.safety.models import Alert, AlertSource
from karama.safety.queries import open_alerts, raised_by
from tests.care.conftest import own_words
from tests.machinery.browser import DESK
from tests.stories.conftest import IRAQ, Story, look

if TYPE_CHECKING:
    from playwright.sync_api import Page

LANGUAGES = ("en", "ar")
MINUTE = timedelta(minutes=1)


def assert_first(page: Page, alert: UUID) -> None:
    """On Today alerts come before everything else, and this one is among them."""
    links = [one.get_attribute("href") or "" for one in page.locator("main .rows a, main .row a").all()]
    alerts = [one for one in links if one.startswith("/alerts/")]
    assert f"/alerts/{alert}/" in alerts
    assert links[: len(alerts)] == alerts


def results(name: str, person: UUID) -> list[Any]:
    """The results of a person as this colleague reads them, newest first."""
    by = actor_by_name(name)
    with reading(by=by, purpose="care", route="tests.story"):
        return results_of(by, person)


@pytest.mark.parametrize("language", LANGUAGES)
def test_eight_answers_are_not_a_total(story: Story, language: str) -> None:
    """ST010: B1: with one question left out there is no total and no band, and it is kept as not asked, never zero."""
    salma = story.people["Salma"]
    page = story.page("diego", language)
    page.goto(f"/people/{salma}/ask/phq9/")
    look(page, "b1-begin")
    page.click("main form button.primary")
    look(page, "b1-question")
    page.goto(page.url.split("?")[0] + "list/")
    for number in (1, 2, 3, 4, 6, 7, 8, 9):
        page.check(f"[name=q{number}][value={'not_at_all' if number == 9 else 'several_days'}]")
    look(page, "b1-list")
    page.click("main form button.primary")
    look(page, "b1-finish")
    page.click("form[action$='/finish/'] button.primary")
    look(page, "b1-result")
    newest = max(results("diego", salma), key=lambda one: one.response.recorded_at)
    assert newest.scored.total is None
    assert newest.answers["q5"] == "not_asked"
    assert not newest.scored.band
    assert newest.scored.n_answered == 8
    told = page.locator("main p.big").nth(1).inner_text()  # after the code
    assert not any(sign.isdigit() for sign in told), told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worry_in_three_taps(story: Story, language: str) -> None:
    """ST011: anybody raises a worry in three taps from any page, and is told at once what to do and who has it."""
    page = story.page("yusuf", language)
    page.goto("/me/")
    before = AlertSource.objects.count()
    page.click("header a[href*='/worry/'], a[href*='/worry/']")
    look(page, "worry-kind")
    page.click("button[value=suicide]")
    look(page, "worry-about")
    page.click("button[value=nobody]")
    look(page, "worry-card")
    assert AlertSource.objects.count() == before + 1
    assert "suicid" not in page.title().casefold()
    assert "suicid" not in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_silence_moves_it_to_the_next_person(story: Story, language: str) -> None:
    """ST012: B4: unanswered for as long as the pack says, it is first on the Today of the next, and told."""
    from karama.safety.actions import raise_worry

    chantal = actor_by_name("chantal")
    source = raise_worry(by=chantal, kind="suicide", person=story.people["Rezan"], words="").value
    nadia = story.page("nadia", language)
    nadia.goto("/")
    look(nadia, "b4-today-nadia")
    assert_first(nadia, source.alert_id)
    assert not any(one.id == source.alert_id and one.mine for one in open_alerts(actor_by_name("diego")))
    with_nadia = next(one for one in open_alerts(actor_by_name("nadia")) if one.id == source.alert_id)
    asked_next = with_nadia.raised_at + packs.find(IRAQ).safety.chain[0].waits[with_nadia.grade]
    with time_machine.travel(asked_next - MINUTE, tick=True):
        assert not any(one.id == source.alert_id and one.asked for one in open_alerts(actor_by_name("diego")))
    with time_machine.travel(asked_next + MINUTE, tick=True):
        diego = story.page("diego", language)
        diego.goto("/")
        look(diego, "b4-today-diego")
        assert_first(diego, source.alert_id)
        told = story.page("chantal", language)
        told.goto(f"/worry/{source.id}/")
        look(told, "b4-who-has-it")
        assert "Diego" in told.inner_text("main")
        assert any(one.source == source.id for one in raised_by(chantal))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_clears_no_alert(story: Story, language: str) -> None:
    """ST013: B5: a correction below the line shows old, new, who and why, and what followed stays."""
    leidy = story.people["Leidy"]
    first = min(results("marta", leidy), key=lambda one: one.response.occurred_on).response
    open_before = AlertSource.objects.filter(source_record_id=first.id).values_list("alert_id", flat=True).get()
    ines = actor_by_name("ines")
    take_alert(by=ines, alert=open_before)
    record_screening(by=ines, alert=open_before, state="done", note="Asked again at the centre.")
    page = story.page("marta", language)
    page.goto(f"/answers/{first.id}/correct/")
    look(page, "b5-correct")
    for number in range(1, 10):
        page.check(f"[name=q{number}][value=not_at_all]")
    page.fill("[name=reason]", "The interpreter had mixed up two answers.")
    page.click("main form button.primary")
    look(page, "b5-corrected")
    page.goto(f"/answers/{first.id}/versions/")
    look(page, "b5-versions")
    text = page.inner_text("main")
    assert "The interpreter had mixed up two answers." in text
    assert "Yolanda" in text
    assert "Marta" in text
    assert page.locator("main table").count() >= 1
    assert Response.objects.filter(id=first.id).exists()
    with reading(by=actor_by_name("ines"), purpose="supervision", route="tests.story"):
        assert any(one.id == open_before for one in open_alerts(actor_by_name("ines")))
    page.goto(f"/people/{leidy}/")
    look(page, "b5-person")
    page.click(f"main a[href='/alerts/{open_before}/'] >> nth=0")
    look(page, "b5-confirmed")
    assert "Asked again at the centre." in page.inner_text("main"), "what followed the first answers stands"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_that_nobody_validated(story: Story, language: str) -> None:
    """ST014: B6: in Sorani, which nobody validated, it says interpreter mode before and after, the answers carry it,
    and not one outcome figure moves."""
    _validated_in_arabic_only()
    guest = _more_people(story)
    figures = story.page("rojin", language, DESK)
    figures.goto(f"/outcomes/{IRAQ}/?from=baseline&to=end")
    before = _sections(figures)
    page = story.page("chantal", language)
    page.goto(f"/people/{guest}/ask/phq9/")
    choices = {code: page.inner_text(f"main label:has([name=language][value={code}])") for code in ("ar", "ckb")}
    assert len(choices["ckb"]) > len(choices["ar"]) + 10, "the choice itself says that nobody validated it"
    page.check("main [name=language][value=ckb]")
    page.check("[name=mode][value=interviewer]")
    page.check("[name=wave][value=baseline]")
    look(page, "b6-begin")
    page.click("main form button.primary")
    with translation.override(language):
        said = f"main .notice.today:has-text('{_('Not validated: interpreter mode')}')"
    assert page.locator(said).count() == 1
    look(page, "b6-question")
    page.goto(page.url.split("?")[0] + "list/")
    for number in range(1, 10):
        page.check(f"[name=q{number}][value={'not_at_all' if number == 9 else 'nearly_every_day'}]")
    page.click("main form button.primary")
    page.click("form[action$='/finish/'] button.primary")
    assert page.locator(said).count() == 1
    look(page, "b6-result")
    kept = Response.objects.get(person_id=guest)
    assert (kept.language, kept.mode, kept.validated) == ("ckb", "interpreter", False)
    figures.reload()
    look(figures, "b6-outcomes")
    after = _sections(figures)
    (title,) = set(after) - set(before)
    shown = after[title].replace(title, "").replace("10", "")
    assert not any(sign.isdigit() for sign in shown), "of one person only that they are fewer than ten"
    told = {title: text for title, text in before.items() if "PHQ-9" in title}
    assert told
    assert {title: after[title] for title in told} == told


def _validated_in_arabic_only() -> None:
    from karama.care.actions import install_wording

    samir = actor_by_name("samir", "administrator")
    install_wording(by=samir, language="ar", validator="a study of the tests", **own_words("phq9"))


def _more_people(story: Story) -> UUID:
    """So many that the outcomes of the programme show figures at all; returns one who was asked nothing yet."""
    from karama.cli.story import PARTICIPANTS, _participant

    sites = dict(Site.objects.values_list("code", "id"))
    rezan = next(one for one in PARTICIPANTS if one.called == "Rezan")
    for number in range(5):
        _participant(replace(rezan, called=f"Guest {number}"), story.users, sites)
    return _participant(replace(rezan, called="Guest", scores=()), story.users, sites)


def _sections(page: Page) -> dict[str, str]:
    """Title -> text of each part of the outcomes."""
    return {one.locator("h2").inner_text(): one.inner_text() for one in page.locator("main section:has(h2)").all()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_colleagues_raise_the_same(story: Story, language: str) -> None:
    """ST015: B8: two colleagues raise the same about one person, from her page and by her code: one open alert on
    Today, its page tells of both, and both are told who has it."""
    rezan = story.people["Rezan"]
    chantal = story.page("chantal", language)
    chantal.goto(f"/people/{rezan}/")
    chantal.click("a[href*='/worry/']")
    chantal.click("button[value=suicide]")
    chantal.click(f"button[name=send][value='{rezan}']")
    berivan = story.page("berivan", language)
    berivan.goto("/worry/")
    berivan.click("button[value=suicide]")
    berivan.fill("[name=code]", Person.objects.get(id=rezan).code)
    berivan.click("button[name=send][value=code]")
    look(berivan, "b8-second")
    raised = AlertSource.objects.order_by("-recorded_at")[:2]
    alert = Alert.objects.get(id=raised[0].alert_id)
    assert raised[1].alert_id == alert.id
    assert alert.sources.count() == 2
    nadia = story.page("nadia", language)
    nadia.goto("/")
    assert nadia.locator(f"main a[href='/alerts/{alert.id}/']").count() == 1
    nadia.goto(f"/alerts/{alert.id}/")
    look(nadia, "b8-alert")
    told = nadia.inner_text("main")
    assert "Chantal" in told
    assert "Berivan" in told
    nadia.click(f"form[action='/alerts/{alert.id}/taken/'] button")
    for page in (chantal, berivan):
        page.reload()
        assert "Nadia" in page.inner_text("main")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_outcome_visit_in_items_and_four_taps(story: Story, language: str) -> None:
    """ST421: J3a: from the page of the person an instrument is put, answered and kept in its items and four taps."""
    salma, taps = story.people["Salma"], 0
    items = [one.code for one in cards.card("phq9").items]
    page = story.page("diego", language)
    page.goto(f"/people/{salma}/")
    for where in (
        f"main a[href='/people/{salma}/ask/']", f"main a[href='/people/{salma}/ask/phq9/']", "main form button.primary",
    ):  # fmt: skip
        page.locator(where).first.click()
        taps += 1
    for item in items:
        page.wait_for_selector(f"input[name=item][value={item}]", state="attached")
        page.locator("button[name=answer]").first.click()
        taps += 1
    page.click("form[action$='/finish/'] button.primary")
    taps += 1
    page.wait_for_url("**/answers/*/")
    newest = max(results("diego", salma), key=lambda one: one.response.recorded_at)
    assert newest.scored.total == 0
    assert taps <= len(items) + 4
