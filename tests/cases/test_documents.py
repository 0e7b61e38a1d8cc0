"""Taking a file in: what it really is, without what it should not carry, closed to whom it does not belong."""

import io
import zlib

import pikepdf
import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Dictionary, Name
from PIL import Image, PngImagePlugin

from cases.lifecycle import add_document
from cases.models import Document
from tests import make
from tests.make import photo

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PDF += b"3 0 obj" + PAGE + b"endobj\nxref\n0 4\ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def upload(content: bytes, name="photo.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, content, kind)


def keep(cast, file):
    return add_document(make.opened(cast), by=cast.amina, kind="photo", title="Photo", upload=file)


def picture(kind="JPEG", size=(40, 30), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(("content", "found"), [
    (picture("JPEG"), "image/jpeg"),
    (picture("PNG"), "image/png"),
    (picture("WEBP"), "image/webp"),
    (picture("MPO", save_all=True, append_images=[Image.new("RGB", (40, 30), "red")]), "image/jpeg"),
    (PDF, "application/pdf"),
])  # fmt: skip
def test_the_type_is_taken_from_the_content(cast, content, found):
    document = keep(cast, upload(content, "anything.exe", "text/html"))
    assert document.content_type == found and document.size == len(document.file.read())


@pytest.mark.parametrize(("name", "content"), [
    ("html as a photo", b"<html><script>alert(1)</script></html>"),
    ("svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ("gif", picture("GIF")),
    ("tiff", picture("TIFF")),
    ("nothing", b""),
    ("half a photo", picture("JPEG", size=(400, 300))[:300]),
    ("half a pdf", PDF[:40]),
    ("a program", b"MZ" + bytes(500)),
    ("a zip", b"PK\x03\x04" + bytes(500)),
    ("postscript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n"),
    ("an archive in a jpeg's clothes", b"\xff\xd8\xff\xe0" + b"PK\x03\x04" * 40),
])  # fmt: skip
def test_what_is_no_photo_and_no_pdf_is_refused(cast, name, content):
    with pytest.raises(ValidationError) as refusal:
        keep(cast, upload(content))
    assert "upload" in refusal.value.message_dict and not Document.objects.exists()


def test_a_file_that_is_too_large_is_refused(cast, settings):
    settings.UPLOAD_LIMIT = 1000
    with pytest.raises(ValidationError, match="too large"):
        keep(cast, upload(PDF + bytes(1000)))


def bomb(width: int, height: int) -> bytes:
    """A small PNG that would unfold to width x height."""

    def chunk(name, data):
        body = name + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress(bytes((width // 8 + 1) * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7_000, 20_000, 60_000])
def test_a_picture_that_would_unfold_to_gigabytes_is_refused(cast, side):
    with pytest.raises(ValidationError):
        keep(cast, upload(bomb(side, side), "a.png"))
    assert not Document.objects.exists()


def test_place_and_camera_are_removed(cast):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Fatou"
    exif.get_ifd(0x8825)[2] = (14.0, 47.0, 26.0)
    document = keep(cast, upload(picture("JPEG", exif=exif.tobytes(), comment=b"secret")))
    kept = Image.open(document.file)
    assert not kept.getexif() and "comment" not in kept.info and b"Fatou" not in document.file.open().read()


def test_text_hidden_in_a_picture_is_removed(cast):
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "secret" * 10)
    document = keep(cast, upload(picture("PNG", pnginfo=info), "a.png"))
    assert b"secret" not in document.file.read()


def test_what_hangs_behind_a_picture_is_cut_off(cast):
    document = keep(cast, upload(picture("JPEG") + b"<script>alert(1)</script>PK\x03\x04"))
    assert b"script" not in document.file.read()


def full_pdf(**save) -> bytes:
    """A page with a photo and a filled field, and around it everything that a PDF can carry unseen."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Fatou"
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    photo = pikepdf.Stream(pdf, picture("JPEG", exif=exif.tobytes(), comment=b"by Fatou"))
    facts = {"Subtype": Name.Image, "Width": 40, "Height": 30, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
    for name, value in (facts | {"Filter": Name.DCTDecode}).items():
        photo[f"/{name}"] = value
    page.Resources = Dictionary(XObject=Dictionary(Photo=photo), Font=Dictionary())
    page.Contents = pikepdf.Stream(pdf, b"q 40 0 0 30 0 0 cm /Photo Do Q")
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    script = Dictionary(S=Name.JavaScript, JS="app.alert('Fatou')")
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="WRITTEN", DA="/Helv 10 Tf 0 g", F=4,
        Rect=[10, 40, 150, 60], AA=Dictionary(K=script),
    )  # fmt: skip
    remark = Dictionary(Type=Name.Annot, Subtype=Name.Text, T="Fatou", Contents="Fatou fears", Rect=[0, 0, 9, 9])
    page.Annots = pdf.make_indirect([pdf.make_indirect(field), pdf.make_indirect(remark)])
    pdf.Root.AcroForm = Dictionary(
        Fields=[page.Annots[0]], DR=Dictionary(Font=Dictionary(Helv=font)), DA="/Helv 10 Tf 0 g", NeedAppearances=True
    )
    pdf.Root.OpenAction = script
    pdf.attachments["fatou.txt"] = b"The story of Fatou"
    pdf.docinfo["/Author"] = "Fatou Sarr"
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["Fatou Sarr"]
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def test_a_pdf_keeps_its_page_and_nothing_that_hangs_on_it(cast):
    document = keep(cast, upload(full_pdf(), "a.pdf"))
    kept = pypdf.PdfReader(document.file)
    assert kept.pages[0].extract_text().strip() == "WRITTEN" and kept.pages[0].images[0].image.size == (40, 30)
    assert not kept.metadata and kept.xmp_metadata is None and not kept.attachments
    assert set(kept.trailer["/Root"]) == {"/Type", "/Pages"} and "/Annots" not in kept.pages[0]
    document.file.seek(0)
    with pikepdf.open(document.file) as pdf:
        out = io.BytesIO()
        pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"Fatou" not in out.getvalue() and b"JavaScript" not in out.getvalue()


@pytest.mark.parametrize(("content", "words"), [
    (full_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "asks for a password"),
    (full_pdf(encryption=pikepdf.Encryption(owner="a", user="")), "is protected"),
    (PDF.replace(b"/Root", b"/Toor").replace(b"/Catalog", b"/Nothing"), "broken"),
])  # fmt: skip
def test_a_pdf_that_cannot_be_read_is_refused_in_plain_words(cast, content, words):
    with pytest.raises(ValidationError, match=words):
        keep(cast, upload(content, "a.pdf"))
    assert not Document.objects.exists()


def test_a_photo_taken_sideways_stands_upright(cast):
    exif = Image.Exif()
    exif[0x0112] = 6
    document = keep(cast, upload(picture("JPEG", size=(40, 20), exif=exif.tobytes())))
    assert Image.open(document.file).size == (20, 40)


def test_a_large_photo_is_made_smaller(cast):
    document = keep(cast, upload(picture("JPEG", size=(3000, 1500))))
    assert max(Image.open(document.file).size) == 2400


def test_the_stored_name_says_nothing(cast):
    document = keep(cast, photo("passport of Fatou Sarr.jpg"))
    assert "Fatou" not in document.file.name and document.file.name.startswith("documents/")


def test_a_file_comes_from_behind_the_permission_check(cast, client, amina, nadia, horizon, ada):
    document = keep(cast, upload(PDF, "a.pdf"))
    address = f"/documents/{document.pk}/file/"
    assert client.get(address).status_code == 302
    for stranger in (nadia, horizon, ada):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
    client.force_login(amina)
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store" and answer["X-Content-Type-Options"] == "nosniff"


def test_a_pdf_with_a_page_of_html_in_it_is_only_ever_a_download(cast, client, amina):
    document = keep(cast, upload(PDF.replace(b"endobj", b"endobj<script>alert(1)</script>", 1), "a.html"))
    client.force_login(amina)
    answer = client.get(f"/documents/{document.pk}/file/")
    assert answer["Content-Type"] == "application/pdf" and answer["Content-Disposition"].startswith("attachment")
