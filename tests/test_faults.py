"""Whatever goes wrong while a site is built, readers see one whole site, and the maintainer is told what to do.

The long version of the kills is `python tests/faults.py`.
"""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import PROJECT
from faults import of_session, tree, write_version
from killed_build import count
from small_project import small_project

from plansite.commands import build as command
from plansite.commands import main
from plansite.parallel import WorkerLost, together
from plansite.publish.claim import ClaimError, claimed
from plansite.publish.manifest import FILE as MANIFEST
from plansite.publish.tree import Tree
from plansite.search.service import index_records

VERSIONS = {"old": "new", "new": "next"}
"""Of the data: a single article differs, so that a build is quick."""
STAGES = ("load", "check", "index", "publish")
SHARES = (0.3, 0.6, 0.99)
"""Of the changes that a build makes to the disk. About half of them come after the exchange, when the old site goes."""

UNEXPECTED = 99  # exit status of a process with a traceback
KEPT = {"data", "pages", "pictures", "search", "templates"}
"""What is kept for the next build, by kind."""
WITHOUT_RIGHTS = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.name == "posix" and not os.geteuid() else ()
)
"""Takes from root the right to read and write everything, so that permissions count for it too."""


class Shop:
    """A project with two versions of its data, `site` built from the old one; good trees of both."""

    def __init__(self, folder: Path, goods: dict[str, dict[str, str]]) -> None:
        self.folder, self.project, self.site, self.goods = folder, folder / "project", folder / "out/site", goods

    @property
    def served(self) -> str:
        """Which whole site is served."""
        now = content(self.site)
        return next((name for name, good in self.goods.items() if now == good), "broken")

    @property
    def beside(self) -> list[str]:
        """What lies beside the site."""
        return sorted(path.name for path in self.site.parent.iterdir() if path != self.site)

    @property
    def arguments(self) -> list[str]:
        return ["build", "--project", str(self.project), "--out", str(self.site)]

    def change(self) -> None:
        write_version(self.project, VERSIONS["new"])

    def build(self, *more: str) -> Result:
        return CliRunner().invoke(main, [*self.arguments, *more])

    def refused(self, *words: str) -> None:
        """A build that fails as it should: in words, with exit status 1, and the old site stays."""
        told(self.build(), *words)
        assert self.served == "old"
        assert self.beside == []

    def built(self) -> None:
        """A build of the new version that leaves nothing beside the site."""
        done = self.build()
        assert done.exit_code == 0, done.output
        assert self.served == "new"
        assert self.beside == []

    def restored(self) -> None:
        """A build of the old version."""
        write_version(self.project, VERSIONS["old"])
        assert self.build().exit_code == 0
        assert self.served == "old"


def content(site: Path) -> dict[str, str]:
    """Checksums of the site's files; of the manifest, which names the files of the program too, that it is true."""
    files = tree(site)
    manifest = json.loads((site / MANIFEST).read_bytes())
    del files[MANIFEST]
    assert manifest["files"] == {path: sha256((site / path).read_bytes()).hexdigest() for path in files}
    return files


