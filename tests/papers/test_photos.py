"""Photos: what comes in is read by its content, and what comes out holds points and nothing else."""

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from handtag.papers import photos

PLACE = b"Exempelgatan"


def picture(kind="JPEG", size=(300, 200), mode="RGB", **more):
    out = BytesIO()
    image = Image.new(mode, size, "white")
    image.paste("black", (0, 0, size[0] // 2, size[1] // 2))
    image.save(out, kind, **more)
    return out.getvalue()


def exif(**tags):
    notes = Image.Exif()
    notes[0x010E] = PLACE.decode()
    notes[0x0112] = tags.get("orientation", 1)
    notes.get_ifd(0x8825)[2] = (56.0, 2.0, 45.0)
    return notes


def said():
    words = PngInfo()
    words.add_text("Where", PLACE)
    return words


def opened(photo):
    return Image.open(BytesIO(photo.data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_come_out_as_one(kind):
    photo = photos.read(picture(kind))
    assert (photo.width, photo.height) == (300, 200)
    assert opened(photo).format == "JPEG"
    assert opened(photo).getpixel((10, 10)) < (40, 40, 40)
    assert opened(photo).getpixel((290, 190)) > (215, 215, 215)


@pytest.mark.parametrize(
    "sent",
    [
        picture("JPEG", exif=exif(), comment=PLACE, xmp=PLACE),
        picture("PNG", exif=exif(), pnginfo=said()),
        picture("WEBP", exif=exif(), xmp=PLACE),
        picture("JPEG") + PLACE,
    ],
)
def test_what_the_camera_noted_stays_behind(sent):
    assert PLACE in sent
    photo = photos.read(sent)
    assert PLACE not in photo.data
    assert b"Exif" not in photo.data
    assert not opened(photo).getexif()
    assert set(opened(photo).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_held_sideways_is_turned_first():
    photo = photos.read(picture(exif=exif(orientation=6)))
    assert (photo.width, photo.height) == (200, 300)
    assert opened(photo).getpixel((190, 10)) < (40, 40, 40)


def test_a_large_photo_is_made_smaller():
    photo = photos.read(picture(size=(4100, 3000)))
    assert max(photo.width, photo.height) == photos.LONGEST_SIDE
    assert photo.width / photo.height == pytest.approx(4100 / 3000, abs=0.01)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_way_to_hold_points_is_read(mode):
    image = (
        Image.new("L", (64, 64), 255).convert(mode) if mode != "I;16" else Image.new(mode, (64, 64), 65535)
    )
    out = BytesIO()
    image.save(out, "PNG")
    assert opened(photos.read(out.getvalue())).mode == "RGB"


def test_a_photo_for_print_is_read():
    out = BytesIO()
    Image.new("CMYK", (64, 64)).save(out, "JPEG")
    assert min(opened(photos.read(out.getvalue())).getpixel((5, 5))) > 250


def test_what_is_seen_through_becomes_white():
    out = BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(photos.read(out.getvalue())).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"%PDF-1.7\n",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xff\xd8\xff",
        picture("JPEG")[:400],
        picture("PNG")[:60],
        picture("WEBP")[:40],
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        picture("PNG", size=(8, 8)),
    ],
)
def test_what_is_no_whole_photo_of_the_three_kinds_is_none(sent):
    assert photos.read(sent) is None


def test_a_picture_that_would_fill_the_memory_is_not_unfolded():
    vast = picture("PNG", size=(6000, 6000), mode="1")
    assert len(vast) < 100_000
    assert photos.read(vast) is None
