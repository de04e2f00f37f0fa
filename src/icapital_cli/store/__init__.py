"""The compiled facts, `facts.db`: its schema, opening it, reading it."""
