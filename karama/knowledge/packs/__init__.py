"""Programme packs: what a programme decides for itself, read from `programmes/<code>/`."""

from karama.knowledge.packs.lacking import Lack, lacks, placeholder_responders, site_lacks
from karama.knowledge.packs.pack import (
    ChainStep,
    ConsentText,
    CountryDuty,
    Limits,
    Named,
    Pack,
    Safety,
    Scheduled,
    Search,
    Service,
    Site,
    SiteSafety,
    Team,
    Threshold,
    Wave,
)
from karama.knowledge.packs.reading import LAYERS, TOPICS, PackError, pack_from
from karama.knowledge.packs.shelf import packs, programme, read_pack

__all__ = [
    "LAYERS",
    "TOPICS",
    "ChainStep",
    "ConsentText",
    "CountryDuty",
    "Lack",
    "Limits",
    "Named",
    "Pack",
    "PackError",
    "Safety",
    "Scheduled",
    "Search",
    "Service",
    "Site",
    "SiteSafety",
    "Team",
    "Threshold",
    "Wave",
    "lacks",
    "pack_from",
    "packs",
    "placeholder_responders",
    "programme",
    "read_pack",
    "site_lacks",
]
