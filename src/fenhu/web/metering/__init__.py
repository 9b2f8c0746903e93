"""Heat meters in flats: which hangs where, what it showed, and each flat's heat bill of a season.

In: meters installed and exchanged, files of readings, days on which rooms stayed cold. Out: bills, each with
its steps, beside the bill by area. Others reach it through ``services`` and ``queries``.
"""
