"""HTTP requests and responses: building, parsing, retry and polling decisions, without I/O."""
