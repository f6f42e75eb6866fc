"""The map canvas: laid out in px, painted by one layered chart."""
