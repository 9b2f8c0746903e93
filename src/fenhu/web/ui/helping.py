"""Which paragraph of the documentation each page's question mark opens."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

# The address's name, and the page with the heading it is told at.
HELP: Mapping[str, str] = {
    "login": "clerks/around#signing-in",
    "login-code": "clerks/around#second-factor",
    "second-factor": "clerks/around#second-factor",
    "second-factor-papers": "clerks/around#second-factor",
    "second-factor-remove": "clerks/around#second-factor",
    "account": "clerks/around#your-account",
    "password": "clerks/around#your-account",
    "officers": "clerks/around#who-signs-in",
    "officer": "clerks/around#who-signs-in",
    "front": "clerks/around#the-first-page",
    "worklist": "clerks/around#my-work",
    "search": "clerks/around#finding-things",
    "buildings": "clerks/around#lists",
    "building": "clerks/around#a-building",
    "building-explained": "clerks/around#a-building",
    "api-tokens": "clerks/other-systems#tokens",
    "api-docs": "clerks/other-systems",
    "assumptions": "clerks/around#policy-and-assumptions",
    "journal": "clerks/around#the-journal",
    "city-map": "clerks/dashboards#the-map",
    "bulletin": "clerks/dashboards#the-bulletin",
    "tour": "clerks/around#the-tour",
    "design-system": "clerks/around#colours-and-signs",
    "building-why": "clerks/why",
    "plan-limits": "clerks/why#when-a-target-is-missed",
    "plan": "clerks/plan-book",
    "plan-year": "clerks/plan-book",
    "carried": "clerks/plan-book",
    "consent": "clerks/dashboards#your-first-page",
    "unplanned": "clerks/why",
    "scenarios": "clerks/what-if",
    "scenario": "clerks/what-if#make-one",
    "scenarios-compare": "clerks/what-if#put-two-side-by-side",
    "replans": "clerks/plan-again#planning-again-within-the-year",
    "replan": "clerks/plan-again#planning-again-within-the-year",
    "risk": "clerks/plan-again#risk",
    "annual-plans": "clerks/works#the-annual-plan",
    "annual-plan": "clerks/works#the-annual-plan",
    "projects": "clerks/works#a-conversion",
    "project": "clerks/works#a-conversion",
    "flat-pages": "clerks/flat-page",
    "flat-slips": "clerks/flat-page#bring-the-link-to-the-flat",
    "declaration": "clerks/flat-page#consent",
    "design": "clerks/works#the-design",
    "project-site": "clerks/works#on-site",
    "project-acceptance": "clerks/works#acceptance",
    "project-warranty": "clerks/works#warranty",
    "cases": "clerks/works#cases",
    "case-open": "clerks/works#cases",
    "case": "clerks/works#cases",
    "contractors": "clerks/works#contractors",
    "contractor": "clerks/works#contractors",
    "campaign": "clerks/works#campaign-and-commendations",
    "commendations": "clerks/works#campaign-and-commendations",
    "money": "clerks/money",
    "collected": "clerks/money#payments",
    "arrears": "clerks/money#payments",
    "purse": "clerks/money#purses",
    "statement": "clerks/money#payments",
    "receipt": "clerks/money#payments",
    "bank": "clerks/money-files#how-a-payment-finds-who-paid",
    "building-money": "clerks/money#how-an-amount-comes-to-be-owed",
    "fund": "clerks/money#the-repair-fund",
    "rewards": "clerks/money#rewards",
    "reward": "clerks/money#rewards",
    "prices": "clerks/money#prices",
    "price-version": "clerks/money#prices",
    "metering": "clerks/metering#readings-by-file",
    "heat-bill": "clerks/metering#the-bill",
    "building-metering": "clerks/metering#meters",
    "import": "clerks/import",
    "upload": "clerks/import#what-the-preview-says",
    "job": "clerks/import#long-work",
    "documents": "clerks/documents",
    "document": "clerks/documents#one-paper",
    "document-batch": "clerks/documents#the-papers-of-all-flats",
    "document-numbers": "clerks/documents#numbers",
    "document-templates": "clerks/documents#an-offices-own-templates",
    "document-template": "clerks/documents#an-offices-own-templates",
}  # fmt: skip


def help_for(name: str | None) -> str:
    """Return the address of the paragraph on the page called ``name``; empty where there is none."""
    if name is None or name not in HELP:
        return ""
    page, _, anchor = HELP[name].partition("#")
    return reverse("help-page", args=[page]) + (f"#{anchor}" if anchor else "")
