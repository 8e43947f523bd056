"""The spreadsheet program in front of us."""
