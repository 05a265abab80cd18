"""Components: what they print, and that they escape what they are given."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import timezone

from karama.ui.badges import KINDS
from karama.ui.charts import Band, Cutoff, Point, line
from karama.ui.icons import PATHS
from karama.ui.style import ExampleForm

EVIL = '<b>"x"</b>'


def draw(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{% page_header evil lede=evil back=evil back_label=evil %}",
        "{% row evil code=evil name=evil href=evil meta=evil %}",
        "{% badge 'now' text=evil %}",
        "{% notice 'info' title=evil %}{{ evil }}{% endnotice %}",
        "{% card title=evil id=evil %}{{ evil }}{% endcard %}",
        "{% empty_state evil text=evil href=evil label=evil %}",
        "{% button evil href=evil %}{% button evil name=evil value=evil %}",
        "{% stat evil evil n=1 missing=2 basis=evil %}",
        "{% search evil value=evil label=evil help=evil %}",
        "{% answer_buttons evil pairs current=evil quiet=pairs %}",
        "{% facts pairs %}{% steps items %}{% tabs tabs %}",
        "{% data_table evil headers table %}",
        "{% confirm evil action=evil label=evil back=evil %}{{ evil }}{% endconfirm %}",
        "{{ evil|bdi }}{{ evil|code }}",
        "{% rows label=evil %}{% endrows %}{% safety_card title=evil %}{{ evil }}{% endsafety_card %}",
    ],
)
def test_every_component_escapes(source: str) -> None:
    """UI028: no component prints a given value as HTML."""
    html = draw(
        source,
        evil=EVIL,
        pairs=[(EVIL, EVIL)],
        items=[{"title": EVIL, "by": EVIL, "text": EVIL}],
        tabs=[(EVIL, EVIL, True)],
        headers=[EVIL, "b"],
        table=[[{"text": EVIL, "href": EVIL}, EVIL]],
    )
    assert "<b>" not in html
    assert '"x"' not in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_badge_has_icon_and_word(kind: str) -> None:
    """UI029: colour never carries meaning alone."""
    html = draw("{% badge kind %}", kind=kind)
    assert "<svg" in html
    assert str(KINDS[kind].word) in html
    assert KINDS[kind].icon in PATHS


def test_a_number_says_what_it_rests_on() -> None:
    """UI030: a number is printed with its basis, n and missing; an unknown missing count says so and is not 0."""
    html = draw("{% stat 'Recovered' 55 n=156 missing=None basis='people' %}")
    assert "n = 156" in html
    assert "missing not known" in html
    assert "people" in html


def test_a_missing_cell_is_a_dash() -> None:
    """UI031: an empty cell of a table is a dash, and each cell carries the header for narrow screens."""
    html = draw("{% data_table 'T' headers table %}", headers=["Site", "n"], table=[["A", None]])
    assert "–" in html
    assert 'data-label="n"' in html


def test_forms_say_what_is_required_and_what_is_wrong() -> None:
    """UI032: required is a word; each error is linked from the summary to its control and named by it."""
    html = draw("{% form_errors form %}{% fields form %}", form=ExampleForm({"nickname": ""}, auto_id="id_%s"))
    assert "(required)" in html
    assert 'href="#id_nickname"' in html
    assert 'id="id_nickname_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'href="#id_contact_0"' in html
    assert 'id="id_contact_0"' in html


def test_a_confirmation_cannot_be_skipped_by_accident() -> None:
    """UI033: the question posts a form with its token; the way back is a link."""
    source = "{% confirm 'Close?' action='/c/' label='Close' back='/b/' danger=True %}{% endconfirm %}"
    html = Template("{% load ui %}" + source).render(Context({"csrf_token": "abc"}))
    assert 'method="post"' in html
    assert 'value="abc"' in html
    assert 'name="confirmed"' in html
    assert 'href="/b/"' in html


def chart(*values: float | None) -> str:
    points = [Point(date(2026, month, 1), value) for month, value in enumerate(values, start=1)]
    return line(points, title="Sum", low=0, high=27, band=Band(5, 15, "Chance"), cutoff=Cutoff(10, "Line"))


def test_a_missing_value_breaks_the_line() -> None:
    """UI034: a missing total is a gap with a mark and a dash in the table, never a point at zero."""
    html = chart(20, 18, None, 9, 8)
    assert html.count("<polyline") == 2
    assert html.count("<circle") == 4
    assert '<td class="number">–</td>' in html


def test_a_chart_has_words_and_a_table() -> None:
    """UI035: a chart names itself, describes itself in a sentence and keeps its numbers behind it."""
    html = chart(20, 8)
    assert "<title>Sum</title>" in html
    assert "First 20 on 1 January 2026, last 8 on 1 February 2026" in html
    assert html.count('<th scope="row">') == 2
    assert "style=" not in html


def test_time_runs_in_the_reading_direction() -> None:
    """UI036: in a right-to-left page the first point stands at the right."""
    import re

    from django.utils.translation import override

    def first_and_last(html: str) -> tuple[float, float]:
        places = [float(x) for x in re.findall(r'<circle class="dot" cx="([\d.]+)"', html)]
        return places[0], places[-1]

    assert first_and_last(chart(20, 8))[0] < first_and_last(chart(20, 8))[1]
    with override("ar"):
        assert first_and_last(chart(20, 8))[0] > first_and_last(chart(20, 8))[1]


def test_charts_of_nothing_and_of_one() -> None:
    """UI037: no point, one point and no total at all are drawn without an exception."""
    assert "Nothing recorded yet" in line([], title="Sum", low=0, high=3)
    assert "<circle" in chart(7)
    assert "none has a total" in chart(None, None)
    with pytest.raises(ValueError, match="scale"):
        line([], title="Sum", low=3, high=3)


def test_facts_are_not_turned_round() -> None:
    """UI074: marks that turn words round are shown in no definition; isolates of our own stay."""
    shown = draw("{% facts pairs %}", pairs=[("a", "pay \u202e001\u202c now"), ("b", "\u2068K7QM\u2069")])
    assert not any(chr(one) in shown for one in range(0x202A, 0x202F))
    assert "pay 001 now" in shown
    assert "\u2068K7QM\u2069" in shown


def test_a_row_says_days_and_numbers_as_the_reader_does() -> None:
    """UI087: what is no word in a row (a day, a number) is written as on every page, not as a machine writes it."""
    source = "{% row line=told name=told note=told meta=told %}"
    with timezone.override("Asia/Baghdad"):
        for told in (date(2026, 11, 30), datetime(2026, 11, 30, 22, 30, tzinfo=UTC), 12_345.5):
            assert draw(source, told=told).count(draw("{{ told }}", told=told)) == 4
