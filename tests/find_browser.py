"""Find a browser for the tests, or install one: `python tests/find_browser.py [--install]` prints its path.

Looked for, in this order: the environment variable BROWSER_PATH; Chrome or Chromium on the search path or in the usual
places; Playwright's own Chromium. With --install, a missing one is installed: Debian's `chromium` package where apt-get
can be used, otherwise Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
FONT = "fonts-noto-cjk"  # Debian: without a Chinese font the tests would look at empty boxes


def find_browser() -> str:
    """Path of a Chrome or Chromium, or an empty string."""
    for path in (os.environ.get("BROWSER_PATH", ""), *map(shutil.which, NAMES), *PLACES):
        if path and Path(path).is_file():
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else ""


def install() -> None:
    """Install a browser with the means this machine has."""
    if apt := shutil.which("apt-get"):
        command = [apt] if os.geteuid() == 0 else ["sudo", "-n", apt]
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        print("Installing Chromium and a Chinese font with apt-get …", file=sys.stderr)
        subprocess.run([*command, "update", "-qq"], env=environment, check=False, stdout=subprocess.DEVNULL)
        packages = ["install", "-y", "-qq", "--no-install-recommends", "chromium", FONT]
        if (
            subprocess.run([*command, *packages], env=environment, check=False, stdout=subprocess.DEVNULL).returncode
            == 0
        ):
            return
    print("Installing Playwright's Chromium …", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    if not find_browser() and "--install" in sys.argv[1:]:
        install()
    path = find_browser()
    print(
        f"Browser for the tests: {path}"
        if path
        else "No browser found. Install Chrome or Chromium, or name one in BROWSER_PATH."
    )
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
