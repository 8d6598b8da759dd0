"""Requests and responses: decisions about HTTP, without sending anything."""
