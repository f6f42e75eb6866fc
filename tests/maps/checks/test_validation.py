from journeymap.maps.feedback.reading import read_feedback
from tests.maps.clean_map import clean_answers, found_in, happened, with_number


def test_nobody_was_asked(clean):
    found = found_in(clean.change("talks", kind="review").change("survey", kind="analytics"), "JM07")
    assert [one.at for one in found] == ["", "guest", "regular"]


def test_too_few_interviews(clean):
    (found, _) = found_in(clean.change("talks", n=4), "JM07")
    assert found.numbers == {"interviews": 4, "wanted": 5}


def test_a_moment_of_truth_that_is_not_known_sharply(measured):
    (found,) = found_in(with_number(measured, "i-pay", "emotion", low=-1.6, high=-0.4, n=12), "JM07")
    assert (
        found.sentence
        == '"I pay" is a moment of truth, but 12 answers leave its emotion between -1.6 and -0.4.'
    )


def test_a_moment_of_truth_without_answers(measured):
    (found,) = found_in(
        with_number(measured, "i-pay", "emotion", value=None, low=None, high=None, n=0), "JM07"
    )
    assert "no answer says" in found.sentence


def asked(keep):
    table = clean_answers()
    return read_feedback(
        table[[keep(int(one[1:])) for one in table["customer"]]],
        customer="customer",
        at="at",
        score="score",
        scale="csat",
    )


def test_those_who_answered_are_others(clean, log):
    (found,) = found_in(clean, "JM07", log=log, feedback=asked(lambda number: number % 2 == 0))
    assert "100% of them are guest (plan), of all customers 50%" in found.sentence


def test_those_who_left_were_not_heard(clean, log):
    stayed = asked(lambda number: "reorder" in happened(number))
    (found,) = [one for one in found_in(clean, "JM07", log=log, feedback=stayed) if "left" in one.numbers]
    assert found.sentence.startswith("Of the 132 customers who left, none answered")
