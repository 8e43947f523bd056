"""A clerk's own list becomes a filled standard form: read, proposed column by column, confirmed, written.

Nothing is guessed in silence and nothing is dropped: every cell of the list stands in the form or, with its address, on
the form's sheet of what was not used.
"""
