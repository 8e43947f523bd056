"""Safe repairs, paired with rules: what stands in a cell → what should stand there, as a text, a day or a number.

A repair is safe where it writes down what was read anyway: it changes how a cell is written, never what it means. So no
accepted row is lost by it and no money changes. Where two readings are possible (a day and month that may be swapped, a
near value of a list) there is only a question, which the clerk answers.
"""
