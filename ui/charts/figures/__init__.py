"""From what was counted to a figure, one module a kind. No pyqtgraph here: tables and exports need none."""
