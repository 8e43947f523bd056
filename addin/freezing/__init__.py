"""Figures frozen (chốt số liệu): a named state of all totals for a report to superiors, never changed afterwards."""
