"""Reports in a real browser: what they load, how they look on a phone, and who can use them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amlrest.report import page as report
from amlrest.report.facts import Failure, LogEnd

from tests import browser as chromium
from tests.facade.reports import command, facts, sweep, trial

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script><a href='javascript:alert(3)'>x</a>"
SETTINGS = {"depth": "110", "noise": "-0.5", "batch": "32"}


def subjects() -> dict[str, list[Any]]:
    """A sweep, a job and both compared, with hostile texts, long lines and a failed trial."""
    runs = [
        trial(n, 0.1 + n % 7, rate=str(0.001 * (n + 1)), kind=HOSTILE, **SETTINGS)
        for n in range(30)
    ]
    failed = trial(30, None, "Failed", rate="0.9", kind="dart", **SETTINGS)
    log = LogEnd(name="user_logs/std_log.txt", text=f"{HOSTILE}\n{'long ' * 200}")
    failures = [Failure(run=failed, error=HOSTILE, log=log)]
    best = facts(sweep(), run=runs[0], is_trial=True)
    many = facts(sweep(), trials=[*runs, failed], failures=failures, best=best)
    histories = {"loss": [(n, math.exp(-n / 9)) for n in range(50)], HOSTILE: [(0, 1.0), (1, 2.0)]}
    job = facts(
        command(description=HOSTILE, tags={HOSTILE: HOSTILE}, status="Failed"),
        error=HOSTILE,
        log=log,
        parameters={"rate": "0.1", HOSTILE: HOSTILE},
        metrics={"loss": 0.1, HOSTILE: 2.0},
        histories=histories,
        outputs={f"outputs/{'deep/' * 30}model.bin": 10},
    )
    return {"sweep": [many], "job": [job], "both": [job, many]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("reports")
    for name, given in subjects().items():
        (found / f"{name}.html").write_text(report(given), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.running() as running:
        yield running


@contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[Page]:
    """Yield a page in which nothing may be loaded, run or refused."""
    wrong: list[str] = []
    with closing(browser.new_context(**options)) as context:
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: wrong.append(f"request: {request.url}"))
        yield page
    assert [each for each in wrong if not each.startswith("request: file://")] == []
    assert len(wrong) == len({*wrong}), "each file is requested once, and nothing besides"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_reports_load_nothing_are_accessible_and_fit_a_phone(
    browser: Browser, folder: Path, scheme: Any
) -> None:
    source = chromium.axe()
    with visitor(browser, color_scheme=scheme, viewport={"width": 360, "height": 700}) as page:
        for name in subjects():
            page.goto((folder / f"{name}.html").as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            page.evaluate(source)
            problems = [
                (each["id"], each["impact"], [node["html"][:200] for node in each["nodes"]][:3])
                for each in page.evaluate("axe.run()")["violations"]
            ]
            assert problems == [], f"{name}: {json.dumps(problems, indent=1)}"


def test_colours_follow_the_reader_and_paper_is_light(browser: Browser, folder: Path) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    with visitor(browser) as page:
        page.goto((folder / "sweep.html").as_uri())
        page.emulate_media(color_scheme="light")
        light = page.evaluate(background)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(background) != light
        page.emulate_media(color_scheme="dark", media="print")
        assert page.evaluate(background) == light


def test_a_comparison_shows_only_what_differs_when_asked(browser: Browser, folder: Path) -> None:
    with visitor(browser) as page:
        page.goto((folder / "both.html").as_uri())
        same, differs = page.locator("tr.same").first, page.locator("tr.differs").first
        assert same.is_visible()
        page.get_by_label("Only what differs").check()
        assert (same.is_visible(), differs.is_visible()) == (False, True)


def test_marks_say_their_trial_and_the_best_is_in_the_picture(
    browser: Browser, folder: Path
) -> None:
    with visitor(browser) as page:
        page.goto((folder / "sweep.html").as_uri())
        chart = page.locator("figure svg").first
        star = chart.locator("path.best")
        title = star.locator("title").text_content() or ""
        assert title.startswith("trial 0, Completed: loss 0.1; rate 0.001")
        frame, box = chart.bounding_box(), star.bounding_box()
        assert frame is not None
        assert box is not None
        assert frame["x"] <= box["x"] <= frame["x"] + frame["width"]
        assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]
