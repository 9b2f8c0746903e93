"""Why a building should be converted, and how soon (clauses 二（四） and 三（二）).

In: a register's building and flats, its simulated temperatures, the evidence of its estate, and the policy's
criteria. Out: every criterion with its evidence in words, whether it is met, a score, and the priority. A
building that could not be simulated is judged from what was measured and registered.
"""

from fenhu.diagnosis.consent import ConsentCount, Voice, count_consent
from fenhu.diagnosis.diagnose import diagnose
from fenhu.diagnosis.estate import EstateEvidence, estate_evidence

__all__ = ["ConsentCount", "EstateEvidence", "Voice", "count_consent", "diagnose", "estate_evidence"]
