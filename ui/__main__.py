"""`python -m ui` is the command `integration-journal`."""

from ui.command import main

main()
