"""`karama wording`, as an administrator types it."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest
from openpyxl import Workbook

from karama.care import cards
from tests.cli.installation import Place, found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation without any wording."""
    return found(tmp_path_factory.mktemp("wording"))


def own_form(path: Path) -> Path:
    """A GAD-7 in shape, with words of our own."""
    card, book = cards.card("gad7"), Workbook()
    survey = book.active
    survey.title = "survey"
    survey.append(["type", "name", "label::English (en)"])
    for item in card.items:
        survey.append([f"select_one {item.answers}", f"gad7_{item.code}", f"Our words on {item.topic}"])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label::English (en)"])
    for one in card.answer_sets:
        for answer in one.answers:
            choices.append([one.code, int(answer.value), f"our {answer.code}"])
    book.save(path)
    return path


def test_a_form_is_loaded_listed_and_removed(place: Place, tmp_path: Path) -> None:
    """CL010: what is loaded is told with its source, licence and validator; a refusal names the item."""
    form = own_form(tmp_path / "form.xlsx")
    told = ["--language", "en", "--source", "our office", "--licence", "ours"]
    said = place.karama("wording", "add", form, "--instrument", "gad7", *told, "--validator", "Dr N.")
    assert "7 items" in said
    listed = place.karama("wording", "list")
    assert "gad7  en  validated" in listed
    assert "source: our office; licence: ours; validator: Dr N." in listed
    assert "gad7_q1" in place.karama("wording", "add", form, "--instrument", "audit", *told, expect=3)
    place.karama("wording", "remove", "--instrument", "gad7", "--language", "en")
    assert "No wording is loaded" in place.karama("wording", "list")


def test_a_permission_is_recorded_with_its_last_day(place: Place) -> None:
    """CL011: a permission needs its owner, a reference and a last day or none; one that has passed leaves the lock."""
    told = ["wording", "permission", "rhs15", "--from", "the owner", "--reference", "letter 7"]
    assert "--without-end" in place.karama(*told, expect=2)
    past = place.karama(*told, "--on", "2026-01-05", "--until", "2026-02-05")
    assert "stays locked" in past
    assert "rhs15  LOCKED: permission of the owner from 2026-01-05 until 2026-02-05" in place.karama("wording", "list")
    assert "can be asked" in place.karama(*told, "--without-end")
    assert "rhs15  permission of the owner" in place.karama("wording", "list")
    assert "before the day" in place.karama(*told, "--on", "2026-02-05", "--until", "2026-01-05", expect=3)


def test_questions_are_read_aloud(place: Place, tmp_path: Path) -> None:
    """CL014: a folder of sounds is loaded by the names of the items; a foreign file is named, and nothing is loaded.

    CA597: which of them is too large for telephones is told when it is loaded, and in the list.
    """
    told = ["--instrument", "gad7", "--language", "en"]
    place.karama("wording", "add", own_form(tmp_path / "f.xlsx"), *told, "--source", "us", "--licence", "ours")
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    with wave.open(str(sounds / "q1.wav"), "wb") as file:
        file.setparams((1, 1, 8000, 8000, "NONE", ""))
        file.writeframes(bytes(8000))
    assert "1 of 7 questions" in place.karama("wording", "audio", sounds, *told)
    listed = place.karama("wording", "list")
    assert "1 questions can be heard" not in listed
    assert "1 question can be heard" in listed
    assert "Too large" not in listed
    (sounds / "q2.mp3").write_bytes(b"ID3" + bytes(200_000))
    said = place.karama("wording", "audio", sounds, *told)
    for words in (said, place.karama("wording", "list")):
        assert "Too large for telephones (more than 200 kB), heard at the desk only: q2." in words
    (sounds / "holiday.mp3").write_bytes(b"ID3")
    assert "holiday.mp3 is named by no item" in place.karama("wording", "audio", sounds, *told, expect=2)
