"""A PDF as it may be kept: its pages as they look, without who made it, what hangs on it and what would run in it."""

import io

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pikepdf import Dictionary, Name, Stream

OF_THE_FILE = {"/Type", "/Pages", "/Version", "/Lang", "/PageLabels", "/OCProperties"}  # all else of its head goes
NEVER = ("/Metadata", "/PieceInfo", "/AA", "/AF", "/Annots", "/StructParents", "/LastModified")


def cleaned(content: bytes) -> bytes:
    """The same pages written anew. Raises ValidationError for a file that is broken or asks for a password."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise ValidationError({"upload": _("This PDF is protected. Save or print it without its protection.")})
            _into_the_pages(pdf)
            _bare(pdf)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
    except pikepdf.PasswordError:
        raise ValidationError({"upload": _("This PDF asks for a password. Save it without one.")}) from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, ValueError, TypeError, KeyError):
        raise ValidationError({"upload": _("This PDF is broken or not complete.")}) from None
    return out.getvalue()


def _into_the_pages(pdf: pikepdf.Pdf) -> None:
    """What was filled into fields or drawn as a remark becomes part of the page; nothing hangs on it any more."""
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("print")


def _bare(pdf: pikepdf.Pdf) -> None:
    for name in set(pdf.Root.keys()) - OF_THE_FILE:
        del pdf.Root[name]
    for name in ("/Info", "/ID"):
        if name in pdf.trailer:
            del pdf.trailer[name]
    for thing in pdf.objects:
        if not isinstance(thing, Dictionary | Stream):
            continue
        for name in NEVER:
            if name in thing:
                del thing[name]
        if isinstance(thing, Stream) and thing.get("/Filter") == Name.DCTDecode:
            thing.write(_without_remarks(thing.read_raw_bytes()), filter=Name.DCTDecode)
    pdf.remove_unreferenced_resources()


def _without_remarks(jpeg: bytes) -> bytes:
    """A photo inside a PDF without place, camera and comments; its picture is not touched."""
    kept, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        marker, end = jpeg[at + 1], at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        is_remark = marker == 0xFE or 0xE0 <= marker <= 0xEF and marker != 0xEE  # 0xEE says how colours are kept
        kept += b"" if is_remark else jpeg[at:end]
        at = end
    return bytes(kept + jpeg[at:])
