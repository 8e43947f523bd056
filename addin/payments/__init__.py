"""Payment lists: what is still to be paid, lists that are closed, and the workbooks that people sign."""
