"""Kill builds, and look at what is served, at what is left behind, and at the next build.

A small project has two versions of its data. One is served; a build of the other is killed; what is served must then
be the one or the other, whole, byte for byte, and no process may be left. Then comes the next kill, or a whole build,
which must give the other and leave nothing beside it: no folder, no lock, no half-written file. Prints a table; exit
status 1 if anything was lost.

examples:
  python tests/faults.py                              200 kills, about half an hour
  python tests/faults.py --runs 20 --only serve       20 kills of the preview while it builds
  python tests/faults.py --folder /tmp/faults --seconds 200
                                                      a part of it; the same again goes on from there
  python tests/faults.py --report tests/reports/faults.txt
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path

from conftest import PROJECT
from rich.progress import track
from small_project import small_project

DRIVER = Path(__file__).with_name("killed_build.py")
CODE = ("build.py", "plansite", "templates", "static")
GRACE = 20.0  # seconds in which the processes of a killed build must have ended
LONGEST = 100.0  # seconds for one build
EVERYTHING = 0.4  # of the builds have every page to make anew, the others a single one
FOLLOWED = 0.3  # of the kills are followed by a whole build, and it by looks; the others by the next kill
PARTS = {"data", "content", "templates", "static", "site", ".cache"}
"""All that may stand in the project's folder."""

VERSIONS = ("next", "new", "old")
"""Of the data: 'new' has another name than 'old', which is on every page, and one more article; 'next' has another text
in this article than 'new'."""

Tree = dict[str, str]


@dataclass(slots=True)
class Outcome:
    """One run: `served` is what stood in the folder after the kill ('old', 'new', 'none', 'broken').

    `followed`: a whole build came after it, and not the next kill at once.
    """

    kind: str
    number: int
    when: str
    served: str = ""
    finished: bool = False
    followed: bool = True
    faults: list[str] = field(default_factory=list)

    @property
    def lost(self) -> bool:
        return bool(self.faults)


@dataclass(slots=True)
class Build:
    """A build in a session of its own, by the number of its first process."""

    pid: int
    reader: int
    channel: socket.socket
    status: int | None = None

    def wait(self, seconds: float) -> int | None:
        """The exit status, or None when time is up."""
        if self.status is None and select.select([self.channel], [], [], seconds)[0]:
            pid, self.status = json.loads(self.channel.recv(100))
            assert pid == self.pid
        return self.status

    def send(self, number: int, *, group: bool) -> None:
        """A signal to all its processes, or to the first."""
        with suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.pid, number)

    def lines(self) -> Iterator[tuple[float, str]]:
        """What it tells, with its moment, until it ends or much time has gone."""
        rest, deadline = b"", time.monotonic() + LONGEST
        while time.monotonic() < deadline:
            if not select.select([self.reader], [], [], 1.0)[0]:
                continue
            if not (data := os.read(self.reader, 4096)):
                break
            *lines, rest = (rest + data).split(b"\n")
            yield from ((time.monotonic(), line.decode()) for line in lines)

    def until(self, stage: str) -> None:
        for _, line in self.lines():
            if line == stage:
                return


