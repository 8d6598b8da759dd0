"""Reports of jobs: one HTML file each, with everything in it and nothing to load."""

from amlrest.report.pages import page

__all__ = ["page"]
