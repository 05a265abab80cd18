"""A second person says that a colleague has really taken up a duty in which messages are answered (decision 0089)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from karama.accounts.models import Posting
from karama.journal import Actor, action
from karama.journal.models import Change, Entry
from karama.rules.complaints import ANSWERERS
from karama.voice.access import VOUCH
from karama.voice.models import Vouching


def of_posting(*, by: Actor, posting: UUID, **_more: Any) -> Mapping[str, object]:
    """Who holds and who gave a post, and where; nothing when there is none that answers messages, which denies."""
    row = Posting.objects.filter(pk=posting, duty__in=ANSWERERS).first()
    if row is None:
        return {}
    made = Change.objects.filter(kind=Posting.KIND, row=posting, deed="insert").values_list("seq", flat=True).first()
    giver = Entry.objects.filter(seq=made or 0).values_list("actor_id", flat=True).first()
    return {
        "holder": row.user_id,
        "given_by": giver,
        "programme": row.programme_id,
        "everywhere": row.programme_id is None,
    }


@action("voice.vouch_for", access=VOUCH, target=of_posting, purpose="rights")
def vouch_for(*, by: Actor, posting: UUID) -> Vouching:
    """Say that whoever holds this post has really taken it up. Said once; said again it is the same.

    From then on she may open messages that are older than her post, where they are not kept from whoever vouches.
    """
    known = Vouching.objects.filter(posting_id=posting, author_id=by.id).first()
    return known or Vouching.objects.create(posting_id=posting)
