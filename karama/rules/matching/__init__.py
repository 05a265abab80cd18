"""Finding one person under many spellings: Arabic, Sorani and Latin scripts, without keeping a name in clear.

`keys` are what a blind index is made from (always first name + last name + year or site, never one name);
`search_keys` are what a search asks for; `likeness` ranks opened candidates and `explain` says why in codes;
a `Name` is worked out once, to be compared with many.
"""

from karama.rules.matching.letters import romanise
from karama.rules.matching.likeness import Name, explain, likeness
from karama.rules.matching.name_keys import MOST_KEYS, keys, search_keys
from karama.rules.matching.sound import skeleton, skeletons

__all__ = [
    "MOST_KEYS",
    "Name",
    "explain",
    "keys",
    "likeness",
    "romanise",
    "search_keys",
    "skeleton",
    "skeletons",
]
