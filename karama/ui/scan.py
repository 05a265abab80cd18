"""An address as a picture to scan, drawn in the page itself: nothing is loaded from anywhere."""

from __future__ import annotations

import io

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage


def picture(address: str) -> SafeString:
    """The address as an SVG with its quiet border, strong enough to be read with a fold or a stain on it."""
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4, box_size=10)
    made.add_data(address)
    drawn = io.BytesIO()
    made.make_image(image_factory=SvgPathImage).save(drawn)
    text = drawn.getvalue().decode("utf-8")
    return mark_safe(text[text.index("<svg") :])
