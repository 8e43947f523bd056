"""The campaign folder: settings, ledger, archive, backups. See ``folder`` for its layout."""
