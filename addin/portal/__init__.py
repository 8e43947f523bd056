"""The national portal's own list beside the reports: read, matched, kept as evidence, and where the campaign's settings
say so, put in the place of what the reports say."""
