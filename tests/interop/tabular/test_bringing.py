"""IM220-IM239: bringing in people, episodes and sessions through the actions: again, changed, stopped, not allowed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from karama.care.models import Closure, Episode, Session
from karama.interop.tabular import bringing
from karama.interop.tabular.alike import alike_rows
from karama.interop.tabular.bringing import AGAIN, CHANGED, NOBODY, TAKEN, TWICE
from karama.interop.tabular.importing import NOT_YOURS
from karama.journal import batches, reading
from karama.journal.access_log import opening_all
from karama.journal.integrity import check
from karama.journal.models import Entry
from karama.people.actions import erase_person, hide_from, join_files
from karama.people.models import Assignment, Consent, ContactRules, Merge, Person, Suggestion
from karama.people.reaching import reach
from tests.evidence.importing import load as load_answers
from tests.evidence.importing import write as write_answers
from tests.interop.tabular.conftest import Clinic
from tests.interop.tabular.sheets import counted, load
from tests.people.conftest import ERASER

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
PEOPLE = ["key", "name", "born", "contact", "safe_way", "safe_hours", "agreed_care", "agreed_report"]
ROWS: list[list[Any]] = [
    PEOPLE,
    ["K1", "Amal Haddad", "1996", "+57 300 111 2201", "call", "after six", "yes", "yes"],
    ["K2", "Nour Aziz", "1988", "+57 300 111 2202", "", "", "yes", "no"],
    ["K3", "Omar Saleh", "", "", "", "", "", ""],
]
EPISODES = [
    ["key", "opened", "ended", "reason"],
    ["K1", "2026-02", "", ""],
    ["K2", "2025-03-01", "2025-09-30", "completed"],
    ["K9", "2026-01-01", "", ""],
]
SESSIONS = [
    ["key", "day", "attended", "place"],
    ["K1", "2026-03-03", "came", "home"],
    ["K1", "2026-03-10", "absent", ""],
    ["K2", "2025-06", "came", "phone"],
    ["K3", "2025-06-01", "cancelled", ""],
]


def person(clinic: Clinic, key: str) -> Person:
    from karama.people.actions.series import persons_with_keys

    return Person.objects.get(pk=persons_with_keys(clinic.programme.id, "files", [key])[key])


def test_the_same_sheets_twice_change_nothing(clinic: Clinic, tmp_path: Path) -> None:
    """IM220: people, episodes and sessions come in once; a second run finds each of them and writes no entry."""
    first = [counted(load(clinic, tmp_path, kind, rows)) for kind, rows in KINDS]
    assert first == [(3, 0, 0), (2, 0, 1), (4, 0, 0)]
    entries = Entry.objects.count()
    again = [counted(load(clinic, tmp_path, kind, rows)) for kind, rows in KINDS]
    assert again == [(0, 3, 0), (0, 2, 1), (0, 4, 0)]
    assert Entry.objects.count() == entries
    assert (Person.objects.count(), Episode.objects.count(), Session.objects.count()) == (3, 2, 4)
    assert check() == []


KINDS: tuple[tuple[str, list[list[Any]]], ...] = (("people", ROWS), ("episodes", EPISODES), ("sessions", SESSIONS))


def test_what_stands_there_afterwards(clinic: Clinic, tmp_path: Path) -> None:
    """IM221: decisions with their basis, contact only as agreed, months as months, closure with its reason, no lead and
    no worker, and no question about safety that nobody asked."""
    for kind, rows in KINDS:
        load(clinic, tmp_path, kind, rows)
    amal, nour = person(clinic, "K1"), person(clinic, "K2")
    said = {(one.person_id, one.purpose): (one.decision, one.recipient, one.method) for one in Consent.objects.all()}
    assert said == {
        (amal.id, "care"): ("yes", "none", "elsewhere"),
        (amal.id, "report"): ("yes", "none", "elsewhere"),
        (nour.id, "care"): ("yes", "none", "elsewhere"),
        (nour.id, "report"): ("no", "any", "elsewhere"),
    }
    rules = {one.person_id: one for one in ContactRules.objects.all()}
    assert {key: one.channel for key, one in rules.items()} == {amal.id: "call", nour.id: "undecided"}
    with reading(by=clinic["nadia"], purpose="supervision", route="tests.reading"):
        opening_all([amal.id, nour.id])
        assert rules[amal.id].unseal("safe_hours") == "after six"
        assert rules[nour.id].address is None
        assert Consent.objects.filter(person=amal).first().unseal("note") == "intake forms of 2026"  # type: ignore[union-attr]
        assert amal.unseal("age_band") == "25-34"
        assert Session.objects.filter(risk_asked__isnull=False).count() == 0
    episode = Episode.objects.get(person=amal)
    assert (episode.opened_on, episode.opened_precision, episode.lead_id) == (date(2026, 2, 1), "month", None)
    assert Closure.objects.get().episode == Episode.objects.get(person=nour)
    assert Session.objects.get(person=nour).precision == "month"
    assert Session.objects.get(person=nour).episode == Episode.objects.get(person=nour)
    assert Assignment.objects.count() == 0


def test_nobody_is_reached_where_nothing_is_agreed(clinic: Clinic, tmp_path: Path) -> None:
    """IM222: who came with a number and no safe way is reached by no message and no call, like whoever came without."""
    tally = load(clinic, tmp_path, "people", ROWS)
    assert tally.unsafe == 1
    with reading(by=clinic["nadia"], purpose="supervision", route="tests.reading"):
        assert reach(person=person(clinic, "K2").id).why == "undecided"
        assert reach(person=person(clinic, "K3").id).why == "no_rule"


def test_a_changed_row_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    """IM223: a row that says something else under a known key changes nothing and is named; the others stay."""
    for kind, rows in KINDS:
        load(clinic, tmp_path, kind, rows)
    entries = Entry.objects.count()
    changed = {
        "people": [*ROWS[:3], ["K3", "Omar Saleh", "1970", "", "", "", "", ""]],
        "episodes": [*EPISODES[:2], ["K2", "2025-03-01", "2025-10-30", "completed"]],
        "sessions": [*SESSIONS[:4], ["K3", "2025-06-01", "absent", ""]],
    }
    for kind, rows in changed.items():
        tally = load(clinic, tmp_path, kind, rows)
        assert [(one.row, one.column, one.why) for one in tally.refused] == [(len(rows), "key", CHANGED)]
    assert Entry.objects.count() == entries


def test_a_key_twice_in_one_sheet(clinic: Clinic, tmp_path: Path) -> None:
    """IM224: equal rows are one person; one that differs is refused; two sessions of a day need their own number."""
    tally = load(clinic, tmp_path, "people", [*ROWS, ROWS[1], ["K1", "Other Name", "", "", "", "", "", ""]])
    assert counted(tally) == (3, 1, 1)
    assert [(one.row, one.why) for one in tally.refused] == [(6, TWICE)]
    tally = load(clinic, tmp_path, "sessions", [*SESSIONS[:2], SESSIONS[1]])
    assert [(one.row, one.why) for one in tally.refused] == [(3, AGAIN)]
    numbered = [["number", *SESSIONS[0]], ["1", *SESSIONS[1]], ["2", *SESSIONS[1]]]
    assert counted(load(clinic, tmp_path, "sessions", numbered)) == (2, 0, 0)


def test_people_first(clinic: Clinic, tmp_path: Path) -> None:
    """IM225: an episode or a session of a key nobody knows makes no person."""
    for kind, rows in KINDS[1:]:
        tally = load(clinic, tmp_path, kind, rows)
        assert tally.made == 0
        assert {one.why for one in tally.refused} == {NOBODY}
    assert Person.objects.count() == 0


def test_who_came_with_answers_is_not_registered_again(clinic: Clinic, tmp_path: Path) -> None:
    """IM226: a key that came in with answers stays one person: the row of the people's sheet is refused, not joined."""
    answers = write_answers(tmp_path / "answers.csv", [f"P{n}" for n in range(1, 10)], [[1] * 9])
    load_answers(clinic, answers, ["phq9=P1..P9"], series="files")
    tally = load(clinic, tmp_path, "people", [["key", "name"], ["K0", "Amal"]])
    assert [(one.row, one.why) for one in tally.refused] == [(2, TAKEN)]
    assert Person.objects.count() == 1


