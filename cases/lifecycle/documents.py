"""Taking a file in: what it really is, without what it should not carry."""

import hashlib
import io
import warnings

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from accounts.models import User

from ..models import Case, Document, Person, SharedCase
from .pdf_files import cleaned

PDF = "application/pdf"
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2400


def keep_file(
    upload,
    case: Case,
    *,
    by: User,
    kind: str,
    title: str,
    shared: SharedCase | None = None,
    private_to: Person | None = None,
    made_on=None,
    place: str = "",
) -> Document:
    """Store an upload as a Document of `case`; with `private_to` it is listed on this person's own page alone.

    The type is taken from the content, never from the name. Pictures and PDFs are written anew, so that place, camera,
    author and hidden content are gone; date and place are kept as fields. Anything else raises ValidationError.
    """
    if upload.size > settings.UPLOAD_LIMIT:
        raise ValidationError({"upload": _("The file is too large: 10 MB at most. A photo of the page is enough.")})
    content = upload.read()
    content_type, content = _clean(content)
    document = Document(
        case=case,
        organisation_id=case.organisation_id,
        shared=shared,
        partner_id=shared.partner_id if shared else None,
        private_to=private_to,
        kind=kind,
        title=title,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        made_on=made_on,
        place=place,
        by=by,
    )
    document.file.save("file", ContentFile(content), save=False)
    document.save()
    return document


def _clean(content: bytes) -> tuple[str, bytes]:
    if not content:
        raise ValidationError({"upload": _("The file is empty.")})
    if content[:5] == b"%PDF-":
        _check_pdf(content)
        return PDF, cleaned(content)
    picture = _redraw(content)
    if picture is None:
        raise ValidationError({"upload": _("This is not a photo (JPEG, PNG, WebP) or a PDF, whatever its name says.")})
    return picture


def _check_pdf(content: bytes) -> None:
    kinds = {match.mime_type for match in puremagic.magic_string(content)}
    if PDF not in kinds or b"%%EOF" not in content[-2048:]:
        raise ValidationError({"upload": _("This PDF is broken or not complete.")})


def _redraw(content: bytes) -> tuple[str, bytes] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(PICTURES)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise ValidationError({"upload": _("This picture has too many pixels.")})
                kind = "JPEG" if image.format == "MPO" else image.format  # phones put several pictures into one JPEG
                image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                fresh = ImageOps.exif_transpose(image).convert("RGB" if kind == "JPEG" else "RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    canvas = Image.new(fresh.mode, fresh.size)
    canvas.paste(fresh)
    out = io.BytesIO()
    canvas.save(out, kind, quality=85) if kind == "JPEG" else canvas.save(out, kind)
    return PICTURES[kind], out.getvalue()
