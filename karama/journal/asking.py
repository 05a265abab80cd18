"""What one page asks several times is asked once: answers kept for the length of one reading.

Never across an action, never beyond the request, never without a reader: whoever asks again later gets what is true
then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from karama.journal.access_log import current_reading
from karama.journal.writing import current_work

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def remembering() -> bool:
    """Whether answers are kept now: somebody reads, and no action is being done."""
    return current_reading() is not None and current_work() is None


def once(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keep the answer to the same question (function and hashable arguments) while one reading lasts.

    Inside an action it is asked anew each time, and an action makes the reading forget what it knew. Whoever receives
    the answer must not change it. A problem that is raised is not kept.
    """

    @wraps(question)
    def asked(*arguments: Asked.args, **named: Asked.kwargs) -> Answer:
        current = current_reading()
        if current is None or current_work() is not None:
            return question(*arguments, **named)
        key = (question, arguments, tuple(sorted(named.items())))
        if key in current.answers:
            return cast(Answer, current.answers[key])
        answer = current.answers[key] = question(*arguments, **named)
        return answer

    return asked
