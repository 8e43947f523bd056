"""LibreOffice's extension, ``sangkien.oxt``: menu, toolbar and what runs inside the office.

parts.py        the list of its parts; a new family of parts is one line there
interface.py    menu, toolbar and pictures, from the declaration of the buttons
scripts.py      what runs inside the office, and the table of the buttons that it reads
xcu.py          the office's XML for settings
package.py      description, manifest, and the file itself
"""
