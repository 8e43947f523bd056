"""The forms as they were delivered, version by version, and what changed between them: declarations, no code."""
