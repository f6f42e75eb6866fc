import journeymap as jm
from tests.maps.clean_map import found_in


def test_a_map_that_ends_with_the_purchase(clean):
    (found,) = found_in(clean.change("return", lifecycle="purchase"), "JM02")
    assert "ends when the customer has paid" in found.sentence


def test_a_map_without_lifecycles(clean):
    for stage in ("discover", "buy", "return"):
        clean = clean.change(stage, lifecycle="")
    assert "which part of the customer's life" in found_in(clean, "JM02")[0].sentence


def test_what_happens_after_the_purchase_in_no_step(clean, log):
    (found,) = found_in(clean.remove("i-get-a-confirmation"), "JM02", log=log)
    assert (found.numbers["events"], found.numbers["of"], found.numbers["most"]) == (180, 288, ["open_mail"])
    rest = clean.change("buy", milestone=jm.event("pay") | jm.event("open_mail"))
    assert not found_in(rest.remove("i-get-a-confirmation"), "JM02", log=log)