def test_rows_that_look_alike_are_left_to_a_human(clinic: Clinic, tmp_path: Path) -> None:
    """IM227: two rows that may be one person stay two files; the pair waits for the supervisor and is told by row.
    Somebody outside the sheet who looks alike is told to the supervisor only: a sheet is no way to ask who is known."""
    clinic.register("chantal", first="Omar", last="Saleh", birth_year=1970)
    rows = [
        *ROWS[:3],
        ["K3", "Omar Saleh", "1970", "", "", "", "", ""],
        ["K4", "Amal Hadad", "1996", "", "", "", "", ""],
    ]
    tally = load(clinic, tmp_path, "people", rows)
    assert tally.made == 4
    assert alike_rows(tally.people) == [(2, 5)]
    assert Suggestion.objects.filter(state="open").count() == 2
    assert (Person.objects.filter(status="active").count(), Merge.objects.count()) == (5, 0)
    clinic.register("chantal", first="Amal", last="Haddad", birth_year=1996)
    assert alike_rows(load(clinic, tmp_path, "people", rows).people) == [(2, 5)]


def test_an_erased_person_does_not_come_back(clinic: Clinic, tmp_path: Path) -> None:
    """IM228: the same sheet after an erasure registers nobody again, neither by herself nor through her sessions."""
    for kind, rows in KINDS:
        load(clinic, tmp_path, kind, rows)
    erase_person(by=ERASER, person=person(clinic, "K1").id, reason="asked to be forgotten")
    assert counted(load(clinic, tmp_path, "people", ROWS)) == (0, 2, 1)
    tally = load(clinic, tmp_path, "sessions", SESSIONS)
    assert tally.made == 0
    assert Person.objects.exclude(status="erased").count() == 2


