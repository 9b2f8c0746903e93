"""Drawing: pictures from plain values, on one drawing model.

In come cells of flats, temperatures, bars and money; out comes SVG that may stand inside a page with a
strict content policy: no script, no style attribute, a name and a description on every picture. Temperatures
have one fixed scale everywhere (``temperature_band``). Every chart has its table (``…_table``) behind it.
"""

from fenhu.drawing.arrears_map import BuildingArrears, arrears_map
from fenhu.drawing.bars import Bar, BarChart, bar_chart_svg, bar_table, ranking_svg
from fenhu.drawing.budget_bars import (
    BudgetBars,
    BudgetColumn,
    BudgetPurse,
    budget_bars_drawing,
    budget_bars_svg,
    budget_bars_table,
)
from fenhu.drawing.burn_down import PurseDay, PurseYear, burn_down_svg, burn_down_table
from fenhu.drawing.city_map import (
    CityMap,
    ClusterMap,
    MapClass,
    MapCluster,
    MapPlace,
    city_map_svg,
    city_map_table,
    cluster_map_svg,
    counted,
)
from fenhu.drawing.dot_map import Dot, DotClass, DotMap, dot_map_svg, dot_map_table
from fenhu.drawing.elevation import (
    ElevationCell,
    before_after_svg,
    cells_of_flats,
    elevation_svg,
    elevation_table,
    elevation_width,
)
from fenhu.drawing.figures import wan_yuan, wan_yuan_parts, yuan
from fenhu.drawing.gantt import Gantt, GanttBar, GanttRow, gantt_drawing, gantt_svg, gantt_table
from fenhu.drawing.histogram import (
    Distributions,
    Histogram,
    below,
    by_degree,
    distributions_svg,
    distributions_table,
    histogram_svg,
    histogram_table,
)
from fenhu.drawing.layers import CONSENT, CONTRACT, FEE, NOTICE, STAGE, State, StateLayer, Tone
from fenhu.drawing.legend import LegendEntry, legend_entries, legend_svg
from fenhu.drawing.loop import LOOP_PARTS, FlatLoop, after_said, before_said, loop_after_svg, loop_before_svg
from fenhu.drawing.measure import wrap
from fenhu.drawing.palette import TEMPERATURE_BANDS, Band, shown_temperature, temperature_band
from fenhu.drawing.profile import Profile, StoreyMean, profile_svg, profile_table
from fenhu.drawing.readings import RoomReading, readings_svg, readings_table
from fenhu.drawing.sankey import Flow, FlowNode, Sankey, sankey_svg, sankey_table
from fenhu.drawing.scale import scale_svg
from fenhu.drawing.schematic import Schematic, SchematicPipe, SchematicStop, schematic_svg
from fenhu.drawing.stacked import Series, StackedBars, StackedColumn, stacked_bars_svg, stacked_table
from fenhu.drawing.stacked_rows import (
    CountClass,
    CountRow,
    StackedRows,
    stacked_rows_svg,
    stacked_rows_table,
)
from fenhu.drawing.table import ChartTable
from fenhu.drawing.year_map import (
    YearMap,
    YearPlace,
    year_classes,
    year_entries,
    year_map_drawing,
    year_map_svg,
    year_map_table,
)

__all__ = [
    "CONSENT",
    "CONTRACT",
    "FEE",
    "LOOP_PARTS",
    "NOTICE",
    "STAGE",
    "TEMPERATURE_BANDS",
    "Band",
    "Bar",
    "BarChart",
    "BudgetBars",
    "BudgetColumn",
    "BudgetPurse",
    "BuildingArrears",
    "ChartTable",
    "CityMap",
    "ClusterMap",
    "CountClass",
    "CountRow",
    "Distributions",
    "Dot",
    "DotClass",
    "DotMap",
    "ElevationCell",
    "FlatLoop",
    "Flow",
    "FlowNode",
    "Gantt",
    "GanttBar",
    "GanttRow",
    "Histogram",
    "LegendEntry",
    "MapClass",
    "MapCluster",
    "MapPlace",
    "Profile",
    "PurseDay",
    "PurseYear",
    "RoomReading",
    "Sankey",
    "Schematic",
    "SchematicPipe",
    "SchematicStop",
    "Series",
    "StackedBars",
    "StackedColumn",
    "StackedRows",
    "State",
    "StateLayer",
    "StoreyMean",
    "Tone",
    "YearMap",
    "YearPlace",
    "after_said",
    "arrears_map",
    "bar_chart_svg",
    "bar_table",
    "before_after_svg",
    "before_said",
    "below",
    "budget_bars_drawing",
    "budget_bars_svg",
    "budget_bars_table",
    "burn_down_svg",
    "burn_down_table",
    "by_degree",
    "cells_of_flats",
    "city_map_svg",
    "city_map_table",
    "cluster_map_svg",
    "counted",
    "distributions_svg",
    "distributions_table",
    "dot_map_svg",
    "dot_map_table",
    "elevation_svg",
    "elevation_table",
    "elevation_width",
    "gantt_drawing",
    "gantt_svg",
    "gantt_table",
    "histogram_svg",
    "histogram_table",
    "legend_entries",
    "legend_svg",
    "loop_after_svg",
    "loop_before_svg",
    "profile_svg",
    "profile_table",
    "ranking_svg",
    "readings_svg",
    "readings_table",
    "sankey_svg",
    "sankey_table",
    "scale_svg",
    "schematic_svg",
    "shown_temperature",
    "stacked_bars_svg",
    "stacked_rows_svg",
    "stacked_rows_table",
    "stacked_table",
    "temperature_band",
    "wan_yuan",
    "wan_yuan_parts",
    "wrap",
    "year_classes",
    "year_entries",
    "year_map_drawing",
    "year_map_svg",
    "year_map_table",
    "yuan",
]  # fmt: skip
