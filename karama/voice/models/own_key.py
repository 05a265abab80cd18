"""Words of a message under a key of its own, so that destroying it erases them everywhere, also in the journal."""

from __future__ import annotations

import json
from typing import Any, ClassVar
from uuid import UUID

from karama.journal import Record
from karama.journal.sealed import ERASED
from karama.security import vault


class UnderOwnKey(Record):
    """A row whose sealed fields lie under the key of a message, which is nobody's person: nobody's list of readers
    grows when it is opened. `KEY_OF`: the field that names the message; `WITHOUT_OWN_KEY`: what is kept after an
    erasure, under the installation's key.
    """

    KEY_OF: ClassVar[str] = "id"
    WITHOUT_OWN_KEY: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        """The message under whose key it lies."""
        owner: UUID = getattr(self, self.KEY_OF)
        return owner

    def seal(self, name: str, value: Any) -> None:
        """Like `Record.seal`, under the message's own key. Its keys were made before."""
        if name in self.WITHOUT_OWN_KEY or value is None:
            super().seal(name, value)
            return
        field = self._sealed_field(name)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        setattr(
            self,
            name,
            vault.seal(self.key_owner, field.store, kind=self.KIND, row=self.id, field=name, value=plain),
        )

    def unseal(self, name: str) -> Any:
        """Like `Record.unseal`; `ERASED` when the words of this message were erased."""
        if name in self.WITHOUT_OWN_KEY:
            return super().unseal(name)
        field, ciphertext = self._sealed_field(name), getattr(self, name)
        if ciphertext is None:
            return None
        told: dict[str, Any] = {"kind": self.KIND, "row": self.id, "field": name}
        try:
            return json.loads(vault.open_sealed(self.key_owner, field.store, ciphertext=bytes(ciphertext), **told))
        except vault.Erased:
            return ERASED
