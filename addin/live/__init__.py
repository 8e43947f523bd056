"""What the buttons do on an open workbook, in Excel or LibreOffice, through xlwings.

actions        one function a button, named by its id (``addin.ribbon``)
guards         what stands in the way, said before anything starts
reading        the open form → RawSubmission, by blocks
judging        the open form → findings, as a check of the file would give them
marking        fills, notes and the list of findings, and taking them off again
findings_list  from one finding to the next
repairing      writing repairs, keeping a journal of them, undoing the last run
copies         a copy of the workbook set aside before anything is changed
campaigns      finding the campaign of the workbook in front; merging it
host, excel, libreoffice   what xlwings does not cover, for each program
"""
