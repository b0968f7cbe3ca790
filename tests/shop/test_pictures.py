"""Pictures from a phone: upright, without a place, within limits (W42)."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from winkelstraat.shop.operations.pictures import (
    MOST_BYTES,
    PictureRefused,
    keep_picture,
    read_picture,
)

GPS = 0x8825
ORIENTATION = 0x0112
RED, BLUE = (200, 30, 30), (30, 30, 200)


def camera_picture() -> BytesIO:
    """Return a JPEG that lies on its side: red above blue once it stands upright."""
    lying = Image.new("RGB", (400, 200))
    lying.paste(RED, (0, 0, 200, 200))
    lying.paste(BLUE, (200, 0, 400, 200))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[2] = (53.0, 4.0, 12.0)
    exif[GPS] = {1: "N", 2: (53.0, 4.0, 12.0), 3: "E", 4: (6.0, 27.0, 0.0)}
    written = BytesIO()
    lying.save(written, "JPEG", exif=exif, quality=95)
    return written


def png_that_says(width: int, height: int) -> BytesIO:
    """Return a PNG of a few bytes whose head claims a size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")
    return BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def test_w42_a_picture_is_turned_upright_and_loses_its_place() -> None:
    source = camera_picture()
    assert GPS in Image.open(source).getexif()
    kept = Image.open(BytesIO(read_picture(source)))
    assert kept.format == "WEBP"
    assert kept.size == (200, 400)
    assert not dict(kept.getexif())
    red, _green, blue = kept.getpixel((100, 20))
    assert red > blue, "the left half stands above"


def test_a_big_picture_becomes_smaller_and_a_clear_one_gets_a_white_ground() -> None:
    written = BytesIO()
    Image.new("RGBA", (4000, 1000), (0, 0, 0, 0)).save(written, "PNG")
    kept = Image.open(BytesIO(read_picture(written)))
    assert kept.size == (2000, 500)
    assert min(kept.getpixel((5, 5))) > 250


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (png_that_says(20_000, 20_000), "too_large"),
        (png_that_says(12_000, 12_000), "too_large"),
        (png_that_says(8_000, 6_000), "too_large"),
        (png_that_says(100, 100), "no_picture"),
        (BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "no_picture"),
        (BytesIO(b""), "no_picture"),
        (BytesIO(b"\xff\xd8\xff" + b"0" * 100), "no_picture"),
        (BytesIO(b"0" * (MOST_BYTES + 1)), "too_heavy"),
    ],
)
def test_w42_what_is_no_picture_or_too_much_of_one_is_refused(upload: BytesIO, code: str) -> None:
    with pytest.raises(PictureRefused) as refusal:
        read_picture(upload)
    assert refusal.value.code == code


@pytest.mark.django_db
def test_a_picture_is_kept_under_a_name_that_tells_nothing() -> None:
    first = keep_picture(upload=camera_picture(), title="Brood", credit="Bakker")
    second = keep_picture(upload=camera_picture(), title="Brood", credit="Bakker")
    assert first.file.name != second.file.name
    assert "rood" not in first.file.name
    assert (first.width, first.height) == (200, 400)
