"""The drawings as files beside the other papers of a design."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ezdxf
import pypdfium2

from fenhu import building, policy
from fenhu.design.sheets import TitleBlock
from fenhu.study.design_drawings import write_drawings
from fenhu.study.design_files import write_design
from fenhu.study.designing import DesignStudy, study_design


def study() -> DesignStudy:
    house = building.describe("X1", storeys=3, units=1, flats_per_floor=2, flat_area_m2=60.0)
    return study_design(house, policy.load("fuxin-2010"), on=date(2013, 4, 1))


def test_a_design_is_written_with_its_drawings_unless_they_are_left_out(tmp_path: Path) -> None:
    made = study()
    names = write_design(made, tmp_path)
    assert names[-3:] == ("图纸.pdf", "图纸.dxf", "图纸/")
    assert all((tmp_path / name).exists() for name in names)
    bare = tmp_path / "bare"
    bare.mkdir()
    assert "图纸.pdf" not in write_design(made, bare, drawings=False)
    assert not (bare / "图纸.pdf").exists()


def test_pdf_dxf_and_pictures_hold_the_same_sheets_and_old_ones_go(tmp_path: Path) -> None:
    (tmp_path / "图纸").mkdir()
    (tmp_path / "图纸" / "暖施-99.svg").write_text("old")
    write_drawings(study(), tmp_path, TitleBlock(building="三号楼"))
    with pypdfium2.PdfDocument(tmp_path / "图纸.pdf") as document:
        pages = len(document)
    pictures = sorted(path.name for path in (tmp_path / "图纸").iterdir())
    assert pictures == [f"暖施-{n:02d}.svg" for n in range(1, pages + 1)]
    doc = ezdxf.readfile(tmp_path / "图纸.dxf")
    # Three of the title block's words stand on every sheet once.
    written = [one.dxf.text for one in doc.modelspace().query("TEXT")]
    assert written.count("校对") == written.count("审核") == pages
    assert "三号楼" in written
