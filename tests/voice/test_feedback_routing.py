"""Who is asked to answer a message: past everybody named and in line, and never ending at nobody (J1)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from karama.accounts.actions import set_leave
from karama.accounts.models import Posting
from karama.accounts.today import lines_for
from karama.journal import Absent, Problem, Refused, clock
from karama.journal.actors import NOBODY
from karama.voice import pace, queries
from karama.voice.actions import (
    answer_feedback,
    close_feedback,
    hand_outside,
    look_into,
    pass_on,
    step_aside,
    take_feedback,
    vouch_for,
)
from karama.voice.asked import standing_of
from karama.voice.incoming import found_by
from karama.voice.models import FeedbackKeptFrom
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import crowd, mariam, said, sent

__all__ = ["clinic"]


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


def owner(clinic: Clinic, feedback: UUID) -> str:
    standing = standing_of(feedback)
    assert standing is not None
    return next((name for name, one in clinic.actors.items() if one.id == standing.owner), "")


def test_the_supervisor_and_the_administrator_cannot_see_that_it_exists(clinic: Clinic) -> None:
    """VO320: an anonymous complaint about the supervisor (J1): neither she nor the administrator, nor anybody of the
    site, has a line, a row or a page of it, with the same answer and the same queries as for what does not exist; the
    focal point has it."""
    mariam(clinic)
    for kind in ("complaint", "sensitive"):
        message = sent(clinic, "She asks for money", kind=kind, about_duty="supervisor")
        for name in ("nadia", "samir", "diego", "chantal", "tunde", "mariam"):
            assert queries.feedback_waiting(clinic[name]) == [], name
            assert not any("feedback" in str(one.url) for one in lines_for(clinic[name])), name
            with pytest.raises(Absent):
                queries.feedback_page(clinic[name], message)
            with pytest.raises(Refused):
                take_feedback(by=clinic[name], feedback=message)
        assert owner(clinic, message) == "leila"
    assert len(queries.feedback_waiting(clinic["leila"])) == 2


def test_the_same_queries_for_absent_and_not_yours(clinic: Clinic, django_assert_num_queries: object) -> None:
    """VO321: a message that is not hers costs the supervisor the same queries as one that never was."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    message = sent(clinic, "She shouts", kind="complaint", about_words="Nadia")
    counts = []
    for one in (message, clinic.here.id):
        with CaptureQueriesContext(connection) as asked, pytest.raises(Absent):
            queries.feedback_page(clinic["nadia"], one)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("words", ["Nadia shouts at us", "نادية تصرخ علينا", "It was nadía!"])
def test_whoever_is_named_in_the_words_does_not_see_it(clinic: Clinic, words: str) -> None:
    """VO322: whose alias stands in the words, however it is written, is kept from it, and so is her line; a thanks
    that names somebody is kept from nobody."""
    crowd(clinic)
    director = mariam(clinic)
    message = sent(clinic, words, kind="complaint")
    assert owner(clinic, message) == "leila"
    assert queries.feedback_waiting(director) == []
    assert owner(clinic, sent(clinic, words, kind="thanks")) == "nadia"
    assert set(FeedbackKeptFrom.objects.filter(user_id=clinic["nadia"].id).values_list("why", flat=True)) == {"named"}
    spelt = sent(clinic, "He", kind="complaint", about_words="Nadya, the boss")
    assert owner(clinic, spelt) == "leila"


def test_who_was_in_line_stays_out(clinic: Clinic) -> None:
    """VO351: when whoever is named leaves, those who were in line with her on the day it came do not see it either."""
    from karama.accounts.actions import end_duty
    from karama.accounts.models import Posting

    mariam(clinic)
    crowd(clinic)
    message = sent(clinic, "Diego shouts", kind="complaint")
    posting = Posting.objects.get(user_id=clinic["diego"].id)
    end_duty(by=clinic["samir"], posting=posting.id, until_on=clock.day_in_utc())
    assert owner(clinic, message) == "mariam"
    assert queries.feedback_waiting(clinic["nadia"]) == []


def test_a_name_that_nobody_bears_may_be_anybody_of_the_site(clinic: Clinic) -> None:
    """VO329: a complaint about somebody whose name nobody here bears passes the site like what is sensitive; a word
    that only sounds like a name in the same script names nobody."""
    mariam(clinic)
    crowd(clinic)
    assert owner(clinic, sent(clinic, "x", kind="complaint", about_words="the tall one with the cap")) == "leila"
    assert owner(clinic, sent(clinic, "No me dijeron nada", kind="complaint")) == "nadia"
    assert owner(clinic, sent(clinic, "x", kind="complaint", about_words="نادية")) == "leila"


