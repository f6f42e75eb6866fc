import pytest

from journeymap.maps.checks.privacy import personal
from tests.maps.clean_map import found_in, with_number


@pytest.mark.parametrize(
    ("quote", "kinds"),
    [
        ("Write to anna.k+x@shop.example", ["an e-mail address"]),
        ("Call 0170 1234567", ["a phone number"]),
        ("(030) 123-45 67 is mine", ["a phone number"]),
        ("My name is Anna and I wait", ["a name"]),
        ("Never again. \N{EM DASH} Anna K., 34", ["a name"]),
        ("Ich heiße Öztürk", ["a name"]),
        ("It took 14 days, order 00012", []),
        ("On 2026-03-31 at 12:30 I paid 1,299.00", []),
        ("The app - Terrible", []),
        ("Check-In by E-Mail", []),
        ("3 of 10 times", []),
    ],
)
def test_what_is_taken_for_personal(quote, kinds):
    assert personal(quote) == kinds


@pytest.mark.parametrize(
    ("part", "field", "level"),
    [
        ("talks", "quote", "error"),
        ("i-pay", "thoughts", "error"),
        ("guest", "traits", "error"),
        ("slow", "text", "error"),
    ],
)
def test_quotes_with_an_address_are_found_and_not_repeated(clean, part, field, level):
    said = "anna@shop.example is me"
    value = said if field in ("quote", "text") else [said]
    (found,) = found_in(clean.change(part, **{field: value}), "JM16")
    assert (found.level, found.at) == (level, part)
    assert "anna" not in found.sentence + found.fix + str(found.numbers)


def test_numbers_of_few(measured):
    (found,) = found_in(with_number(measured, "i-pay", "reach_share", n=3), "JM16")
    assert found.numbers["least"] == 3
