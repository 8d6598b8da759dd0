# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Endpoint functions: a package for each group of operations, a module for each operation."""
