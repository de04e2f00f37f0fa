"""YAML to `facts.db`: load, parse, check, write; and the cache of what was compiled."""
