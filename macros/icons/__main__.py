"""``python -m macros.icons``: draw the pictures again after a change to drawings.py."""

from macros.icons import draw_all

draw_all()
