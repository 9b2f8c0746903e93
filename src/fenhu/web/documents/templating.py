"""An office's own templates: uploaded and tried out, then put in force, and taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max

from fenhu.errors import InputFault, UnknownItem, WrongState
from fenhu.papers import issued
from fenhu.web import clock
from fenhu.web.documents.models import Office, TemplateChoice, TemplateFile
from fenhu.web.documents.numbering import locked, require_own
from fenhu.web.documents.printing import missing_words
from fenhu.web.journal import services as journal
from fenhu.web.uploads import Kind, judge
from fenhu.wording import Text, text

MOST_BYTES = 512 * 1024
# What several papers are laid out by, each with a paper it can be looked at by.
SHARED: Mapping[str, tuple[str, Text]] = {
    "gb9704.typ": ("building_notice", text("Layout of red-head papers and letters")),
    "form.typ": ("contract", text("Layout of forms")),
    "notice_parts.typ": ("flat_notice", text("What both notices share")),
    "paper.typ": ("building_notice", text("What all papers share")),
}


@contextmanager
def template_folder(office: Office) -> Iterator[Path | None]:
    """Yield the folder with the office's own templates that are in force; None where it has none."""
    own = chosen(office)
    if not own:
        yield None
        return
    with _folder({name: bytes(file.content) for name, file in own.items()}) as folder:
        yield folder


def chosen(office: Office) -> dict[str, TemplateFile]:
    """Return the office's own templates in force, by name."""
    newest: dict[str, TemplateChoice] = {}
    for one in TemplateChoice.objects.filter(office=office).select_related("file").order_by("pk"):
        newest[one.name] = one
    return {name: one.file for name, one in newest.items() if one.file is not None}


def in_force(office: Office, kind: str) -> TemplateFile | None:
    """Return the office's own template of a kind of paper; None where the packaged one is in force."""
    return chosen(office).get(template_name(kind))


def template_name(kind: str) -> str:
    """Return the name of the file a kind of paper is laid out by; empty where there is none to change."""
    stem = issued.KINDS[kind].template
    return f"{stem}.typ" if stem else ""


def templates() -> Mapping[str, tuple[str, Text]]:
    """Return the templates an office may replace: by name, a paper it lays out and what it is called."""
    own = {template_name(kind): (kind, row.title) for kind, row in issued.KINDS.items() if row.template}
    return {**own, **SHARED}


@transaction.atomic
def upload_template(actor: Any, office: Office, name: str, file: File) -> TemplateFile:
    """Return a new version of a template that sample values could be set by; it is not in force yet.

    Raises
    ------
    NotAllowed
        If it is not the actor's office.
    UnknownItem
        If no paper is laid out by a template of that name.
    InputFault
        If the file is empty, too large, or no text.
    TemplateFault
        If it cannot be set: with its file, line and reason.
    """
    require_own(actor, office)
    kind = _kind_of(name)
    content = _judged(file)
    _try_out(office, kind, {name: content})
    locked(office)
    last = TemplateFile.objects.filter(office=office, name=name).aggregate(n=Max("version"))["n"] or 0
    kept = TemplateFile.objects.create(
        office=office, name=name, version=last + 1, content=content,
        digest=hashlib.sha256(content).hexdigest(), uploaded_on=clock.today(), uploaded_by=actor,
    )  # fmt: skip
    _written(actor, office, "uploaded", name, kept)
    return kept


@transaction.atomic
def choose_template(actor: Any, office: Office, name: str, version: int | None) -> TemplateChoice:
    """Return the choice by which a version of a template is in force from now on, None: the packaged one.

    Papers issued before stay as they are.

    Raises
    ------
    NotAllowed
        If it is not the actor's office.
    UnknownItem
        If the office has no such version.
    WrongState
        If it is in force already.
    TemplateFault
        If it cannot be set any more beside the office's other templates.
    """
    require_own(actor, office)
    kind = _kind_of(name)
    locked(office)
    file = None if version is None else _version(office, name, version)
    if chosen(office).get(name) == file:
        raise WrongState(text("This template is in force already"))
    if file is not None:
        _try_out(office, kind, {name: bytes(file.content)})
    choice = TemplateChoice.objects.create(
        office=office, name=name, file=file, since=clock.today(), chosen_by=actor
    )
    _written(actor, office, "in_force", name, file)
    return choice


