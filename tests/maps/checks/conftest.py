import pytest

from tests.maps.clean_map import clean_feedback, clean_log, clean_map


@pytest.fixture(scope="package")
def clean():
    """Return a map in which nothing is wrong, not measured."""
    return clean_map()


@pytest.fixture(scope="package")
def log():
    return clean_log()


@pytest.fixture(scope="package")
def feedback():
    return clean_feedback()


@pytest.fixture(scope="package")
def measured(clean, log, feedback):
    """Return the same map with what was measured."""
    return clean.measure(log, feedback)
