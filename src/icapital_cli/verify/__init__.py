"""A draft in, its claims and what the facts say of them out. Deterministic and explained: no model, no guess."""
