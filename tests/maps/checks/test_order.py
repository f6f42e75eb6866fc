import journeymap as jm
from tests.maps.clean_map import found_in


def test_steps_in_another_order_than_customers_take_them(clean, log):
    (found,) = found_in(clean.move("i-look-around", before="i-pay"), "JM01", log=log)
    assert found.at == "i-look-around"
    assert found.numbers["kendall_tau"] == 0.8
    assert found.numbers["reversed"] == [("i-compare", "i-look-around", 240, 0)]
    assert found.sentence.startswith(
        '100% of the 240 customers who take both come to "I look around" before "I compare"'
    )


def test_a_way_back_that_the_map_draws_is_no_reversal(clean, log):
    turned = clean.move("i-look-around", before="i-pay").change("i-look-around", next=[{"to": "i-compare"}])
    assert not found_in(turned, "JM01", log=log)


def test_stages_order_steps(clean, log):
    assert not found_in(clean.move("i-come-back", before="i-look-around"), "JM01", log=log)
    assert found_in(clean.move("buy"), "JM01", log=log)


def test_a_rule_that_the_log_cannot_read_is_named(clean, log):
    wrong = clean.change("i-pay", match=jm.event("pay", price=5)).change(
        "guest", segment_rule=jm.where(plans="guest")
    )
    found = found_in(wrong, "JM01", log=log)
    assert {(one.level, one.at) for one in found} == {("error", "i-pay"), ("error", "guest")}
