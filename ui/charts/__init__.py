"""Pictures of numbers, each with a table that says the same. pyqtgraph is imported when a chart is first shown."""
