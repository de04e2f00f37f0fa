"""Everything at once: the facts as a database, a data package, JSON files, a site."""
