"""The programme's tables: studies, plans, projects, sites, acceptances, cases; money in whole fen."""

from fenhu.web.works.models.acceptances import AcceptanceRound, MeasuredValue, Signature
from fenhu.web.works.models.bulletins import PublishedBulletin
from fenhu.web.works.models.campaigns import (
    ACTIVITY_KINDS,
    MATERIAL_KINDS,
    Activity,
    CampaignMaterial,
    ContractorFile,
    MediaContact,
    Praise,
)
from fenhu.web.works.models.cases import Case, CaseEvidence
from fenhu.web.works.models.designs import DESIGN_STATES, ORIGINS, DesignVersion
from fenhu.web.works.models.plans import AnnualPlan, AnnualPlanItem, LeftOut
from fenhu.web.works.models.projects import Consent, FlatWork, Paper, Project, Representative
from fenhu.web.works.models.replans import PlanRisk, Replan
from fenhu.web.works.models.scenarios import Scenario
from fenhu.web.works.models.sites import Defect, Material, SiteCheck, WeekReport
from fenhu.web.works.models.studies import BuildingOutcome, Study, StudyPlan

__all__ = [
    "ACTIVITY_KINDS", "DESIGN_STATES", "MATERIAL_KINDS", "ORIGINS", "AcceptanceRound", "Activity",
    "AnnualPlan", "AnnualPlanItem", "BuildingOutcome", "CampaignMaterial", "Case", "CaseEvidence",
    "Consent", "ContractorFile", "Defect", "DesignVersion", "FlatWork", "LeftOut", "Material",
    "MeasuredValue", "MediaContact", "Paper", "PlanRisk", "Praise", "Project", "PublishedBulletin",
    "Replan", "Representative", "Scenario", "Signature", "SiteCheck", "Study", "StudyPlan", "WeekReport",
]  # fmt: skip
