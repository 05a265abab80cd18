"""Participant codes: what is accepted, and that no slip of the hand reaches another person."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.codes import (
    ALPHABET,
    LENGTH,
    RANDOM_LENGTH,
    BadCode,
    check_character,
    format_code,
    parse_code,
)

random_parts = st.text(ALPHABET, min_size=RANDOM_LENGTH, max_size=RANDOM_LENGTH)


def plain(code: str) -> str:
    return code.replace("-", "")


def reason(text: str) -> str:
    with pytest.raises(BadCode) as caught:
        parse_code(text)
    return caught.value.reason


def test_alphabet_has_no_look_alikes():
    """SC900: a code uses 29 characters, a prime, and none of 0 O 1 I L U S."""
    assert len(set(ALPHABET)) == len(ALPHABET) == 29
    assert not set("0O1ILUS") & set(ALPHABET)


@given(random_parts)
def test_written_form_reads_back(part):
    """SC901: every code reads back as it was written, in groups of 4, 4 and 2."""
    code = format_code(part)
    assert [len(group) for group in code.split("-")] == [4, 4, 2]
    assert parse_code(code) == code


def test_known_code():
    """SC902: the check character is the one computed by hand: the weighted sum is divisible by 29."""
    assert check_character("222222222") == "2"
    assert check_character("322222222") == ALPHABET[29 - 10]
    assert format_code("K7QM4T9XC").startswith("K7QM-4T9X-C")


@given(random_parts)
def test_every_single_wrong_character_is_noticed(part):
    """SC903: a code typed with one wrong character is "check the code", never another person (story A5)."""
    code = plain(format_code(part))
    for place, wrong in product(range(LENGTH), ALPHABET):
        if wrong != code[place]:
            assert reason(code[:place] + wrong + code[place + 1 :]) == "check"


@given(random_parts)
def test_any_typed_character_gives_same_person_or_none(part):
    """SC904: whatever one key is pressed instead, look-alikes included, no other person's code results."""
    right = format_code(part)
    code = plain(right)
    for place, wrong in product(range(LENGTH), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ٠١٢٣٤٥٦٧٨٩éß*"):
        try:
            found = parse_code(code[:place] + wrong + code[place + 1 :])
        except BadCode:
            continue
        assert found == right


@given(random_parts)
def test_every_swap_is_noticed(part):
    """SC905: any two characters in each other's place, neighbours or not, are noticed."""
    code = plain(format_code(part))
    for left in range(LENGTH):
        for right in range(left + 1, LENGTH):
            if code[left] != code[right]:
                swapped = list(code)
                swapped[left], swapped[right] = swapped[right], swapped[left]
                assert reason("".join(swapped)) == "check"


def test_weights_prove_detection_for_all_codes():
    """SC906: exhaustively over differences: no single change, swap, twin or jump twin leaves the check whole."""
    weights = range(LENGTH, 0, -1)
    for weight, change in product(weights, range(1, 29)):
        assert weight * change % 29
    for left, right in product(weights, weights):
        if left != right:
            assert all((left - right) * change % 29 for change in range(1, 29))
    twins = [*pairwise(weights), *zip(weights, list(weights)[2:], strict=False)]
    assert all((left + right) * change % 29 for left, right in twins for change in range(1, 29))


@given(random_parts, st.sampled_from([" ", "-", "\u200f", " - ", "\u2013", ".", "\u00a0"]))
def test_accepts_how_people_type(part, gap):
    """SC907: lower case, other gaps and invisible direction marks are read as the same code."""
    code = format_code(part)
    assert parse_code(gap.join(plain(code)).lower()) == code


@given(random_parts)
def test_accepts_other_digits_and_look_alikes(part):
    """SC908: Arabic-Indic and Persian digits, wide letters, S for 5, U for V are read as the same code."""
    code = format_code(part)
    assert parse_code(code.translate(str.maketrans("23456789", "٢٣٤٥٦٧٨٩"))) == code
    assert parse_code(code.translate(str.maketrans("23456789", "۲۳۴۵۶۷۸۹"))) == code
    assert parse_code(code.translate({33 + i: 0xFF01 + i for i in range(94)})) == code
    assert parse_code(code.translate(str.maketrans("5VQJ", "SUOI"))) == code


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "empty"), (" - ", "empty"), ("K7QM", "length"), ("K7QM-4T9X-CC2", "length"), ("K7QM-4T9X-L2", "character")],
)
def test_bad_codes_say_why_without_the_text(text, why):
    """SC909: what is not a code is refused with a reason that never repeats what was typed."""
    with pytest.raises(BadCode) as caught:
        parse_code(text)
    assert caught.value.reason == why
    assert "K7QM" not in str(caught.value)


@pytest.mark.parametrize("part", ["", "K7QM4T9X", "K7QM4T9XCC", "K7QM4T9X0", "k7qm4t9xc"])
def test_random_part_must_fit(part):
    """SC910: a random part of another length or alphabet makes no code."""
    with pytest.raises(BadCode):
        format_code(part)
