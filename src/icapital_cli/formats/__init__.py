"""Formats: one module per family, one registry. A format gets a view, a page or an entry, and knows no kinds."""
