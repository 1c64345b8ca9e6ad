"""Small pictures for papers."""

from io import BytesIO

from PIL import Image, ImageDraw


def photo() -> bytes:
    """A JPEG in the shape of an identity photo."""
    image = Image.new("RGB", (295, 413), "#BFD6E6")
    pen = ImageDraw.Draw(image)
    pen.ellipse((88, 90, 208, 240), fill="#E8C9A8")
    pen.rectangle((50, 265, 246, 413), fill="#3B6EA5")
    out = BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def logo() -> bytes:
    """A PNG with a transparent ground."""
    image = Image.new("RGBA", (240, 160), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((40, 0, 200, 160), fill=(180, 71, 15, 255))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
