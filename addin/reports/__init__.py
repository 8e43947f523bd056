"""What a campaign gives to others than clerks: a progress report as a document, and its data as tidy tables."""