def told(done: Result | subprocess.CompletedProcess[str], *words: str) -> None:
    status = done.exit_code if isinstance(done, Result) else done.returncode
    text = done.output if isinstance(done, Result) else done.stderr
    assert status == 1, text
    assert not isinstance(done, Result) or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in text and "nothing was published." in text
    assert not [word for word in words if word not in text], text


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The old version, built; nothing is done to it."""
    shop = Shop(tmp_path_factory.mktemp("good"), {})
    small_project(shop.project)
    for name in ("templates", "static"):  # nobody edits them meanwhile
        (shop.project / name).unlink()
        shutil.copytree(PROJECT / name, shop.project / name)
    for version in ("new", "old"):
        write_version(shop.project, VERSIONS[version])
        assert shop.build().exit_code == 0
        shop.goods[version] = content(shop.site)
    return shop


@pytest.fixture
def shop(good: Shop, tmp_path: Path) -> Shop:
    """A copy to do things to, with the new version of the data."""
    shutil.copytree(good.folder, tmp_path / "shop")
    copy = Shop(tmp_path / "shop", good.goods)
    copy.change()
    return copy


def in_a_process(work: Callable[[], None]) -> int:
    """Do it in a process and a session of its own; the exit status. No process of the session may be left."""

    def begin() -> None:
        os.setsid()
        try:
            work()
        except Exception:
            traceback.print_exc()
            os._exit(UNEXPECTED)

    process = multiprocessing.get_context("fork").Process(target=begin)
    process.start()
    assert process.pid
    process.join(60)
    deadline = time.monotonic() + 10
    while (left := of_session(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert left == []
    assert process.exitcode is not None
    return process.exitcode


def test_a_build_killed_in_any_stage_leaves_the_old_site(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    for stage in STAGES:

        def at(name: str, stage: str = stage) -> None:
            if name == stage:
                os.kill(os.getpid(), signal.SIGKILL)

        monkeypatch.setattr(command, "shown_stages", lambda at=at: nullcontext(at))
        assert in_a_process(lambda: main(shop.arguments)) == -signal.SIGKILL, stage
        assert shop.served == "old", stage
    monkeypatch.undo()
    shop.built()


def test_a_build_killed_before_any_change_to_the_disk_leaves_a_whole_site(shop: Shop) -> None:
    """Each of them builds the version that is not served."""
    total, before = changes(shop), "new"
    assert shop.served == before
    after_the_exchange = []
    for share in SHARES:
        wanted = "old" if before == "new" else "new"
        write_version(shop.project, VERSIONS[wanted])
        assert in_a_process(partial(killed, shop, round(total * share))) == -signal.SIGKILL, share
        assert shop.served in (before, wanted), share
        after_the_exchange.append(shop.served == wanted)
        before = shop.served
    assert len(set(after_the_exchange)) == 2
    write_version(shop.project, VERSIONS["new"])
    shop.built()


def changes(shop: Shop) -> int:
    """How many changes to the disk a build makes."""
    reader, writer = os.pipe()

    def counted() -> None:
        seen = count()
        with suppress(SystemExit):
            main(shop.arguments)
        os.write(writer, str(seen()).encode())

    assert in_a_process(counted) == 0
    return int(os.read(reader, 100))


def killed(shop: Shop, number: int) -> None:
    count(number)
    main(shop.arguments)


def test_a_process_that_the_system_ends_is_told() -> None:
    """As when memory runs out."""

    def work() -> None:
        with pytest.raises(WorkerLost, match=r"ended from outside \(signal 9\).*build again"):
            together([lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: None])

    assert in_a_process(work) == 0


def test_no_reader_outlives_its_run_of_pagefind() -> None:
    """Its pipe's number soon belongs to the pipe of another run, whose answers it would take."""
    record = {"url": "/", "content": "word", "language": "en"}
    for _ in range(5):
        before = set(threading.enumerate())
        assert index_records([record], timeout=60)
        assert set(threading.enumerate()) <= before


def test_sigterm_clears_away_what_was_begun(shop: Shop) -> None:
    process = subprocess.Popen([sys.executable, str(PROJECT / "build.py"), *shop.arguments], start_new_session=True)
    while not any(name.startswith(".site.") and name[6].isdigit() for name in shop.beside):
        assert process.poll() is None
        time.sleep(0.01)
    process.terminate()
    assert process.wait(60) == 128 + signal.SIGTERM
    assert of_session(process.pid) == []
    assert (shop.served, shop.beside) == ("old", [])


