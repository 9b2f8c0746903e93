"""``fenhu demo`` writes a register in which ``fenhu check`` finds nothing."""

import openpyxl


def test_the_demo_register_is_written_and_clean(fenhu, tmp_path):
    assert fenhu("demo", tmp_path, "--buildings", 20, "--seed", 3).code == 0
    ran = fenhu("check", tmp_path / "register.xlsx", "--json")
    assert ran.code == 0
    answer = ran.json()
    assert answer["findings"] == []
    assert answer["buildings"] == 20


def test_the_same_seed_writes_the_same_city(fenhu, tmp_path):
    for name in "ab":
        fenhu("demo", tmp_path / name, "--buildings", 12, "--seed", 5)
    cells = [
        [tuple(row) for row in openpyxl.load_workbook(tmp_path / name / "register.xlsx")["住户"].values]
        for name in "ab"
    ]
    assert cells[0] == cells[1]


def test_a_fault_exits_1_with_sheet_row_and_column(fenhu, tmp_path):
    fenhu("demo", tmp_path, "--buildings", 12)
    path = tmp_path / "register.xlsx"
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["楼栋"]
    header = [cell.value for cell in sheet[1]]
    column = next(index for index, name in enumerate(header, 1) if "建成年份" in str(name))
    sheet.cell(row=3, column=column).value = "long ago"
    workbook.save(path)
    ran = fenhu("check", path, "--json")
    assert ran.code == 1
    fault = next(one for one in ran.json()["findings"] if one["severity"] == "error")
    assert (fault["sheet"], fault["row"]) == ("楼栋", 3)
    assert "建成年份" in fault["column"]
    assert "long ago" in fault["message"]
