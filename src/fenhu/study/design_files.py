"""The files of a design: review, bill, drawings, template for other designers, the design itself as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from fenhu import papers
from fenhu.design.quantities import bill_csv
from fenhu.design.sheets import TitleBlock
from fenhu.papers.foreign_template import foreign_template_xlsx
from fenhu.study.comparing import FormComparison, comparison_svg, comparison_table
from fenhu.study.design_drawings import write_drawings
from fenhu.study.designing import DesignStudy, design_json
from fenhu.wording import text


def write_design(
    study: DesignStudy, folder: Path, *, synthetic: bool = False, drawings: bool = True
) -> tuple[str, ...]:
    """Write all files of a design into a folder and return their names; existing ones are replaced.

    Parameters
    ----------
    study : the design with its review and bill.
    folder : an existing folder.
    synthetic : whether the data are those of the demo.
    drawings : whether the drawings are written too, which takes longer than all the rest.
    """
    code = study.design.building.code
    title = str(text("Conversion of building {code}", code=code))
    paper = papers.BillPaper(title=title, prepared_on=study.on, synthetic=synthetic)
    papers.review_xlsx(study.checks, folder / REVIEW, title=title, on=study.on, synthetic=synthetic)
    papers.bill_xlsx(study.bill, folder / BILL, paper)
    (folder / BILL_CSV).write_text(bill_csv(study.bill), encoding="utf-8")
    foreign_template_xlsx(study.design, folder / TEMPLATE, synthetic=synthetic)
    names: tuple[str, ...] = (REVIEW, BILL, BILL_CSV, TEMPLATE, DESIGN)
    if drawings:
        block = TitleBlock(building=title, on=study.on, synthetic=synthetic)
        names += write_drawings(study, folder, block)
    answer = design_json(study, names)
    (folder / DESIGN).write_text(json.dumps(answer, ensure_ascii=False, indent=1), encoding="utf-8")
    return names


def write_comparison(
    comparison: FormComparison, study: DesignStudy, folder: Path, *, synthetic: bool = False
) -> tuple[str, ...]:
    """Write the comparison of forms as a workbook and a picture into a folder and return their names."""
    title = str(text("Conversion of building {code}", code=comparison.code))
    heads, rows = comparison_table(comparison)
    papers.comparison_xlsx(heads, rows, folder / COMPARISON, title=title, on=study.on, synthetic=synthetic)
    (folder / PICTURE).write_text(comparison_svg(comparison), encoding="utf-8")
    return (COMPARISON, PICTURE)


COMPARISON, PICTURE = "方案比较.xlsx", "方案比较.svg"
REVIEW, BILL, BILL_CSV = "审查表.xlsx", "工程量清单.xlsx", "bill.csv"
TEMPLATE, DESIGN = "设计录入表.xlsx", "design.json"
