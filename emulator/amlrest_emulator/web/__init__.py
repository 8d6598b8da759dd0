"""Pages of the local workspace for a browser: jobs, sweeps, logs, rendered on the server."""

from amlrest_emulator.web.service import PageService

__all__ = ["PageService"]
