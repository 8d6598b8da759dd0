"""Deployments of online endpoints that serve: processes, routing and the scoring URI."""
