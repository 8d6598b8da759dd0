"""The page of a local workspace in a real browser."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amlrest_emulator import start

from tests import browser as chromium
from tests.emulator import job_requests as jobs
from tests.emulator.arm import Arm

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

pytestmark = pytest.mark.slow

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'{{7*7}}"
# A metric as MLflow's own client writes it, without the seconds that importing it takes.
LOG_LOSS = """
import os, sqlite3, sys, time
db = sqlite3.connect(os.environ['MLFLOW_TRACKING_URI'].partition('///')[2], timeout=60)
for step in range(3):
    loss = abs(float(sys.argv[1]) - 0.01) + 1 / (step + 1)
    row = ('loss', loss, int(time.time() * 1000), os.environ['MLFLOW_RUN_ID'], step, False)
    columns = '(key, value, timestamp, run_uuid, step, is_nan) values (?, ?, ?, ?, ?, ?)'
    db.execute('insert into metrics ' + columns, row)
    db.execute('insert or replace into latest_metrics ' + columns, row)
db.commit()
sys.exit(float(sys.argv[1]) > 0.5)
"""
RATES = [0.0001, 0.001, 0.01, 0.1, 1.0]
SWEEP, PLAIN, SLOW = "the-sweep", "hostile", "slow"
PATHS = ("/", f"/jobs/{SWEEP}", f"/jobs/{PLAIN}", f"/jobs/{PLAIN}/logs/user_logs/std_log.txt")


@dataclass
class Scene:
    """A workspace with jobs, a browser, and what has gone wrong in its pages."""

    local: LocalWorkspace
    arm: Arm
    browser: Browser
    flag: Path
    wrong: list[str] = field(default_factory=list)

    @contextmanager
    def visitor(self, **options: Any) -> Iterator[Page]:
        """Yield a page of a browser that has used a link; nothing may go wrong in it."""
        with closing(self.browser.new_context(**options)) as context:
            page = self.watched(context)
            page.goto(self.local.page_link())
            page.wait_for_url(f"{self.local.endpoint}/")
            yield page
        assert self.wrong == []

    def watched(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.set_default_timeout(30_000)

        def console(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.wrong.append(message.text)

        page.on("console", console)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", lambda dialog: self.wrong.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self._own(request.url))
        return page

    def _own(self, url: str) -> None:
        if not url.startswith(f"{self.local.endpoint}/"):
            self.wrong.append(f"foreign request: {url}")

    def open(self, page: Page, path: str) -> None:
        page.goto(f"{self.local.endpoint}{path}")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("page")
    script = folder / "log_loss.py"
    script.write_text(LOG_LOSS)
    with start(folder / "state") as local:
        arm = Arm(local)
        flag = folder / "flag"
        with arm.http, chromium.running() as browser:
            _submit(arm, script, flag)
            yield Scene(local, arm, browser, flag)


def _submit(arm: Arm, script: Path, flag: Path) -> None:
    loud = r"printf '\033[31m%s\033[0m\n' " + f"'{HOSTILE.replace(chr(39), '')}'"
    labels = {"displayName": HOSTILE, "description": HOSTILE, "tags": {HOSTILE: HOSTILE}}
    jobs.submit(arm, PLAIN, jobs.command_job(arm, f"{loud}; exit 3", **labels))
    space = {"rate": ["choice", [RATES]]}
    sweep = jobs.sweep_job(arm, f"python {script} {{search_space.rate}}", space)
    jobs.submit(arm, SWEEP, sweep)
    jobs.wait(arm, PLAIN)
    jobs.wait(arm, SWEEP)
    until = f"echo first; until [ -e {flag} ]; do sleep 0.05; done; echo second"
    jobs.submit(arm, SLOW, jobs.command_job(arm, until))


def test_the_link_opens_the_page_for_one_browser(scene: Scene) -> None:
    link = scene.local.page_link(f"/jobs/{SWEEP}")
    with (
        closing(scene.browser.new_context()) as first,
        closing(scene.browser.new_context()) as other,
    ):
        page = first.new_page()
        page.goto(link)
        page.wait_for_url(f"{scene.local.endpoint}/jobs/{SWEEP}")
        page.get_by_role("heading", name=SWEEP).wait_for()
        for url in (link, f"{scene.local.endpoint}/"):
            stranger = other.new_page()
            answer = stranger.goto(url)
            assert answer is not None
            assert answer.status == 401
            assert "amlrest local ui" in stranger.inner_text("main")
            assert SWEEP not in stranger.content()
        # The session is for pages: the API needs the token.
        found = page.goto(f"{scene.local.endpoint}{scene.arm.id}/jobs?api-version=2024-10-01")
        assert found is not None
        assert found.status == 401


def test_a_browser_that_comes_from_a_file_gets_in(scene: Scene) -> None:
    file = scene.local.page_link(in_file=True)
    with closing(scene.browser.new_context()) as context:
        page = context.new_page()
        page.goto(file)
        page.wait_for_url(f"{scene.local.endpoint}/")
        page.get_by_role("heading", name="Jobs").wait_for()
    assert not (scene.local.state_dir / "browser.html").exists()


def test_without_scripts_the_page_is_the_same(scene: Scene) -> None:
    with closing(scene.browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto(scene.local.page_link(f"/jobs/{SWEEP}"))
        page.wait_for_url(f"{scene.local.endpoint}/jobs/{SWEEP}")
        assert page.locator("#trials ~ .plots svg").count() == 2


def test_hostile_texts_are_shown_and_not_run(scene: Scene) -> None:
    with scene.visitor() as page:
        for path in PATHS:
            scene.open(page, path)
            assert page.locator("main img[src=x], main script").count() == 0
        shown = page.inner_text("pre.log")
        assert HOSTILE.replace("'", "") in shown
        assert "\x1b" not in shown
        assert "[31m" not in shown
        scene.open(page, f"/jobs/{PLAIN}")
        assert page.inner_text("main").count(HOSTILE) >= 4
        assert "exit code 3" in page.inner_text("section.error")
        scene.open(page, f"/?text={HOSTILE.replace('%', '')}")
        assert page.input_value("input[name=text]") == HOSTILE


def test_the_plots_of_a_sweep_have_the_values_of_its_trials(scene: Scene) -> None:
    measured = _losses(scene.local.state_dir)
    with scene.visitor() as page:
        scene.open(page, f"/jobs/{SWEEP}")
        plots = page.locator(".plots svg")
        assert plots.count() == 2
        for plot in plots.all():
            marks = [_mark(text) for text in plot.locator(".mark title").all_text_contents()]
            assert {number: loss for number, loss, _ in marks} == pytest.approx(measured, rel=1e-4)
            heights = [_height(each) for each in plot.locator(".mark").all()]
            assert heights == pytest.approx(
                _on_a_line([loss for _, loss, _ in marks], heights), abs=0.2
            )
        failed = page.locator("tbody tr", has_text="Failed")
        assert failed.count() == 1
        best = page.locator("tr.best th")
        assert best.inner_text() == str(min(list(measured)[:4], key=lambda n: measured[n]))
        # The order is in the table, and a click on a heading changes it.
        order = "tbody tr th"
        assert page.locator(order).all_inner_texts()[0] == best.inner_text()
        page.get_by_role("link", name="Trial", exact=True).click()
        page.wait_for_url("**sort=trial*")
        assert page.locator(order).all_inner_texts() == ["0", "1", "2", "3", "4"]
        page.locator(".plots .mark").nth(1).click(force=True)
        page.wait_for_url(re.compile(rf"/jobs/{SWEEP}_\d"))
        assert page.locator("svg circle").count() == 3


def _mark(text: str) -> tuple[int, float, float]:
    found = re.match(r"trial (\d+): loss (\S+), rate (\S+?)(?:, .*)?$", text)
    assert found is not None, text
    return int(found[1]), float(found[2]), float(found[3])


def _height(mark: Locator) -> float:
    """Return where the middle of a mark is: a circle, a star or a cross."""
    style = mark.get_attribute("class") or ""
    if "best" not in style and "failed" not in style:
        return float(mark.get_attribute("cy") or "")
    x_and_y = re.findall(r"[\d.]+", mark.get_attribute("d") or "")
    return float(x_and_y[1]) + (9 if "best" in style else 3)


def _on_a_line(values: list[float], places: list[float]) -> list[float]:
    """Return the places of values by a line through those of the least and the greatest."""
    low, high = values.index(min(values)), values.index(max(values))
    slope = (places[high] - places[low]) / (values[high] - values[low])
    assert slope < 0
    return [places[low] + slope * (value - values[low]) for value in values]


def _losses(state_dir: Path) -> dict[int, float]:
    """Return the least loss of each trial, as MLflow has them under the names of the runs."""
    sql = """SELECT name, min(value) FROM metrics JOIN runs USING (run_uuid)
        WHERE key = 'loss' GROUP BY name ORDER BY name"""
    with closing(sqlite3.connect(state_dir / "mlflow.db")) as database:
        return {int(name.rpartition("_")[2]): loss for name, loss in database.execute(sql)}


def test_a_log_grows_without_a_reload_and_the_job_is_seen_to_end(scene: Scene) -> None:
    jobs.wait(scene.arm, SLOW, {"Running"})
    with scene.visitor() as page:
        scene.open(page, "/")
        page.locator("#active ~ .scroll a", has_text=SLOW).click()
        log = page.locator("pre.log")
        log.filter(has_text="first").wait_for()
        page.evaluate("window.sameDocument = true")
        page.get_by_text("Cancel …").focus()
        page.keyboard.press("Enter")
        # What a user has selected stays selected.
        page.evaluate("getSelection().selectAllChildren(document.querySelector('pre.log'))")
        scene.flag.touch()
        log.filter(has_text="second").wait_for()
        assert page.evaluate("getSelection().toString().trim()").startswith("first")
        page.locator(".lead", has_text="Completed").wait_for()
        assert page.evaluate("window.sameDocument") is True
        assert page.get_by_text("Cancel …").count() == 0


def test_the_keyboard_reaches_everything_and_cancels_a_job(scene: Scene) -> None:
    name = jobs.name("endless")
    jobs.submit(scene.arm, name, jobs.command_job(scene.arm, "sleep 600"))
    jobs.wait(scene.arm, name, {"Running"})
    with scene.visitor() as page:
        scene.open(page, "/")
        page.keyboard.press("Tab")
        assert _focused(page)["text"] == "Skip to content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        assert page.evaluate("location.hash") == "#main"
        reached = _walk(page)
        assert {"name, tag …", name, SWEEP, PLAIN} <= {each["text"] for each in reached}
        assert all(each["outline"] for each in reached), reached
        link = page.get_by_role("link", name=name).first
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/jobs/{name}")
        page.get_by_text("Cancel …").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert _focused(page)["text"] == f"Cancel the job {name}"
        page.keyboard.press("Enter")
        page.locator(".lead", has_text="Canceled").wait_for()
    assert jobs.wait(scene.arm, name)["status"] == "Canceled"


def _walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab until the page has been left, and return what had the focus."""
    reached: list[dict[str, Any]] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        focused = _focused(page)
        if focused["tag"] == "BODY":
            return reached
        reached.append(focused)
    raise AssertionError(f"the focus does not leave the page: {reached[-3:]}")


