"""Pages of a share as PDF: a report to look at together, and everything. Painted from a payload, on any thread."""
