"""What goes back to the sender: marked copies, repaired copies, receipts.

``annotate`` marks a copy of the clerk's own file and ``clear_marks`` takes the marks off again; ``repair`` writes safe
repairs into one. All three change single cells of the package itself (``package``, ``sheet_part``, ``stylesheet``,
``notes``): a spreadsheet library that loads and saves would lose what it does not know.
"""
