"""Sổ sáng kiến: the add-in, its commands, and all that has to do with files."""

VERSION = "0.1.0"
"""Of the program; pyproject.toml takes it from here. Asking the installed package costs as much as five files."""
