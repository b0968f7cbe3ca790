"""Take a picture from a shopkeeper's camera: upright, without its place, and not too big.

The picture is decoded and written anew, so nothing of the file itself is kept: no place
where it was taken, no hidden script, no trailing bytes (SEC-10). Its size is read from
the head before a single pixel is decoded.
"""

from io import BytesIO
from typing import IO

from django.core.files.images import ImageFile
from django.utils.crypto import get_random_string
from PIL import Image, ImageOps, UnidentifiedImageError

from dorpen.register.models import Photo

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")


class PictureRefused(ValueError):
    """A file that cannot become a picture; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_picture(upload: IO[bytes]) -> bytes:
    """Return the picture as WebP of at most 2000 pixels wide or high.

    :raises PictureRefused: `too_heavy` (10 MB), `no_picture`, or `too_large` (40 megapixels).
    """
    upload.seek(0)
    found = upload.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise PictureRefused("too_heavy")
    try:
        picture = Image.open(BytesIO(found), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise PictureRefused("too_large") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PictureRefused("no_picture") from error
    if picture.width * picture.height * getattr(picture, "n_frames", 1) > MOST_PIXELS:
        raise PictureRefused("too_large")
    return _write_anew(picture)


def keep_picture(*, upload: IO[bytes], title: str, credit: str) -> Photo:
    """Keep a picture of a shop under a name that nobody can guess.

    :raises PictureRefused: see `read_picture`; nothing is kept then.
    """
    content = read_picture(upload)
    name = f"{get_random_string(20, 'abcdefghijklmnopqrstuvwxyz0123456789')}.webp"
    return Photo.objects.create(
        title=title[:255],
        file=ImageFile(BytesIO(content), name=name),
        credit=credit[:120],
        description=title[:255],
    )


def _write_anew(picture: Image.Image) -> bytes:
    try:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        ground = Image.new("RGB", upright.size, "white")
        layered = upright.convert("RGBA")
        ground.paste(layered, (0, 0), layered)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureRefused("no_picture") from error
    written = BytesIO()
    ground.save(written, "WEBP", quality=85, method=4)
    return written.getvalue()
