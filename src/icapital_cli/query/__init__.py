"""Choose facts: names, filters, order, language, full text."""
