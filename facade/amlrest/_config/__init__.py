"""Workspace settings from arguments, environment variables, files and the Azure clouds."""
