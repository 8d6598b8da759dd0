"""Official documents to a pinned OpenAPI document."""
