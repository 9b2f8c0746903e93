"""Reading issued papers: every page's content as frozen values."""

from fenhu.web.documents.gathering.plans import allocation_of as reward_allocation
from fenhu.web.documents.queries.desks import (
    BatchRow,
    BatchView,
    Desk,
    DeskRow,
    batch_view,
    desk,
    praises_of,
    print_file,
)
from fenhu.web.documents.queries.finding import find_documents
from fenhu.web.documents.queries.homes import (
    HomePaper,
    acceptance_extract,
    paper_of_flat,
    papers_of_flat,
)
from fenhu.web.documents.queries.lists import (
    DocumentFilter,
    DocumentPage,
    document_choices,
    document_page,
    document_rows,
    documents_after,
)
from fenhu.web.documents.queries.offices import (
    NumberingRow,
    TemplateRow,
    TemplateVersion,
    TemplateView,
    numberings,
    template_content,
    template_desk,
    template_pages,
    template_picture,
    template_preview,
    template_view,
)
from fenhu.web.documents.queries.public import PublicDocument, public_document, public_document_of
from fenhu.web.documents.queries.rows import STATES, DocumentRow
from fenhu.web.documents.queries.single import DocumentView, document_for, document_view

__all__ = [
    "STATES", "BatchRow", "BatchView", "Desk", "DeskRow", "DocumentFilter", "DocumentPage", "DocumentRow",
    "DocumentView", "HomePaper", "NumberingRow", "PublicDocument", "TemplateRow", "TemplateVersion",
    "TemplateView", "acceptance_extract", "batch_view", "desk", "document_choices", "document_for",
    "document_page", "document_rows", "document_view", "documents_after", "find_documents", "numberings",
    "paper_of_flat",
    "papers_of_flat", "praises_of", "print_file", "public_document", "public_document_of",
    "reward_allocation", "template_content", "template_desk", "template_pages", "template_picture",
    "template_preview", "template_view",
]  # fmt: skip
