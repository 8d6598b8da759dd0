"""Progress of waits and transfers in notebooks, or as lines on stderr where it is asked for.

Nothing of IPython is imported: a notebook has imported it already.
"""
