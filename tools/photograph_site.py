"""Photograph pages of the site in Chromium: `photograph_site.py FOLDER`, where `site-NAME.png` are written.

Without Chromium nothing is done. The pictures differ with the fonts of the machine, so nothing compares them.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PAGES = {
    "home": "en/index.html",
    "espoo": "en/cities/espoo.html",
    "2019": "en/editions/2019.html",
    "dispute": "en/disputes/2019-names-for-the-best-six.html",
}
SIZE = "1100,900"
# No look-ups of its own: the pages need nobody else.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--hide-scrollbars", f"--window-size={SIZE}"]


def main(words: list[str]) -> int:
    """Make the site, and photograph it."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("no chromium: the pictures of the site stay as they are\n")
        return 0
    with TemporaryDirectory() as folder:
        tool = Path(sys.executable).with_name("icapital")
        subprocess.run([tool, "export", "site", f"{folder}/site"], check=True)  # noqa: S603 - our own tool
        for name, page in PAGES.items():
            target = Path(words[0], f"site-{name}.png").resolve()
            command = [chromium, *FLAGS, f"--user-data-dir={folder}/{name}", f"--screenshot={target}"]
            address = Path(folder, "site", page).as_uri()
            subprocess.run([*command, address], check=True, capture_output=True)  # noqa: S603 - found on the path
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
