"""A generated shop to try things on: three months of 20,000 invented customers."""

from journeymap.events.sample.files import Files, write
from journeymap.events.sample.shop import Sample, shop

__all__ = ["Files", "Sample", "shop", "write"]
