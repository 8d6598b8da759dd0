"""The primitives that differ between the sync and the async face, written once for each.

`aio` and `sync` have the same names and meanings; everything else is written against `aio`
and derived for `sync`.
"""
