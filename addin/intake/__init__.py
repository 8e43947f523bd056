"""Intake: one file in, one raw submission or one refusal out.

``arrivals`` meets files and reads their bytes once; ``reader.read_workbook`` turns bytes into a ``RawSubmission``;
``children.ReadingPool`` does that in disposable children. Everything that cannot be taken is a ``Refusal`` whose code
stands in ``refusals``.
"""
