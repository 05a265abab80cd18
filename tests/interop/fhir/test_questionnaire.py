"""Reading wording from a FHIR Questionnaire. Every text here is our own: no instrument's wording is in this file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from karama.care import cards
from karama.care.problems import WordingDoesNotFit
from karama.interop.fhir import questionnaire
from tests.machinery import real_data

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def option(code: str, label: str, value: int | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"valueCoding": {"system": "http://loinc.org", "code": code, "display": label}}
    if value is not None:
        found["extension"] = [{"url": ORDINAL, "valueDecimal": value}]
    return found


def own_questionnaire() -> dict[str, Any]:
    """A PHQ-9 in shape, with words of our own."""
    card = cards.card("phq9")
    items = []
    for item in card.items:
        answers = card.answer_set(item.answers or "").answers
        options = [option(one.loinc or f"X-{one.code}", f"our {one.code}", int(one.value)) for one in answers]
        if item.answers == "difficulty":
            options = [option(f"LA-{place}", f"our {one.code}") for place, one in enumerate(answers)]
        code = [{"system": "http://loinc.org", "code": item.loinc}]
        items.append(
            {
                "linkId": f"/{item.loinc}",
                "type": "choice",
                "code": code,
                "text": f"Our words on {item.topic}",
                "answerOption": options,
            }
        )
    items.append({"linkId": "total", "type": "decimal", "code": [{"system": "http://loinc.org", "code": "44261-6"}]})
    return {"resourceType": "Questionnaire", "title": "Ours", "item": [{"type": "group", "linkId": "g", "item": items}]}


def read(told: dict[str, Any], language: str = "en") -> Any:
    return questionnaire.read(json.dumps(told).encode(), cards.card("phq9"), language)


def test_items_and_answers_are_matched_by_code() -> None:
    """IM001: items are matched by LOINC code, answers by LOINC code, value or order; the total is not asked."""
    found = read(own_questionnaire())
    assert found.items["q9"] == "Our words on thoughts of death or self-harm"
    assert found.answers["frequency"]["more_than_half"] == "our more_than_half"
    assert found.answers["difficulty"]["extremely"] == "our extremely"


def test_what_does_not_fit_names_the_item() -> None:
    """IM002: a missing item, a foreign question, too few answers or a value set elsewhere is refused by its name."""
    told = own_questionnaire()
    inner = told["item"][0]["item"]
    without = [one for one in inner if one["linkId"] != "/44255-8"]
    with pytest.raises(WordingDoesNotFit, match="q2"):
        read(told | {"item": without})
    with pytest.raises(WordingDoesNotFit, match="shoe"):
        read(told | {"item": [*inner, {"linkId": "shoe", "type": "choice", "text": "Our shoes"}]})
    short = [inner[0] | {"answerOption": inner[0]["answerOption"][:3]}, *inner[1:]]
    with pytest.raises(WordingDoesNotFit, match="q1"):
        read(told | {"item": short})
    elsewhere = {key: value for key, value in inner[0].items() if key != "answerOption"}
    with pytest.raises(WordingDoesNotFit, match="q1"):
        read(told | {"item": [elsewhere | {"answerValueSet": "http://example.org/set"}, *inner[1:]]})


def test_other_languages_come_from_translations_only() -> None:
    """IM003: a file in another language is refused unless it carries the translation."""
    with pytest.raises(WordingDoesNotFit):
        read(own_questionnaire() | {"language": "de"})


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b'{"resourceType": "Patient"}', b"{" * 5000])
def test_other_files_are_refused_in_a_sentence(content: bytes) -> None:
    """IM004: a file that is no questionnaire is refused in a sentence, never with a crash."""
    with pytest.raises(WordingDoesNotFit):
        questionnaire.read(content, cards.card("phq9"), "en")


def test_marks_of_the_catalogue_are_not_read_aloud() -> None:
    """IM130: the mark that the LOINC catalogue puts behind a name is left out; other brackets stay."""
    told = own_questionnaire()
    inner = told["item"][0]["item"]
    inner[0]["text"] = "Our words in last 2 weeks [Reported.PHQ]"
    inner[1]["text"] = "Our words [in a bracket]"
    found = read(told)
    assert found.items["q1"] == "Our words in last 2 weeks"
    assert found.items["q2"] == "Our words [in a bracket]"


@pytest.mark.skipif(not real_data.are_here(), reason=real_data.NOT_HERE)
def test_published_files() -> None:
    """IM131: the CC0 PHQ-9 of US Core is read whole; files whose answers lie elsewhere, or whose item is of another
    kind, are refused by the item's name."""
    fhir = real_data.REAL_DATA / "fhir"
    content = (fhir / "uscore_Questionnaire-phq-9-example.json").read_bytes()
    found = questionnaire.read(content, cards.card("phq9"), "en")
    assert set(found.items) == {item.code for item in cards.card("phq9").items}
    assert not [text for text in found.items.values() if "[" in text]
    assert len(found.answers["frequency"]) == len(found.answers["difficulty"]) == 4
    german = (fhir / "mii_Questionnaire-mii-qst-pro-phq-9.json").read_bytes()
    with pytest.raises(WordingDoesNotFit, match="Item q1 has no answers in the file"):
        questionnaire.read(german, cards.card("phq9"), "de")
    audit = (fhir / "uscore_Questionnaire-AUDIT-C.json").read_bytes()
    with pytest.raises(WordingDoesNotFit, match="/68517-2"):
        questionnaire.read(audit, cards.card("auditc"), "en")


def test_a_completed_copy_of_a_file_without_answers() -> None:
    """IM132: once its answers stand in the file as a contained value set, such a questionnaire is read whole."""
    told = own_questionnaire()
    inner = told["item"][0]["item"]
    concepts: dict[str, list[dict[str, str]]] = {}
    for item in inner[:-1]:
        options = item.pop("answerOption")
        name = "difficulty" if item["code"][0]["code"] == "69722-7" else "frequency"
        concepts[name] = [one["valueCoding"] for one in options]
        item["answerValueSet"] = f"#{name}"
    told["contained"] = [
        {"resourceType": "ValueSet", "id": name, "expansion": {"contains": codings}}
        for name, codings in concepts.items()
    ]
    found = read(told)
    assert found.answers["frequency"]["nearly_every_day"] == "our nearly_every_day"
    assert found.answers["difficulty"]["very"] == "our very"
