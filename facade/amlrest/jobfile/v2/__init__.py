"""Tables of the YAML files that today's CLI reads (``az ml``, v2)."""
