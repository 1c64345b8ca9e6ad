"""Pictures out of strangers' files: a scan or photo, made small and upright, without what the camera wrote into it.

`as_jpeg` and `pages` run in a child process with limits (process/apart.py): a broken or hostile file costs that child
and nothing else. What kind a file is, is told by its first bytes, never by its name.
"""

import warnings
from io import BytesIO
from typing import Any

from app.errors import Refused

MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
SIDE = 2_000  # px: an A4 sheet of 240 dots an inch is as good to read as the paper
QUALITY = 82
MOST_PAGES, PAGE_WIDTH = 20, 1_400

JPEG, PNG, PDF, HEIC, UNKNOWN = "jpeg", "png", "pdf", "heic", ""
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"heim", b"heis", b"avif"})
_CAMERA = (b"Exif\x00\x00", b"http://ns.adobe.com/")


def kind(content: bytes) -> str:
    """JPEG, PNG, PDF, HEIC or UNKNOWN, by the first bytes."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return HEIC
    return PDF if b"%PDF-" in content[:1024] else UNKNOWN


def is_plain_jpeg(content: bytes) -> bool:
    """Whether these bytes are a JPEG of ours: a whole one, without what a camera writes beside the picture."""
    head = content[:65_536]
    return kind(content) == JPEG and content.endswith(b"\xff\xd9") and not any(one in head for one in _CAMERA)


def as_jpeg(content: bytes) -> bytes:
    """A JPEG or PNG as JPEG of at most SIDE px a side, turned upright; run it in a child process.

    Raises Refused picture_too_large(megapixels), picture_unusable.
    """
    from PIL import Image, ImageOps  # only in the child

    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked first
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
                _stop_if_large(image.width * image.height)
                image.draft("RGB", (SIDE, SIDE))  # a JPEG is then read at a half or a quarter of its size
                image.load()
                return _small(Image, ImageOps.exif_transpose(image))
    except Refused:
        raise
    except Exception as error:
        raise Refused("picture_unusable") from error


def _stop_if_large(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise Refused("picture_too_large", megapixels=MOST_PIXELS // 1_000_000)


def pages(content: bytes) -> tuple[bytes, ...]:
    """The pages of a PDF as JPEG, to be looked at; run it in a child process.

    Raises Refused pdf_unusable (broken, or locked by a password), pdf_too_long(most).
    """
    import pypdfium2  # only in the child
    from PIL import Image

    try:
        document = pypdfium2.PdfDocument(content)
        try:
            _stop_if_long(len(document))
            return tuple(_page(Image, page) for page in document)
        finally:
            document.close()
    except Refused:
        raise
    except Exception as error:
        raise Refused("pdf_unusable") from error


def _stop_if_long(count: int) -> None:
    if count > MOST_PAGES:
        raise Refused("pdf_too_long", most=MOST_PAGES)


def _page(pillow: Any, page: Any) -> bytes:  # noqa: ANN401 - pypdfium2 comes without types
    wide, high = page.get_size()
    scale = min(PAGE_WIDTH / wide, 2 * PAGE_WIDTH / high)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    image = pillow.frombuffer("RGB", (bitmap.width, bitmap.height), bitmap.buffer, "raw", "RGB", bitmap.stride, 1)
    return _small(pillow, image)


def _small(pillow: Any, image: Any) -> bytes:  # noqa: ANN401 - the module, imported in the child only
    if image.mode in ("RGBA", "LA", "P", "PA"):  # what is transparent becomes paper
        over = image.convert("RGBA")
        ground = pillow.new("RGBA", over.size, "white")
        ground.alpha_composite(over)
        image = ground
    plain = image.convert("RGB")
    plain.thumbnail((SIDE, SIDE))
    out = BytesIO()
    plain.save(out, "JPEG", quality=QUALITY)  # nothing beside the picture is handed on
    return out.getvalue()
