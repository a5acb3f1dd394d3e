from exchanges.models.exchanges import Exchange, Programme
from exchanges.models.institutions import Institution, Office, OfficeMembership, OfficeObserver
from exchanges.models.placements import LanguageSkill, Placement

__all__ = [
    "Exchange",
    "Institution",
    "LanguageSkill",
    "Office",
    "OfficeMembership",
    "OfficeObserver",
    "Placement",
    "Programme",
]
