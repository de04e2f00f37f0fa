"""Pictures of plain data: maps, timelines and bars, as SVG and for terminals. They know no facts and no store."""
