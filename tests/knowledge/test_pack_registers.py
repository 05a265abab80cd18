"""KN540-KN543: a programme's registers.toml: read strictly, never below the house's floor."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from karama.knowledge import pack_registers
from karama.knowledge.pack_registers import SMALLEST, registers_from, registers_of
from karama.knowledge.packs import packs
from karama.knowledge.packs.reading import PackError

REGISTER: dict[str, Any] = {
    "code": "monthly", "kind": "counts", "to": "donor", "title": {"en": "Monthly"}, "evidence": "draft: made up",
    "columns": [{"code": "seen", "heading": {"en": "Seen"}, "counts": "people_seen"}],
}  # fmt: skip
LISTED = {"code": "number", "heading": {"en": "Number"}, "holds": "code"}


def read(**changes: Any) -> Any:
    return registers_from("test", {"version": "1", "registers": [{**REGISTER, **changes}]})[0]


def test_every_shipped_pack_fills_registers() -> None:
    """KN540: each shipped pack names its registers, in English, Spanish and Arabic, all still to be reviewed."""
    folder = Path(pack_registers.__file__).parent / "programmes"
    for code in packs():
        found = registers_of(code)
        assert found, code
        for one in found:
            assert {"en", "es", "ar"} <= set(one.titles)
            assert all({"en", "es", "ar"} <= set(column.headings) for column in one.columns)
            assert one.draft
            assert one.small >= SMALLEST
        assert tomllib.loads((folder / code / "registers.toml").read_text(encoding="utf-8"))["version"] == "1"


@pytest.mark.parametrize(
    "changes",
    [
        {"small": 6},
        {"kind": "names"},
        {"to": "press"},
        {"columns": []},
        {"columns": REGISTER["columns"] * 2},
        {"columns": [{**REGISTER["columns"][0], "counts": "names"}]},
        {"columns": [{**REGISTER["columns"][0], "sex": ["girl"]}]},
        {"columns": [{**REGISTER["columns"][0], "ages": ["18+"]}]},
        {"columns": [{**REGISTER["columns"][0], "heading": {"en": "=1+1"}}]},
        {"columns": [{**REGISTER["columns"][0], "heading": {"es": "Personas"}}]},
        {"title": {"en": "@SUM(A1)"}},
        {"code": "../else"},
        {"evidence": "somebody said"},
        {"more": 1},
        {"kind": "rows", "columns": [LISTED]},
        {"codes_because": "they asked"},
        {"kind": "rows", "columns": [{**LISTED, "holds": "name"}], "codes_because": "they asked"},
    ],
)
def test_a_wrong_register_is_refused(changes: dict[str, Any]) -> None:
    """KN541: a register below the floor, with what Karama does not know, with codes and no reason for them, or with
    a heading that a spreadsheet computes, is refused by file and key."""
    with pytest.raises(PackError) as refusal:
        read(**changes)
    assert "programmes/test/registers.toml" in str(refusal.value)


def test_codes_need_their_reason() -> None:
    """KN542: a list with codes stands with the reason why the register cannot do without them."""
    assert read(kind="rows", columns=[LISTED], codes_because="it links visits").codes_because == "it links visits"


def test_a_programme_without_the_file_fills_none() -> None:
    """KN543: no file, no register; two registers of one code are refused."""
    assert registers_of("") == ()
    with pytest.raises(PackError):
        registers_from("test", {"version": "1", "registers": [REGISTER, REGISTER]})
