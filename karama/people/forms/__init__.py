"""Forms of this room. They read what was typed; what is allowed stands in the actions."""

from karama.people.forms.conflict import ConflictForm, OwnConflictForm, OwnContactStep, WorkerForm
from karama.people.forms.emergency import EmergencyForm, VerdictForm
from karama.people.forms.facility import NumberForm, sites_of
from karama.people.forms.family import FamilyAnswerForm, MemberForm, RelationForm
from karama.people.forms.file import (
    CardsForm,
    CodeForm,
    ConsentForm,
    HideForm,
    IdentityForm,
    JoinForm,
    LimitsForm,
    NameSearchForm,
    NameStep,
    PlaceStep,
    ReasonForm,
    TeamForm,
)
from karama.people.forms.handing import AGREED, AnswerTransferForm, FindMeForm, QuestionsForm, SettleForm, TransferForm
from karama.people.forms.protection import (
    AskInterestForm,
    DecideInterestForm,
    GuardianForm,
    KnowsForm,
    ReviewInterestForm,
)
from karama.people.forms.reach import SETTABLE_CHANNELS, ContactForm, ContactStep

__all__ = [
    "AGREED",
    "ConflictForm",
    "NumberForm",
    "sites_of",
    "OwnConflictForm",
    "OwnContactStep",
    "EmergencyForm",
    "VerdictForm",
    "FamilyAnswerForm",
    "MemberForm",
    "RelationForm",
    "AnswerTransferForm",
    "FindMeForm",
    "QuestionsForm",
    "SettleForm",
    "TransferForm",
    "SETTABLE_CHANNELS",
    "AskInterestForm",
    "CardsForm",
    "CodeForm",
    "ConsentForm",
    "ContactForm",
    "ContactStep",
    "DecideInterestForm",
    "GuardianForm",
    "HideForm",
    "IdentityForm",
    "JoinForm",
    "KnowsForm",
    "LimitsForm",
    "NameSearchForm",
    "NameStep",
    "PlaceStep",
    "ReasonForm",
    "ReviewInterestForm",
    "TeamForm",
    "WorkerForm",
]
