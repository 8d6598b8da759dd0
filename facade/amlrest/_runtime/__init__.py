"""Primitives that differ between the sync and the async API.

`aio` and `sync` have the same names; everything else is written with `aio` and derived for `sync`.
"""