def previewed(office: Office, name: str, version: int | None) -> bytes:
    """Return a paper of sample values by a version of a template, None: by the packaged one.

    Raises
    ------
    UnknownItem
        If there is no such template or version.
    TemplateFault
        If it cannot be set.
    """
    kind = _kind_of(name)
    if version is None:
        return _sample(kind, None)
    return _try_out(office, kind, {name: bytes(_version(office, name, version).content)})


def packaged_content(name: str) -> bytes:
    """Return the packaged template of a name, to start one's own from.

    Raises
    ------
    UnknownItem
        If there is none.
    """
    _kind_of(name)
    return issued.packaged_template(name)


def content_of(office: Office, name: str, version: int) -> bytes:
    """Return a version an office uploaded.

    Raises
    ------
    UnknownItem
        If there is no such version.
    """
    return bytes(_version(office, name, version).content)


def _kind_of(name: str) -> str:
    found = templates().get(name)
    if found is None:
        raise UnknownItem(text("There is no template {name}; there are: {names}",
                               name=name, names=", ".join(templates())))  # fmt: skip
    return found[0]


def _version(office: Office, name: str, version: int) -> TemplateFile:
    found = TemplateFile.objects.filter(office=office, name=name, version=version).first()
    if found is None:
        raise UnknownItem(text("{office} has no version {version} of {name}",
                               office=office.name, version=version, name=name))  # fmt: skip
    return found


def _judged(file: File) -> bytes:
    """Return the content of a file that may be a template; what it calls itself says nothing."""
    judge(file, (Kind.TEXT,), most_bytes=MOST_BYTES)
    content: bytes = file.read()
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InputFault(
            text("The file is no text in UTF-8; save the template as a typst text file")
        ) from fault
    return words.encode()


def _try_out(office: Office, kind: str, files: Mapping[str, bytes]) -> bytes:
    """Return a paper of sample values by these files beside what the office has in force.

    What several papers share is tried out on all of them.
    """
    own = {name: bytes(file.content) for name, file in chosen(office).items()}
    with _folder(own | dict(files)) as folder:
        for other in _laid_out_alike(files):
            _judged_sample(other, folder)
        return _judged_sample(kind, folder)


def _judged_sample(kind: str, folder: Path) -> bytes:
    """Return a paper of sample values; a contract has to print every article a household signs."""
    pdf = _sample(kind, folder)
    if kind == "contract":
        left_out = missing_words(pdf, _contract().whole_text())
        if left_out:
            raise InputFault(text(
                "The template leaves out words of the contract that households sign: “{words}”. Let it print"
                " every block of data.articles", words=left_out,
            ))  # fmt: skip
    return pdf


def _contract() -> issued.Contract:
    values = issued.sample("contract")
    assert isinstance(values, issued.Contract)
    return values


def _laid_out_alike(files: Iterable[str]) -> list[str]:
    return [kind for kind, row in issued.KINDS.items() if row.template] if set(files) & set(SHARED) else []


def _sample(kind: str, folder: Path | None) -> bytes:
    return issued.make(kind, issued.sample(kind), heading=issued.SAMPLE_HEADING, folder=folder)


@contextmanager
def _folder(files: Mapping[str, bytes]) -> Iterator[Path]:
    with TemporaryDirectory(prefix="fenhu-templates-") as made:
        for name, content in files.items():
            (Path(made) / name).write_bytes(content)
        yield Path(made)


def _written(actor: Any, office: Office, what: str, name: str, file: TemplateFile | None) -> None:
    data = {"name": name, "version": file.version if file else None, "digest": file.digest if file else ""}
    journal.record(actor=actor, subject=office, kind=f"template.{what}", data=data)