def _focused(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        """() => {
            const node = document.activeElement, box = node.getBoundingClientRect();
            const style = getComputedStyle(node);
            return {
                tag: node.tagName,
                text: (node.placeholder || node.innerText || node.value || "").trim(),
                outline: style.outlineStyle !== "none" && box.width > 0 && box.left >= 0,
            };
        }"""
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit_a_phone(scene: Scene, scheme: Any) -> None:
    source = chromium.axe()
    with scene.visitor(color_scheme=scheme, viewport={"width": 360, "height": 700}) as page:
        for path in PATHS:
            scene.open(page, path)
            page.evaluate(source)
            found = page.evaluate("axe.run()")
            problems = [
                (each["id"], each["impact"], [node["html"] for node in each["nodes"]][:3])
                for each in found["violations"]
            ]
            assert problems == [], f"{path}: {json.dumps(problems, indent=1)}"
            assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_not_there_says_so(scene: Scene) -> None:
    with scene.visitor() as page:
        for path in ("/jobs/none", f"/jobs/{PLAIN}/logs/none.txt", f"/jobs/{PLAIN}/other"):
            answer = page.goto(f"{scene.local.endpoint}{path}")
            assert answer is not None
            assert answer.status == 404
            assert "no" in page.inner_text("main").lower()
        scene.wrong[:] = [each for each in scene.wrong if "status of 404" not in each]


def test_a_file_is_downloaded_and_never_shown(scene: Scene) -> None:
    with scene.visitor() as page:
        scene.open(page, f"/jobs/{PLAIN}")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Download user_logs/std_log.txt").click()
        assert HOSTILE.replace("'", "") in Path(waiting.value.path()).read_text()
