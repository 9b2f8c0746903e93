"""Issuing papers, ending their validity, numbering them, laying them out by one's own templates."""

from fenhu.web.documents.batching import start_batch
from fenhu.web.documents.drafting import WORD_MEDIA_TYPE, word_draft
from fenhu.web.documents.issuing import issue, kind_of, replace, withdraw
from fenhu.web.documents.numbering import set_pattern
from fenhu.web.documents.offices import office_of, offices_of
from fenhu.web.documents.subjects import Praises, subject_for
from fenhu.web.documents.templating import choose_template, upload_template
from fenhu.web.documents.verifying import PapersReport, verify

__all__ = [
    "WORD_MEDIA_TYPE", "PapersReport", "Praises", "choose_template", "issue", "kind_of", "office_of",
    "offices_of", "replace", "set_pattern", "start_batch", "subject_for", "upload_template", "verify",
    "withdraw", "word_draft",
]  # fmt: skip