class Workshop:
    """A project with two versions of its data, a copy of the program that nobody changes meanwhile, good builds."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.project, self.code = folder, folder / "project", folder / "code"
        self.site, self.temporary = self.project / "site", folder / "tmp"
        self.goods: dict[tuple[str, bool], Tree] = {}
        self.warm: dict[str, float] = {}
        self.cold: dict[str, float] = {}
        self.changes, self.version = 0, ""
        known = (folder / "good.json").is_file()
        if not known:
            self._copy()
        self._channel = self._driver()
        if known:
            self._restore()
        else:
            self._make()

    def _copy(self) -> None:
        self.temporary.mkdir(parents=True)
        self.code.mkdir()
        for name in CODE:
            copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
            copy(PROJECT / name, self.code / name)
        small_project(self.project)
        for name in ("templates", "static"):
            (self.project / name).unlink()
            (self.project / name).symlink_to(self.code / name)

    def _make(self) -> None:
        self.port = _free_port()
        for search in (False, True):
            for version in VERSIONS:
                self.write(version)
                shutil.rmtree(self.project / ".cache", ignore_errors=True)
                shutil.rmtree(self.site, ignore_errors=True)
                self.cold = _lengths(self.run(search))
                self.goods[version, search] = tree(self.site)
        for version in ("new", "old"):
            self.write(version)
            told = self.run(search=True)
        self.warm, self.changes = _lengths(told), int(told[-1][1].split()[0])
        goods = [[*key, good] for key, good in self.goods.items()]
        (self.folder / "good.json").write_text(json.dumps([self.port, self.warm, self.cold, self.changes, goods]))

    def _restore(self) -> None:
        self.port, self.warm, self.cold, self.changes, goods = json.loads((self.folder / "good.json").read_text())
        self.goods = {(version, search): good for version, search, good in goods}
        self.write("old")
        self.run(True)

    def write(self, version: str) -> None:
        """Make the data those of a version."""
        self.version = version
        write_version(self.project, version)

    @property
    def seconds(self) -> dict[str, float]:
        """How long each stage of a build takes that begins now."""
        return self.warm if (self.project / ".cache").exists() else self.cold

    def start(self, search: bool, number: int = 0, command: str = "build", out: str = "site") -> Build:
        place = ["--base-url", f"http://127.0.0.1:{self.port}/", "--out", str(self.project / out)]
        options = {"build": place, "serve": ["--port", str(self.port)]}
        arguments = [command, "--project", str(self.project), *options[command], *([] if search else ["--no-search"])]
        reader, writer = os.pipe()
        output, errors = ((self.folder / name).open("wb") for name in ("stdout", "stderr"))
        message = json.dumps([number, *arguments]).encode()
        with output, errors:
            socket.send_fds(self._channel, [message], [writer, output.fileno(), errors.fileno()])
        os.close(writer)
        pid, status = json.loads(self._channel.recv(100))
        assert status is None
        return Build(pid, reader, self._channel)

    def _driver(self) -> socket.socket:
        """The other end of the socket of a process that builds."""
        own, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            subprocess.Popen(
                [sys.executable, str(DRIVER), str(self.code), str(other.fileno())],
                env={**os.environ, "TMPDIR": str(self.temporary)},
                pass_fds=[other.fileno()],
                start_new_session=True,
            )
        return own

    def run(self, search: bool, out: str = "site") -> list[tuple[float, str]]:
        """A whole build: when each stage began, in seconds, and at last how many changes there were."""
        started = time.monotonic()
        build = self.start(search, out=out)
        told = [(moment - started, line) for moment, line in build.lines()]
        os.close(build.reader)
        if build.wait(LONGEST) is None:
            build.send(signal.SIGKILL, group=True)
        if build.wait(GRACE) != 0:
            raise RuntimeError(f"a build ended with {build.status}: {self.stderr()[-300:]}")
        return told

    def stderr(self) -> str:
        return (self.folder / "stderr").read_text(encoding="utf-8", errors="replace")

    def served(self, search: bool, old: str, new: str) -> str:
        if not self.site.exists():
            return "none"
        now = tree(self.site)
        names = {"old": self.goods[old, search], "new": self.goods[new, search]}
        return next((name for name, good in names.items() if now == good), "broken")

    def left(self) -> list[str]:
        """What no whole build leaves."""
        found = [path for path in self.project.iterdir() if path.name not in PARTS]
        found += [*self.temporary.iterdir(), *(self.project / ".cache").rglob("*.new")]
        found += (self.project / ".cache").glob(".*")
        return [path.relative_to(self.folder).as_posix() for path in found]


Kill = Callable[[Workshop, random.Random, Outcome, bool], None]
"""Starts a build and kills it. The last value says whether it makes the search index."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to kill, with its share of 100 runs.

    `cold`: without what earlier builds kept; `first`: nothing is served yet; `small`: a single page has changed.
    """

    name: str
    share: int
    kill: Kill
    search: bool = True
    cold: bool = False
    first: bool = False
    small: bool = False


def at_random(number: int, *, group: bool) -> Kill:
    """Send a signal at any time of a build: to all its processes or to the first one only."""

    def kill(shop: Workshop, chance: random.Random, outcome: Outcome, search: bool) -> None:
        after = chance.random() * (sum(shop.seconds.values()) - shop.seconds["start"]) * 1.05
        outcome.when = f"after {after:.2f} s"
        build = shop.start(search)
        build.until("begun")
        time.sleep(after)
        build.send(number, group=group)
        _end(shop, build, outcome)

    return kill


def at_stage(shop: Workshop, chance: random.Random, outcome: Outcome, search: bool) -> None:
    """In each stage in turn, somewhere in it."""
    stages = [stage for stage in shop.seconds if stage != "start"]
    stage = stages[outcome.number % len(stages)]
    after = chance.random() * shop.seconds[stage]
    outcome.when = f"{stage} + {after:.3f} s"
    build = shop.start(search)
    build.until(stage)
    time.sleep(after)
    build.send(signal.SIGKILL, group=bool(outcome.number % 2))
    _end(shop, build, outcome)


def at_change(shop: Workshop, chance: random.Random, outcome: Outcome, search: bool) -> None:
    """Before one of the changes that it makes to the file system."""
    number = chance.randint(1, shop.changes)
    outcome.when = f"change {number} of {shop.changes}"
    build = shop.start(search, number)
    _end(shop, build, outcome)


def worker(shop: Workshop, chance: random.Random, outcome: Outcome, search: bool) -> None:
    """Kill a child, as the system does when memory runs out."""
    build = shop.start(search)
    after = chance.random() * 0.2
    outcome.when = f"a child, {after:.2f} s old"
    children: list[int] = []
    while build.wait(0) is None and not children:
        time.sleep(0.002)
        children = [pid for pid in of_session(build.pid) if pid != build.pid]
    time.sleep(after)
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    _end(shop, build, outcome)
    if not outcome.finished and "nothing was published" not in shop.stderr():
        outcome.faults.append(f"it did not say what happened: {shop.stderr()[-200:]}")


def serving(number: int, *, group: bool = True) -> Kill:
    """Let the preview build again after a change, and send a signal meanwhile."""

    def kill(shop: Workshop, chance: random.Random, outcome: Outcome, search: bool) -> None:
        wanted = shop.version
        shop.write("new" if wanted == "old" else "old")
        build = shop.start(search, command="serve")
        deadline = time.monotonic() + LONGEST
        while b"Look at" not in (shop.folder / "stdout").read_bytes():
            assert build.wait(0) is None and time.monotonic() < deadline, shop.stderr()
            time.sleep(0.05)
        time.sleep(0.3)  # until it watches
        shop.write(wanted)
        after = chance.random() * (sum(shop.seconds.values()) + 0.5)
        outcome.when = f"{after:.2f} s after a change"
        time.sleep(after)
        build.send(number, group=group)
        _end(shop, build, outcome)
        shop.run(search, out=".cache/preview")  # as the next preview does

    return kill


KINDS = (
    Kind("SIGKILL, first build into nothing", 8, at_random(signal.SIGKILL, group=True), first=True),
    Kind("SIGKILL, over an old site", 10, at_random(signal.SIGKILL, group=True)),
    Kind("SIGKILL, nothing kept from earlier builds", 8, at_random(signal.SIGKILL, group=True), cold=True),
    Kind("SIGKILL, a single page has changed", 14, at_random(signal.SIGKILL, group=True), small=True),
    Kind("SIGKILL, without search", 6, at_random(signal.SIGKILL, group=True), search=False),
    Kind("SIGKILL, the first process only", 8, at_random(signal.SIGKILL, group=False)),
    Kind("SIGKILL, in each stage in turn", 14, at_stage),
    Kind("SIGKILL, before a change to the disk", 12, at_change),
    Kind("SIGKILL, a child process", 4, worker, cold=True),
    Kind("SIGTERM, the first process only", 5, at_random(signal.SIGTERM, group=False)),
    Kind("SIGINT (Ctrl-C)", 5, at_random(signal.SIGINT, group=True)),
    Kind("serve, SIGKILL while it builds", 2, serving(signal.SIGKILL)),
    Kind("serve, SIGKILL, the first process only", 2, serving(signal.SIGKILL, group=False)),
    Kind("serve, SIGTERM while it builds", 1, serving(signal.SIGTERM, group=False)),
    Kind("serve, SIGINT while it builds", 1, serving(signal.SIGINT)),
)


def main() -> int:
    given = _arguments()
    kinds = [kind for kind in KINDS if given.only.lower() in kind.name.lower()]
    total = sum(kind.share for kind in kinds)
    if not total:
        sys.exit(f"no kind is called '{given.only}'; there are:\n  " + "\n  ".join(kind.name for kind in KINDS))
    plan = [(kind, n) for kind in kinds for n in range(max(1, round(given.runs * kind.share / total)))]
    random.Random(given.seed).shuffle(plan)
    with _folder(given.folder) as folder:
        left = _work(folder, plan, given.seed, given.seconds)
        journals = sorted(folder.glob("runs.*.jsonl"))
        outcomes = [outcome for journal in journals for outcome in _read(journal)]
    text = table(outcomes, [journal.name.split(".")[1] for journal in journals])
    print(text, end="")
    if left:
        print(f"{left} runs to go: the same command goes on")
    if given.report:
        given.report.write_text(text, encoding="utf-8")
    return 1 if any(outcome.lost for outcome in outcomes) else 0


def _arguments() -> argparse.Namespace:
    about, _, examples = (__doc__ or "").partition("\n\nexamples:")
    parser = argparse.ArgumentParser(
        description=about, epilog=f"examples:{examples}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=200, help="how many kills, at least one of each kind (200)")
    parser.add_argument("--seed", type=int, default=7, help="another one: other moments (7)")
    parser.add_argument("--only", default="", metavar="WORDS", help="only kinds with these words in their name")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no run after so many seconds")
    parser.add_argument("--folder", type=Path, help="work there and keep it: runs that it holds are counted")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the table there, too")
    return parser.parse_args()


class _folder:
    """The given folder, or a temporary one."""

    def __init__(self, given: Path | None) -> None:
        self._given, self._temporary = given, tempfile.mkdtemp(prefix="plansite-faults-") if not given else ""

    def __enter__(self) -> Path:
        path = (self._given or Path(self._temporary)).resolve()
        path.mkdir(parents=True, exist_ok=True)
        return path

    def __exit__(self, *_: object) -> None:
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)


def _work(folder: Path, plan: list[tuple[Kind, int]], seed: int, seconds: float) -> int:
    """Every run of the plan that the journal does not hold, as long as there is time; how many are left."""
    journal = folder / f"runs.{seed}.jsonl"
    known = {(outcome.kind, outcome.number) for outcome in _read(journal)}
    todo = [(kind, n) for kind, n in plan if (kind.name, n) not in known]
    end, done = time.monotonic() + seconds, 0
    if not todo or not seconds:
        return len(todo)
    shop = Workshop(folder)
    with journal.open("a", encoding="utf-8") as file:
        for kind, n in track(todo, "Killing builds", disable=not sys.stderr.isatty()):
            if time.monotonic() > end:
                break
            outcome = once(shop, kind, n, random.Random(f"{seed} {kind.name} {n}"))
            print(json.dumps(asdict(outcome)), file=file, flush=True)
            done += 1
    return len(todo) - done


def _read(journal: Path) -> list[Outcome]:
    lines = journal.read_text(encoding="utf-8").splitlines() if journal.is_file() else []
    return [Outcome(**json.loads(line)) for line in lines]


def once(shop: Workshop, kind: Kind, number: int, chance: random.Random) -> Outcome:
    """Kill a build of the version that is not served, look, build it whole, look again."""
    outcome = Outcome(kind.name, number, "")
    site = tree(shop.site)
    old = next(version for version in VERSIONS if site == shop.goods[version, True])
    new = "new" if old == "old" else "old"
    if kind.small and old == "old":
        shop.write("new")
        shop.run(search=True)
        old = "new"
    if kind.small or (old != "old" and chance.random() > EVERYTHING):
        new = "next" if old == "new" else "new"
    if not kind.search:
        shop.write(old)
        shop.run(search=False)
    if kind.first:
        shutil.rmtree(shop.site)
    if kind.cold:
        shutil.rmtree(shop.project / ".cache", ignore_errors=True)
    shop.write(new)
    kind.kill(shop, chance, outcome, kind.search)
    outcome.served = shop.served(kind.search, old, new)
    if outcome.served not in ("new", "none" if kind.first else "old"):
        outcome.faults.append(f"what is served is neither the old nor the new site, but {outcome.served}")
    if outcome.finished and outcome.served != "new" and "serve" not in kind.name:
        outcome.faults.append("it said that it had built the new site")
    if kind.search and outcome.served in ("old", "new") and not outcome.faults and chance.random() > FOLLOWED:
        outcome.followed = False
        return outcome
    try:
        shop.run(search=True)
    except RuntimeError as error:
        outcome.faults.append(str(error))
        shop.run(search=True)
    if shop.served(True, old, new) != "new":
        outcome.faults.append("the next build is not what a build from nothing makes")
    if left := shop.left():
        outcome.faults.append(f"left after the next build: {', '.join(left)}")
    return outcome


def _end(shop: Workshop, build: Build, outcome: Outcome) -> None:
    """Wait until all processes have ended, end those that have not, and tell of them."""
    if build.wait(LONGEST) is None:
        outcome.faults.append(f"still at work after {LONGEST:g} s")
        build.send(signal.SIGKILL, group=True)
    outcome.finished = build.wait(GRACE) == 0
    os.close(build.reader)
    deadline = time.monotonic() + GRACE
    while (left := of_session(build.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    if left:
        outcome.faults.append(f"{len(left)} processes left after {GRACE:g} s")
        build.send(signal.SIGKILL, group=True)
    if "Traceback" in shop.stderr():
        outcome.faults.append(f"a traceback: {shop.stderr()[-300:]}")


def _lengths(told: list[tuple[float, str]]) -> dict[str, float]:
    """Seconds of each stage, the start of the program among them, in order."""
    return {stage: after - moment for (moment, stage), (after, _) in pairwise([(0.0, "start"), *told])}


def table(outcomes: list[Outcome], seeds: list[str]) -> str:
    """Counts by kind; then each fault."""
    rows: list[tuple[str, ...]] = [("kind", "runs", "old", "new", "none yet", "lost", "built after")]
    for kind in (*(kind.name for kind in KINDS), ""):
        of = [outcome for outcome in outcomes if outcome.kind == kind or not kind]
        served = [sum(outcome.served == name for outcome in of) for name in ("old", "new", "none")]
        if of:
            ends = sum(outcome.lost for outcome in of), sum(outcome.followed for outcome in of)
            rows.append((kind or "all", *map(str, (len(of), *served, *ends))))
    width = max(len(row[0]) for row in rows)
    lines = [f"{row[0]:<{width}}" + "".join(f"{cell:>12}" for cell in row[1:]) for row in rows]
    faults = [f"{o.kind} {o.number} ({o.when}): {fault}" for o in outcomes for fault in o.faults]
    return (
        "\n".join(
            [f"Builds that were killed, and what was served then (seed {' and '.join(seeds)})", "", *lines, *faults]
        )
        + "\n"
    )


def write_version(project: Path, version: str) -> None:
    """Change the data to one of VERSIONS."""
    path = project / "data/site.yaml"
    name = "Old Plans" if version == "old" else "New Plans"
    path.write_text(re.sub(r"en: [^,}]+}", f"en: {name}}}", path.read_text(encoding="utf-8"), count=1))
    for locale, text in (("zh", "试验。"), ("en", "A test.")):
        article = project / "content" / locale / "about/only-new.md"
        if version != "old":
            body = text * (1 if version == "new" else 2)
            article.write_text(f"---\ntitle: {text}\ndescription: {text}\norder: 99\n---\n\n{body}\n", "utf-8")
        else:
            article.unlink(missing_ok=True)


def tree(folder: Path) -> Tree:
    """Checksum of each file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def of_session(leader: int) -> list[int]:
    """The processes of a session (Linux: field 6 of /proc/PID/stat, see proc(5)); elsewhere none can be told."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
