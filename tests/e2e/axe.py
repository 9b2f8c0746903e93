"""What axe-core finds wrong with a page for people who do not see, or do not use a mouse."""

from functools import cache
from pathlib import Path

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map((one) => ({
  id: one.id, impact: one.impact, nodes: one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)),
}))"""


@cache
def _source():
    return AXE.read_text()


def grave_findings(page):
    """Return the serious and critical findings on a page."""
    page.evaluate(_source())
    return [one for one in page.evaluate(RUN) if one["impact"] in GRAVE]
