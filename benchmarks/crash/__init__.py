"""Rebuilding what a power cut could leave behind."""
