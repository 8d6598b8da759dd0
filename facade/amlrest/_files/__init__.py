"""Files: what is uploaded, from where and to where."""
