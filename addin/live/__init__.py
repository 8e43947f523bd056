"""What the buttons do on an open workbook, in Excel or LibreOffice, through xlwings.

actions        one function a button, named by its id (``addin.ribbon``)
guards         what stands in the way, said before anything starts
reading        the open form → RawSubmission, by blocks
judging        the open form → findings, as a check of the file would give them
marking        fills, notes and the list of findings, and taking them off again
findings_list  from one finding to the next
repairing      writing repairs, keeping a journal of them, undoing the last run
copies         a copy of the workbook set aside before anything is changed
campaigns      finding the campaign of the workbook in front; opening its master
merging        merging it, and its standing
sending, collecting, letters_to_units   mail: upward, from units, to units; ``ways`` asks how it goes out
paying, reporting   payment lists and the report as a document
settings_menu, mail_accounts, remembered   what the clerk sets once
helping        the guide, and the doctor
problems       sentences that name a button where the usual ones name a command
host, excel, libreoffice   what xlwings does not cover, for each program
"""
