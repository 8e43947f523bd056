"""Merging reports into the master: read, judge, settle, prove, write. ``run`` joins the pieces."""
