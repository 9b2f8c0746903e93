"""What a conversion's terms are — basis, costs, contract — as papers and flats' pages say them alike.

In: projects and their flats; out: the frozen values of ``fenhu.papers.issued``. Nothing is written here.
"""
