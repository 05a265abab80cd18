"""What one page asks several times is asked once: answers kept for the length of one reading.

Never across an action, never beyond the request, never without a reader: whoever asks again later gets what is true
then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast, overload

from karama.journal.access_log import current_reading
from karama.journal.together import Asks, Question
from karama.journal.writing import current_work

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def remembering() -> bool:
    """Whether answers are kept now: somebody reads, and no action is being done."""
    return _kept() is not None


@overload
def once(question: Question[Asked, Answer]) -> Question[Asked, Answer]: ...


@overload
def once(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]: ...


def once(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keep the answer to the same question (function and hashable arguments) while one reading lasts.

    Inside an action it is asked anew each time, and an action makes the reading forget what it knew. Whoever receives
    the answer must not change it. A problem that is raised is not kept. What `asks` can still be asked together with
    others.
    """

    @wraps(question)
    def asked(*arguments: Asked.args, **named: Asked.kwargs) -> Answer:
        kept, key = _kept(), _key(question, arguments, named)
        if kept is None:
            return question(*arguments, **named)
        if key in kept:
            return cast(Answer, kept[key])
        answer = kept[key] = question(*arguments, **named)
        return answer

    if hasattr(question, "asking"):
        asked.asking = _asking_once(question, question.asking)  # type: ignore[attr-defined]  # what makes it a question
    return asked


def _asking_once(question: object, asking: Callable[Asked, Asks[Answer]]) -> Callable[Asked, Asks[Answer]]:
    def asked(*arguments: Asked.args, **named: Asked.kwargs) -> Asks[Answer]:
        kept, key = _kept(), _key(question, arguments, named)
        if kept is not None and key in kept:
            return cast(Answer, kept[key])
        answer = yield from asking(*arguments, **named)
        if kept is not None:
            kept[key] = answer
        return answer

    return asked


def _kept() -> dict[Any, Any] | None:
    """What this reading knows. An action gives it an empty one, so that what was asked before is told to nobody."""
    current = current_reading()
    return current.answers if current is not None and current_work() is None else None


def _key(question: object, arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    return question, arguments, tuple(sorted(named.items()))
