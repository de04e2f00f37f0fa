"""What a format gets: columns, rows, marks, pages."""
