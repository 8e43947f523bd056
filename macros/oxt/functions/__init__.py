"""Worksheet functions in LibreOffice Calc: an Add-In with the functions of ``addin.functions``, under the same names.

declared.py       what ``addin.functions`` declares: names, words, arguments
type_library.py   the interface of the Add-In as the office's binary description of types (.rdb)
settings.py       names and words for the office (CalcAddIns.xcu); the work at the opening of a workbook (Jobs.xcu)
component.py      what runs in the office: asks the product's Python, mends formulas that Excel has saved
parts.py          all of it as parts of the extension
"""
