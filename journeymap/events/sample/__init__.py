"""A generated shop to try things on: three months of 20,000 invented customers."""

from journeymap.events.sample.files import NOISE, Files, write
from journeymap.events.sample.shop import Sample, shop

__all__ = ["NOISE", "Files", "Sample", "shop", "write"]
