"""Charts as SVG, of numbers, texts and links: what they mean is known where they are shown."""

from amlrest._markup import Markup

__all__ = ["Markup"]
