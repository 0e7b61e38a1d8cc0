"""Documents of a case, and their files from behind the permission check."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import render
from django.utils.text import slugify

from ..acting import acts_on, visible_or_404
from ..models import Document
from .frame import page_of_case

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


@login_required
def documents(request, reference):
    record, context = page_of_case(request, reference, "documents")
    found = Document.objects.visible_to(request.user).select_related("by")
    found = found.filter(case=record).for_everybody() if context["is_host"] else found.filter(shared=record)
    return render(
        request,
        "cases/documents.html",
        context | {"documents": found, "acts": acts_on(record, request.user, "add_document")},
    )


@login_required
def document_file(request, pk):
    """The file itself: pictures may be shown inside our own pages, everything else is a download."""
    document = visible_or_404(Document.objects.visible_to(request.user), pk=pk)
    inline = document.is_image and "download" not in request.GET
    name = f"{slugify(document.kind)}-{document.pk}.{ENDINGS.get(document.content_type, 'bin')}"
    response = FileResponse(
        document.file.open("rb"), as_attachment=not inline, filename=name, content_type=document.content_type
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