@pytest.mark.parametrize("name", ["chantal", "nadia", "rojin", "samir", "leila"])
def test_nobody_else_brings_anything_in(clinic: Clinic, tmp_path: Path, name: str) -> None:
    """IM229: only the duty of data import brings episodes and sessions in; everybody else is refused row by row."""
    load(clinic, tmp_path, "people", ROWS)
    tally = load(clinic, tmp_path, "sessions", SESSIONS, by=name)
    assert (tally.made, {one.why for one in tally.refused}) == (0, {NOT_YOURS})
    assert Session.objects.count() == 0


def test_who_is_hidden_from_the_operator_is_not_there(clinic: Clinic, tmp_path: Path) -> None:
    """IM230: for an operator on somebody's "do not show to" list her rows are refused like those of another place."""
    load(clinic, tmp_path, "people", ROWS)
    hide_from(by=clinic["nadia"], person=person(clinic, "K1").id, user=clinic["importer"].id, reason="related")
    tally = load(clinic, tmp_path, "sessions", SESSIONS)
    assert [(one.row, one.why) for one in tally.refused] == [(2, NOT_YOURS), (3, NOT_YOURS)]


def test_a_second_open_episode_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    """IM231: of two open episodes of one person the second is refused by its row; ended ones come in beside it."""
    load(clinic, tmp_path, "people", ROWS)
    rows = [
        EPISODES[0],
        ["K1", "2026-02-01", "", ""],
        ["K1", "2026-03-01", "", ""],
        ["K1", "2025-01-01", "2025-02-01", ""],
    ]
    tally = load(clinic, tmp_path, "episodes", rows)
    assert (tally.made, [one.row for one in tally.refused]) == (2, [3])
    assert Closure.objects.count() == 0


def test_stopped_anywhere_and_run_again(clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """IM232: wherever an import of people stops, what is kept is whole, and the same command brings the rest once."""
    monkeypatch.setattr(bringing, "GROUP", 8)
    monkeypatch.setattr(batches, "FIRST_GROUP", 3)
    together = batches._together
    rows = [PEOPLE, *([f"K{n}", f"Name{n} Family{n}", "1990", "", "", "", "yes", "no"] for n in range(24))]

    class Stopped(BaseException):
        """As a signal would arrive."""

    def stopping(*arguments: object) -> int:
        nonlocal left
        if left == 0:
            raise Stopped
        left -= 1
        return together(*arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(batches, "_together", stopping)
    for more in (1, 2, 3, 4):
        left = more
        with pytest.raises(Stopped):
            load(clinic, tmp_path, "people", rows)
        assert check() == []
        whole = Person.objects.count()
        assert Consent.objects.count() == 2 * whole
    left = 10_000
    load(clinic, tmp_path, "people", rows)
    assert (Person.objects.count(), Consent.objects.count()) == (24, 48)
    assert check() == []


def test_rows_go_to_their_own_site(clinic: Clinic, tmp_path: Path) -> None:
    """IM233: a column of sites stands above the usual one; a site that is not there refuses its row."""
    rows = [["key", "name", "site"], ["K1", "Amal", "buenaventura"], ["K2", "Nour", ""], ["K3", "Omar", "atlantis"]]
    tally = load(clinic, tmp_path, "people", rows)
    assert (tally.made, [(one.row, one.column) for one in tally.refused]) == (2, [(4, "site")])
    assert person(clinic, "K1").site_id == clinic.elsewhere.id
    assert person(clinic, "K2").site_id == clinic.here.id


def test_joined_files_stay_joined(clinic: Clinic, tmp_path: Path) -> None:
    """IM234: after a supervisor joined two files, the sheet of people changes nothing again."""
    load(clinic, tmp_path, "people", ROWS)
    one, other = person(clinic, "K1").id, person(clinic, "K2").id
    join_files(by=clinic["nadia"], person=one, into=other, reason="the same person")
    assert counted(load(clinic, tmp_path, "people", ROWS)) == (0, 3, 0)
    assert Person.objects.filter(status="merged_into").count() == 1
