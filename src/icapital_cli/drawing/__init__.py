"""Pictures of plain data: maps, timelines and bars, as SVG and for terminals. Only their registry knows views."""
