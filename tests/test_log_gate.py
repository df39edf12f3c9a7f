"""The gate on the log, tried on small suites of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")


def run(pytester: pytest.Pytester, suite: str) -> pytest.RunResult:
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(f"import logging\nimport pytest\n{suite}")
    return pytester.runpytest_subprocess("-p", "no:pytest-qt", "--strict-markers")


def test_an_unexpected_warning_fails_the_test_that_caused_it(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
def test_loud():
    logging.getLogger("desk.printer").warning("the printer is %s", "gone")

def test_quiet():
    logging.getLogger("desk.printer").info("the printer is there")
""",
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*WARNING desk.printer: the printer is gone*"])


def test_a_warning_that_was_announced_passes_by_logger_or_by_text(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
@pytest.mark.allow_log("desk")
def test_by_the_name_of_a_logger_above():
    logging.getLogger("desk.printer").error("gone")

@pytest.mark.allow_log("disk is full")
def test_by_a_part_of_the_text():
    logging.getLogger("store").warning("the disk is full again")

@pytest.mark.allow_log("disk is full")
def test_another_warning_still_fails():
    logging.getLogger("store").warning("the disk is gone")
    logging.getLogger("store").warning("the disk is full")
""",
    )
    result.assert_outcomes(passed=2, failed=1)


def test_a_warning_while_setting_up_or_cleaning_up_is_an_error(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
@pytest.fixture
def early():
    logging.getLogger("store").warning("early")

@pytest.fixture
def late():
    yield
    logging.getLogger("store").warning("late")

def test_early(early):
    pass

def test_late(late):
    pass
""",
    )
    result.assert_outcomes(passed=1, errors=2)


def test_a_failing_test_keeps_its_own_reason(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
def test_wrong():
    logging.getLogger("store").warning("on the way")
    assert 1 + 1 == 3
""",
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert (1 + 1) == 3*"])
