"""The screens that pages are looked at on."""

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