def test_without_an_exchange_of_names_the_old_site_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system that cannot exchange two names a build may be killed between two of three renames."""
    monkeypatch.setattr("plansite.publish.swap._exchange", lambda one, other: False)
    renames = [0]

    def rename(path: Path, target: Path, real: Callable[[Path, Path], Path] = Path.rename) -> Path:
        renames[0] += 1
        if renames[0] == 2:
            raise KeyboardInterrupt
        return real(path, target)

    publish(tmp_path / "site", b"old")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        renames[0] = 0
        patch.setattr(Path, "rename", rename)
        publish(tmp_path / "site", b"new")
    with claimed(tmp_path / "site", tmp_path / "project"):  # the next build begins
        assert (tmp_path / "site/a.txt").read_bytes() == b"old"
    publish(tmp_path / "site", b"new")
    assert (tmp_path / "site/a.txt").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def publish(out: Path, content: bytes) -> None:
    with Tree(out) as tree:
        tree.add("a.txt", content)
        tree.publish()


def test_a_second_build_is_told_who_is_at_work(shop: Shop) -> None:
    with claimed(shop.site, shop.project):
        assert shop.beside == [".site.lock"]
        text = (shop.site.parent / ".site.lock").read_text(encoding="utf-8")
        assert f"Process {os.getpid()} on " in text and "the next build takes it over" in text
        command = [sys.executable, str(PROJECT / "build.py"), *shop.arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        told(done, str(shop.site), f"Process {os.getpid()} on ", " since 20", "Wait until it has ended, or end it")
    assert (shop.served, shop.beside) == ("old", [])


def test_the_lock_of_a_build_that_is_gone_is_taken_over(shop: Shop) -> None:
    (shop.site.parent / ".site.lock").write_text(
        "Process 1 on elsewhere has been building this site since yesterday.\n"
    )
    shop.built()


def test_a_build_can_wait_for_another_one(tmp_path: Path) -> None:
    reader, writer = os.pipe()

    def first() -> None:
        with claimed(tmp_path / "site", tmp_path / "project"):
            os.write(writer, b"!")
            time.sleep(0.3)

    process = multiprocessing.get_context("fork").Process(target=first)
    process.start()
    os.read(reader, 1)
    with pytest.raises(ClaimError, match=f"Process {process.pid} "), claimed(tmp_path / "site", tmp_path / "project"):
        pass
    with claimed(tmp_path / "site", tmp_path / "project", wait=30):
        assert process.exitcode is None or process.exitcode == 0
    process.join()
    assert list(tmp_path.iterdir()) == []


def test_two_builds_at_once_make_one_whole_site(shop: Shop) -> None:
    command = [sys.executable, str(PROJECT / "build.py"), *shop.arguments]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    errors = [process.communicate(timeout=120)[1] for process in both]
    assert 0 in [process.returncode for process in both]
    for process, error in zip(both, errors, strict=True):
        assert process.returncode == 0 or "has been building this site since" in error, error
    assert (shop.served, shop.beside) == ("new", [])


REFUSED = "expected a new or empty folder, or one that holds a site of an earlier build"


@pytest.mark.parametrize("place", ["data/site", "content/en", "static", "."])
def test_a_site_never_replaces_what_it_is_made_from(shop: Shop, place: str) -> None:
    before = tree(shop.project)
    told(CliRunner().invoke(main, [*shop.arguments[:-1], str(shop.project / place)]), REFUSED)
    assert tree(shop.project) == before


def test_a_site_never_replaces_other_files(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_text("dear")
    told(CliRunner().invoke(main, [*shop.arguments[:-1], str(tmp_path / "home")]), "'letter.txt'", REFUSED)
    assert tree(tmp_path / "home").keys() == {"letter.txt"}


def test_a_file_in_the_place_of_the_site_is_told(shop: Shop) -> None:
    (shop.project / "site").write_text("a file")
    told(CliRunner().invoke(main, shop.arguments[:-2]), "a file has this name")


def test_a_site_behind_a_symbolic_link_is_replaced_where_it_lies(shop: Shop) -> None:
    link = shop.folder / "link"
    link.symlink_to(shop.site)
    assert CliRunner().invoke(main, [*shop.arguments[:-1], str(link)]).exit_code == 0
    assert link.is_symlink() and link.resolve() == shop.site
    assert (shop.served, shop.beside) == ("new", [])


def test_a_refused_build_leaves_no_empty_folders(shop: Shop, tmp_path: Path) -> None:
    (shop.project / "data/site.yaml").write_text("name: [")
    told(CliRunner().invoke(main, [*shop.arguments[:-1], str(tmp_path / "a/b/site")]), "site.yaml")
    assert not (tmp_path / "a").exists()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("a disk can be mounted only by root")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_and_a_read_only_disk_are_told(shop: Shop, disk: Path) -> None:
    shutil.move(shop.site, disk / "site")
    shop.site = disk / "site"
    fill(disk / "filler")
    told(shop.build(), str(shop.site), "No space left on device", "expected room for the new files")
    assert (shop.served, shop.beside) == ("old", ["filler"])
    (disk / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    shop.refused("Read-only file system", f"expected that {disk} may be written")
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    shop.built()


def test_the_top_of_a_disk_cannot_be_exchanged(shop: Shop, disk: Path) -> None:
    told(CliRunner().invoke(main, [*shop.arguments[:-1], str(disk)]), "choose a folder inside it")
    assert list(disk.iterdir()) == []
    assert [path for path in disk.parent.iterdir() if path.name.startswith(".disk")] == []


def test_a_full_disk_for_what_is_kept_costs_only_time(shop: Shop, disk: Path) -> None:
    shutil.rmtree(shop.project / ".cache")
    (shop.project / ".cache").symlink_to(disk)
    fill(disk / "filler")
    shop.built()
    assert [path.name for path in disk.rglob("*.new")] == []


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_disk_without_hard_links_costs_only_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", link)
    shop.built()


def test_permissions_are_told(shop: Shop) -> None:
    """In processes that root's rights are taken from."""
    command = [*WITHOUT_RIGHTS, sys.executable, str(PROJECT / "build.py"), *shop.arguments]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, capture_output=True, text=True, check=False)

    if WITHOUT_RIGHTS and (not shutil.which(WITHOUT_RIGHTS[0]) or subprocess.run([*WITHOUT_RIGHTS, "true"]).returncode):
        pytest.skip("root may read and write everything, and setpriv cannot take that away here")
    shop.site.parent.chmod(0o555)
    told(run(), "Permission denied", f"expected that {shop.site.parent} may be written")
    shop.site.parent.chmod(0o755)
    (shop.project / "data/plans").chmod(0)
    told(run(), "data/plans", "Permission denied")
    (shop.project / "data/plans").chmod(0o755)
    assert (shop.served, shop.beside) == ("old", [])


