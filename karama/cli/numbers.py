"""`karama score` and `karama outcomes`."""

from __future__ import annotations

import json
from typing import Any

import click

from karama.cli.starting import REFUSED, USAGE, clear_ends, end, start


@click.command("score")
@click.argument("code")
@click.option("--answers", required=True, help="Raw values in item order, comma between; empty means missing.")
@click.option("--coding", default="values", show_default=True, help="How the form prints its answers.")
@click.option("--age", type=click.IntRange(0, 130), help="Completed years.")
@click.option("--sex", type=click.Choice(["F", "M"]), help="For cut-offs that differ.")
@click.option("--language", help="For cut-offs that differ (BCP 47).")
@click.option("--population", help="For cut-offs that differ.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@clear_ends
def score_command(
    code: str,
    answers: str,
    coding: str,
    age: int | None,
    sex: str | None,
    language: str | None,
    population: str | None,
    as_json: bool,
) -> None:
    """Score one response of the instrument CODE. An empty value is missing, never zero."""
    from karama.knowledge.loader import KnowledgeError, instrument
    from karama.rules.scoring import AnswersError, CodingError, decode, score

    try:
        card = instrument(code)
        items = [item for item in card.items if item.answers is not None]
        given = answers.split(",")
        scored = sum(1 for item in items if item.scored)
        if not scored <= len(given) <= len(items):
            end(
                f"{card.name} has {scored} scored items ({len(items)} in all); {len(given)} values came.",
                USAGE,
            )
        if len(given) == scored:
            items = [item for item in items if item.scored]
        answered = {
            item.code: decode(card, coding, item.code, raw.strip() or None)
            for item, raw in zip(items, given, strict=False)
        }
        result = score(card, answered, age=age, sex=sex, language=language, population=population)
    except (KnowledgeError, CodingError, AnswersError) as wrong:
        end(str(wrong), REFUSED)
    told: dict[str, Any] = {
        "instrument": card.code,
        "version": card.version,
        "total": result.total,
        "why_no_total": result.why_no_total,
        "subscales": dict(result.subscales),
        "band": result.band,
        "algorithms": dict(result.algorithms),
        "cutoffs": dict(result.cutoffs),
        "n_answered": result.n_answered,
        "n_items": result.n_items,
        "safety": [
            {"code": one.code, "kind": one.kind, "grade": one.grade, "state": one.state} for one in result.safety
        ],
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _in_words(card.name, told))


def _in_words(name: str, told: dict[str, Any]) -> str:
    lines = [f"{name}: {told['n_answered']} of {told['n_items']} answered"]
    if told["total"] is None:
        lines.append(f"no total ({str(told['why_no_total']).replace('_', ' ')})")
    else:
        lines.append(f"total {told['total']}" + (f", {told['band']}" if told["band"] else ""))
    lines += [f"{label}: {'no score' if value is None else value}" for label, value in told["subscales"].items()]
    lines += [f"{label}: {value}" for label, value in told["algorithms"].items()]
    lines += [f"safety question {one['code']}: {_safety(one['state'])}" for one in told["safety"]]
    return "\n".join(lines)


def _safety(state: str) -> str:
    return {
        "positive": "ANSWERED YES: speak with the person today",
        "negative": "answered no",
        "unknown": "not answered: ask",
    }[state]


@click.command("outcomes")
@click.option("--programme", required=True, help="Code of the programme.")
@click.option("--from", "start_wave", required=True, help="First wave, for example baseline.")
@click.option("--to", "end_wave", required=True, help="Second wave, for example end.")
@click.option("--as", "name", help="Who asks: a user name (default: the operator).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@clear_ends
def outcomes_command(programme: str, start_wave: str, end_wave: str, name: str | None, as_json: bool) -> None:
    """How people fared between two waves: n, missing, means, recovery and reliable change with their bounds."""
    start()
    from karama.accounts.queries import actor_by_name
    from karama.evidence.queries import outcomes_of, waves_in_use
    from karama.evidence.words import outcomes_in_words

    by = actor_by_name(name)
    waves = waves_in_use(by, programme)
    unknown = [wave for wave in (start_wave, end_wave) if wave not in waves]
    if unknown:
        here = f"There are: {', '.join(waves)}." if waves else "There are no answers yet."
        end(f"Nobody was asked in the wave {', '.join(unknown)}. {here}", USAGE)
    table = outcomes_of(by, programme=programme, start=start_wave, end=end_wave)
    click.echo(json.dumps(table, ensure_ascii=False, indent=2) if as_json else outcomes_in_words(table))