def test_an_ordinary_complaint_goes_to_the_supervisor_of_its_site(clinic: Clinic) -> None:
    """VO323: with enough people there that day the site's supervisor is asked, then the next by the pack's clock; the
    director of another line and the administrator are not; when the site is not kept it goes past the site."""
    director = mariam(clinic)
    alone = sent(clinic)
    asked = standing_of(alone)
    assert asked is not None
    assert {director.id} <= asked.asked <= {director.id, clinic["leila"].id}
    crowd(clinic)
    message = sent(clinic)
    assert owner(clinic, message) == "nadia"
    assert [one.id for one in queries.feedback_waiting(clinic["nadia"])] == [message]
    with time_machine.travel(timezone.now() + timedelta(hours=24 + 73), tick=False):
        assert owner(clinic, message) == "mariam"
        assert queries.feedback_page(clinic["nadia"], message)
        assert queries.feedback_waiting(clinic["nadia"])[0].grade == "now"


def test_it_never_ends_at_nobody(clinic: Clinic) -> None:
    """VO324: with the focal points named or away somebody outside that line is asked; and when nobody permitted is
    left the page says so, and whoever takes office later finds it once somebody has vouched for her."""
    first = sent(clinic, "Leila told everybody", kind="sensitive")
    assert owner(clinic, first) == "rojin"
    clinic.hire("mariam", "director")
    assert owner(clinic, first) == "rojin"
    second = sent(clinic, "He steals", kind="sensitive")
    today = clock.day_in_utc()
    set_leave(by=clinic["leila"], user=clinic["leila"].id, from_on=today, until_on=today, deputy=clinic["nadia"].id)
    assert owner(clinic, second) == "mariam"
    everybody = said(clinic, "Leila, Mariam and Rojin do it together", kind="sensitive", wants_answer=True)
    assert not everybody.nobody, "a stranger does not learn who works here; one sentence tells everybody of it"
    told = standing_of(found_by(everybody.token) or NOBODY)
    assert told is not None
    assert not told.permitted
    assert not said(clinic, "He steals again", kind="sensitive").nobody
    paz = clinic.hire("paz", "advocacy_officer")
    assert queries.feedback_waiting(paz) == []
    vouch_for(by=clinic["nadia"], posting=Posting.objects.get(user_id=paz.id).id)
    assert len(queries.feedback_waiting(paz)) == 1


def test_its_words_open_for_whoever_has_taken_it(clinic: Clinic) -> None:
    """VO325: before somebody says that it is not about her, no word opens; who steps aside never sees it again, and
    the next one is asked."""
    director = mariam(clinic)
    message = sent(clinic, "A secret word", kind="sensitive")
    page = queries.feedback_page(clinic["leila"], message)
    assert (page.words, page.opened, page.may_take) == ("", False, True)
    with pytest.raises(Refused):
        answer_feedback(by=clinic["leila"], feedback=message, words="x")
    step_aside(by=clinic["leila"], feedback=message)
    with pytest.raises(Absent):
        queries.feedback_page(clinic["leila"], message)
    take_feedback(by=director, feedback=message)
    assert queries.feedback_page(director, message).words == "A secret word"


def test_the_life_of_a_complaint(clinic: Clinic) -> None:
    """VO326: taken, looked into, answered, not agreed with, answered by somebody else, handed outside and closed: in
    the order of the law, each step a fact."""
    mariam(clinic)
    crowd(clinic)
    nadia, director = clinic["nadia"], clinic["mariam"]
    message = sent(clinic, "Nobody listens", kind="complaint")
    take_feedback(by=nadia, feedback=message)
    with pytest.raises(Problem) as refused:
        close_feedback(by=nadia, feedback=message)
    assert refused.value.code == "voice.not_now"
    look_into(by=nadia, feedback=message, words="asked the team")
    answer_feedback(by=nadia, feedback=message, words="We are sorry")
    assert queries.feedback_waiting(nadia) == []
    assert [one.id for one in queries.feedback_done(nadia)] == [message]
    from karama.voice.incoming import take_disagreement

    assert take_disagreement(message, "Not at all")
    again = standing_of(message)
    assert again is not None
    assert {director.id} <= again.asked <= {director.id, clinic["leila"].id}
    take_feedback(by=director, feedback=message)
    hand_outside(by=director, feedback=message, words="to the ombudsman, by letter")
    close_feedback(by=director, feedback=message)
    told = []
    for _time in range(2):
        assert take_disagreement(message, "Still not")
        told.append(owner(clinic, message))
        take_feedback(by=clinic[told[-1]], feedback=message)
        answer_feedback(by=clinic[told[-1]], feedback=message, words="We have done this and that")
    assert told[0] not in ("nadia", "mariam"), "whoever has answered does not decide about her own answer"
    assert not take_disagreement(message, "A fourth time")


