"""What comes from a scanner, a camera or a pen in tests: pictures, a PDF, and strokes of a signature."""

from collections.abc import Iterable
from io import BytesIO
from math import sin

from PIL import Image, ImageDraw

from app.rules.strokes import Strokes


def signature(seed: int = 0) -> Strokes:
    """Three waves, as somebody writes a name with two characters."""
    return tuple(
        tuple(
            (800 + at * 60 + part * 2_600, round(1_700 + 900 * sin(at / 4 + seed + part)), at * 16 + part * 2_000)
            for at in range(40)
        )
        for part in range(3)
    )


def signatures(places: Iterable[str]) -> dict[str, Strokes]:
    """A signature for each place of a sheet."""
    return {place: signature(seed) for seed, place in enumerate(places)}


def picture(width: int = 900, height: int = 1_200, colour: str = "#F4F1EA") -> Image.Image:
    """A page with lines, its upper left corner red: one sees which way up it is."""
    image = Image.new("RGB", (width, height), colour)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 8, height // 8), fill="#B3261E")
    for line in range(height // 5, height, height // 20):
        pen.line((width // 10, line, width - width // 10, line), fill="#51606D", width=3)
    return image


def jpeg(image: Image.Image | None = None, **more: object) -> bytes:
    """A JPEG as it is kept."""
    out = BytesIO()
    (image or picture()).save(out, "JPEG", quality=80, **more)
    return out.getvalue()


def png(image: Image.Image | None = None) -> bytes:
    """A PNG."""
    out = BytesIO()
    (image or picture()).save(out, "PNG")
    return out.getvalue()


def phone_photo() -> bytes:
    """A JPEG as a phone writes it: large, lying on its side, with place and time in it."""
    image = picture(2_400, 3_200).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned to the right
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825)[1] = "N"
    return jpeg(image, exif=exif.tobytes())
