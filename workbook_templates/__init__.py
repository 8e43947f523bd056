"""The workbooks: blank forms declared from ``validation.fields`` and a programme, built with XlsxWriter."""
