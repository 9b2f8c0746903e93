"""The review sheet: every rule as a check with clause, required, found, verdict, and how sure the clause is.

In: a ``Design``, the day it is judged on, the city's policy. Out: a ``Check`` for every row of
``tables/review.toml``; what blocks the filing, what needs a reason, whether the drawings may be filed.
"""

from fenhu.design.review.page import review_page
from fenhu.design.review.sheet import review
from fenhu.design.review.summary import check_json, errors, may_be_filed, open_warnings
from fenhu.design.review.values import VERDICT_NAMES, Check, Verdict

__all__ = [
    "VERDICT_NAMES", "Check", "Verdict", "check_json", "errors", "may_be_filed", "open_warnings", "review",
    "review_page",
]  # fmt: skip
