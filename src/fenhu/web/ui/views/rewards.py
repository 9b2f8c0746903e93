"""Reward allocations: drafted from accepted works, proposed, approved, paid, published."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.policy import Authority
from fenhu.programme import REWARD
from fenhu.web.access.gates import for_roles
from fenhu.web.documents import queries as document_queries
from fenhu.web.ledger import queries, services
from fenhu.web.ui import money_papers
from fenhu.web.ui.forms import StepForm, read
from fenhu.web.ui.navigation import REWARDERS
from fenhu.web.ui.views.money import attachment
from fenhu.web.works import queries as works_queries
from fenhu.web.works import services as works
from fenhu.wording import text


@for_roles(*REWARDERS)
def rewards(request: HttpRequest) -> HttpResponse:
    """Show the proposals, and let a government draft its own."""
    return render(request, "ui/rewards.html", {
        "rows": queries.reward_rows(request.user), "levels": queries.levels_of(request.user),
    })  # fmt: skip


@require_POST
@for_roles(*REWARDERS)
def reward_draft(request: HttpRequest) -> HttpResponse:
    """Draft a proposal from everything that is accepted and not paid."""
    level: Authority = "district" if request.POST.get("level") == "district" else "city"
    made = services.draft_reward(request.user, level=level, district=request.POST.get("district", ""))
    return redirect("reward", reward_id=made.pk)


@for_roles(*REWARDERS)
def reward(request: HttpRequest, reward_id: int) -> HttpResponse:
    """Show a proposal: each building, its acceptance, and how its figure came about."""
    return _show(request, reward_id)


@require_POST
@for_roles(*REWARDERS)
def reward_step(request: HttpRequest, reward_id: int) -> HttpResponse:
    """Take one step on a proposal, or have it worked out again."""
    proposal = queries.reward_for(request.user, reward_id)
    if request.POST.get("step") == "rework":
        services.rework_reward(request.user, proposal)
        messages.success(request, str(text("Worked out again by what is accepted today")))
        return redirect("reward", reward_id=reward_id)
    asked = read(StepForm(request.POST))
    step = REWARD.step(asked["step"])
    if step.needs_note and not asked["note"].strip():
        return _show(request, reward_id, lacks_note=step.name)
    works.fire(request.user, proposal, step.name, version=asked["version"], note=asked["note"])
    messages.success(request, str(text("Done: {step}", step=step.label)))
    return redirect("reward", reward_id=reward_id)


@for_roles(*REWARDERS)
def reward_export(request: HttpRequest, reward_id: int, kind: str) -> FileResponse:
    """Send a proposal as the allocation table, a workbook or a PDF."""
    view = queries.reward_view(request.user, reward_id)
    content = money_papers.allocation(view, pdf=kind == "pdf")
    return attachment(content, f"{text('Reward allocation')}-{reward_id}.{kind}")


def _show(request: HttpRequest, reward_id: int, lacks_note: str = "") -> HttpResponse:
    proposal = queries.reward_for(request.user, reward_id)
    context = {
        "view": queries.reward_view(request.user, reward_id), "lacks_note": lacks_note,
        "desk": document_queries.desk(request.user, f"ledger.rewardproposal:{reward_id}"),
        "steps": works_queries.open_steps(request.user, proposal),
        "may_rework": proposal.state in ("draft", "returned")
        and (proposal.level, proposal.district) in queries.levels_of(request.user),
    }  # fmt: skip
    return render(request, "ui/reward.html", context, status=422 if lacks_note else 200)
