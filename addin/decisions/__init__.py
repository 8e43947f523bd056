"""Clerks' decisions: accepted findings, and which of several rows of one code counts. By command, or in the master."""
