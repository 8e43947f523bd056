"""What runs inside the office, in the office's own Python.

Standard library and `uno` only, and nothing newer than Python 3.8: LibreOffice for Windows brings its own Python, and
an older one than ours. The folder is copied into a profile or an extension as it stands (see ``profile.py``), so it
imports nothing from outside itself.
"""