def test_a_file_that_goes_while_it_is_read_makes_no_half_site(shop: Shop) -> None:
    """It is there when the build looks for its files, and a folder when it is read for the first, second … time."""
    victim, served = shop.project / "data/site.yaml", "old"
    content = victim.read_bytes()
    for turn in range(1, 9):
        status = in_a_process(partial(build_without, shop, victim, turn))
        served = served if status else "new"
        assert (status in (0, 1), shop.served, shop.beside) == (True, served, []), turn
        if victim.is_file():
            return  # it is not read so often
        victim.rmdir()
        victim.write_bytes(content)
    pytest.fail("it is read too often")


def build_without(shop: Shop, victim: Path, number: int) -> None:
    times = 0

    def before(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal times
        if event == "open" and str(arguments[0]) == str(victim):
            times += 1
            if times == number:
                victim.unlink()
                victim.mkdir()

    sys.addaudithook(before)
    main(shop.arguments)


def test_a_file_that_is_cut_off_while_it_is_read_is_told(shop: Shop) -> None:
    path = shop.project / "data/vocab/topics.yaml"
    path.write_bytes(path.read_bytes()[:200].rpartition(b":")[0])
    shop.refused("topics.yaml")


def test_an_edit_while_the_site_is_built_is_told(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site then shows what was read."""

    def edit(stage: str) -> None:
        if stage == "check":
            write_version(shop.project, VERSIONS["new"])

    write_version(shop.project, VERSIONS["old"])
    (shop.site / "index.html").unlink()  # so that there is something to do
    with monkeypatch.context() as patch:
        patch.setattr(command, "shown_stages", lambda: nullcontext(edit))
        done = shop.build()
    assert done.exit_code == 0
    assert "To do before publishing: files changed while the site was built" in done.output
    assert shop.served == "old"
    shop.built()


def test_no_clock_is_believed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files from the future, a clock that was set back by decades; then a change of neither size nor time."""
    for path in shop.folder.rglob("*"):
        os.utime(path, (2**32, 2**32), follow_symlinks=False)
    monkeypatch.setattr(time, "time", lambda: 631152000.0)
    shop.built()
    path = shop.project / "data/site.yaml"
    before, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("New Plans", "Old Plans"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert shop.build().exit_code == 0
    assert "Old Plans" in (shop.site / "en/index.html").read_text(encoding="utf-8")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILT: tuple[Callable[[Path], object], ...] = (
    flip,
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    lambda path: path.write_bytes(path.read_bytes() + b"more"),
    lambda path: path.write_bytes(b"\xff" * path.stat().st_size),
    replace_by_folder,
)


@pytest.mark.parametrize("first", [0, 3])
def test_whatever_becomes_of_what_is_kept_costs_only_time(shop: Shop, first: int) -> None:
    """Each file is spoilt in another way."""
    kept = sorted(path for path in (shop.project / ".cache").rglob("*") if path.is_file())
    assert {path.relative_to(shop.project / ".cache").parts[0] for path in kept} >= KEPT
    for number, path in enumerate(kept):
        SPOILT[(number + first) % len(SPOILT)](path)
    shop.built()


def test_a_file_in_the_place_of_the_folder_of_what_is_kept_costs_only_time(shop: Shop) -> None:
    shutil.rmtree(shop.project / ".cache")
    (shop.project / ".cache").write_text("a file")
    shop.built()


def test_a_spoilt_site_is_mended_by_the_next_build(shop: Shop) -> None:
    """Files that were changed, cut off or taken away in the finished folder."""
    pages = sorted(shop.site.rglob("index.html"))
    flip(pages[0])
    pages[1].write_bytes(b"")
    pages[2].unlink()
    shop.restored()
