"""Pages as PDF: one renderer for plans and reports, with our fonts and nothing else it could load.

WeasyPrint is imported inside the functions: it costs a second and 40 MB, which only a worker pays, once. The fetcher
knows a list of names and never opens a file or a connection for any other address, whatever a text contains.
"""

import atexit
import gc
from functools import lru_cache
from math import isfinite
from pathlib import Path

from django.conf import settings
from django.utils.safestring import mark_safe

PLACE = "https://paper.invalid/"  # never asked for: the base of the names below
TYPES = {"ttf": "font/ttf", "svg": "image/svg+xml", "css": "text/css"}
OWN = (
    "brand.svg",
    "plan.pdf.css",
    "report.pdf.css",
    "fonts/NotoSans-Regular.ttf",
    "fonts/NotoSans-Bold.ttf",
    "fonts/Vazirmatn-Regular.ttf",
    "fonts/Vazirmatn-Bold.ttf",
)
MOST_POINTS = 20_000
# «Page {{ page }} of {{ pages }}» in a template: the style sheet writes the numbers.
PAGES = {"page": mark_safe('<span class="page"></span>'), "pages": mark_safe('<span class="pages-all"></span>')}


def pdf(html: str, *, css: str, pictures: dict[str, bytes] | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1) of a whole HTML page.

    `css` names a file of static/; `pictures` are SVG files by the names under which the page shows them.
    """
    from weasyprint import HTML

    fonts, sheet = _tools(css)
    page = HTML(string=html, base_url=PLACE, url_fetcher=fetcher(pictures or {}))
    return page.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")


def fetcher(pictures: dict[str, bytes]):
    """What WeasyPrint may load: our fonts, our sign and `pictures`. Everything else raises ValueError."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurs(URLFetcher):
        def fetch(self, url, headers=None):
            name = url.removeprefix(PLACE)
            if name in pictures:
                body = pictures[name]
            elif name in OWN:
                body = _own(name)
            else:
                raise ValueError("not one of our files")
            return URLFetcherResponse(url, body, {"Content-Type": TYPES[name.rpartition(".")[2]]})

    return OnlyOurs()


@lru_cache
def _own(name: str) -> bytes:
    return (Path(settings.BASE_DIR) / "static" / name).read_bytes()


def put_away() -> None:
    """Drops the fonts, whose copies lie in a temporary folder: when the process ends, while that can still be done."""
    _tools.cache_clear()
    gc.collect()


@lru_cache
def _tools(css: str):
    """Fonts and parsed style sheet, kept for the life of the process: half the time of a small document."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(put_away)
    fonts = FontConfiguration()
    sheet = CSS(string=_own(css).decode(), base_url=PLACE, url_fetcher=fetcher({}), font_config=fonts)
    return fonts, sheet


# --- Drawn by us, without any text in it ---
def svg_of_strokes(signature) -> bytes | None:
    """The drawing of a signature {"width", "height", "strokes": [[[x, y, ...], ...], ...]}; None if it is none."""
    try:
        width, height = float(signature["width"]), float(signature["height"])
        strokes = [[(float(point[0]), float(point[1])) for point in stroke] for stroke in signature["strokes"]]
    except (TypeError, KeyError, ValueError, IndexError):
        return None
    points = [number for stroke in strokes for point in stroke for number in point]
    if not points or len(points) > 2 * MOST_POINTS or not all(isfinite(n) and abs(n) < 1e5 for n in points):
        return None
    if not (1 <= width < 1e5 and 1 <= height < 1e5):
        return None
    path = " ".join(_stroke(stroke) for stroke in strokes if stroke)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"><path d="{path}" fill="none" '
        'stroke="#16242b" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    ).encode()


def _stroke(points: list[tuple[float, float]]) -> str:
    (x, y), *rest = points
    return f"M{x:g} {y:g}" + "".join(f"L{x:g} {y:g}" for x, y in rest or [(x + 0.1, y)])


def svg_of_code(text: str) -> bytes:
    """A QR code of `text` as one path of squares."""
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_M

    code = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'.encode()