def test_what_turns_out_to_be_sensitive_leaves_the_site(clinic: Clinic) -> None:
    """VO327: whoever passes it on loses sight of it with everybody of the site, though she had opened it."""
    mariam(clinic)
    crowd(clinic)
    message = sent(clinic, "He touches us", kind="complaint")
    take_feedback(by=clinic["nadia"], feedback=message)
    pass_on(by=clinic["nadia"], feedback=message)
    with pytest.raises(Absent):
        queries.feedback_page(clinic["nadia"], message)
    assert owner(clinic, message) == "leila"


def test_whoever_has_a_duty_at_a_site_too_is_no_focal_point(clinic: Clinic) -> None:
    """VO328: a director who also looks after the machine or supervises is asked about what is sensitive only when
    nobody else is left."""
    from karama.accounts.actions import give_duty

    director = mariam(clinic)
    give_duty(
        by=clinic["samir"], user=director.id, duty="supervisor", work_alias="M", programme=clinic.programme.id,
        site=clinic.here.id,
    )  # fmt: skip
    message = sent(clinic, "He steals", kind="sensitive")
    standing = standing_of(message)
    assert standing is not None
    assert director.id not in standing.permitted
    named = sent(clinic, "Leila, Rojin", kind="sensitive")
    assert owner(clinic, named) == ""


def test_a_list_asks_no_more_for_more_messages(clinic: Clinic) -> None:
    """VO352: the list of a reader asks the database as often for five messages as for none, hers or not."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for many in (0, 1, 4):
        for place in range(many):
            sent(clinic, f"x{many}{place}", kind="sensitive")
        for name in ("leila", "nadia"):
            with CaptureQueriesContext(connection) as asked:
                queries.feedback_waiting(clinic[name])
            counts.append(len(asked))
    assert len(set(counts)) == 1
    assert counts[0] <= 7


def test_whoever_is_asked_next_takes_it_over(clinic: Clinic) -> None:
    """VO353: when whoever took it is silent beyond the clock of the answer, or has left, the next one is asked and
    takes it over; before that it is hers alone."""
    from karama.accounts.actions import end_duty
    from karama.accounts.models import Posting

    director = mariam(clinic)
    message = sent(clinic, "x", kind="sensitive")
    take_feedback(by=clinic["leila"], feedback=message)
    with pytest.raises(Refused):
        take_feedback(by=director, feedback=message)
    with pytest.raises(Problem):
        take_feedback(by=clinic["leila"], feedback=message)
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert owner(clinic, message) == "mariam"
        assert queries.feedback_page(director, message).may_take
    end_duty(
        by=clinic["samir"], posting=Posting.objects.get(user_id=clinic["leila"].id).id, until_on=clock.day_in_utc()
    )
    assert owner(clinic, message) == "mariam"
    take_feedback(by=director, feedback=message)
    answer_feedback(by=director, feedback=message, words="We are sorry")


@pytest.mark.parametrize("said", [{"face": "good"}, {"face": "so_so"}, {"kind": "thanks"}])
def test_a_name_beside_the_question_counts_whatever_the_face(clinic: Clinic, said: dict[str, str]) -> None:
    """VO375: whoever dares not choose the sad face still names somebody: she is not asked, nor told of a danger."""
    crowd(clinic)
    message = sent(clinic, "She wants money", about_words="Nadia", **said)
    assert queries.feedback_waiting(clinic["nadia"]) == []
    assert owner(clinic, message) not in ("", "nadia")
    unknown = sent(clinic, "He wants money", about_words="the tall one with the cap", **said)
    assert owner(clinic, unknown) == "leila", "nobody here bears this name: it is read outside the site"


def test_the_last_reader_stays(clinic: Clinic) -> None:
    """VO376: when nobody would be left who may look at it, stepping aside is refused, and she still has it."""
    from karama.voice.actions import step_aside

    mariam(clinic)
    message = sent(clinic, "x", kind="sensitive")
    refused: Problem | None = None
    while refused is None:
        name = owner(clinic, message)
        try:
            step_aside(by=clinic[name], feedback=message)
        except Problem as problem:
            refused = problem
    assert refused.code == "voice.last_reader"
    assert owner(clinic, message) == name
