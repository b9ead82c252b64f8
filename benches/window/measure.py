"""Measures real windows on the display that DISPLAY names; benches/window.sh calls it.

Time of the processor is that of a process with all its threads and finished children, as the system counts it; memory is
the greatest resident set. A window rests when its process has used no time for a second and a half.
"""

import ctypes
import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

PROGRAM, BENCH, WORK = sys.argv[1], sys.argv[2], Path(sys.argv[3])
PARTS = sys.argv[4:]
ROUNDS = 5
WIDTH, HEIGHT = 1280, 800
TICK = os.sysconf("SC_CLK_TCK")
REST_SECS = 1.5
LONGEST_SECS = 120
# Where the first unanswered claim of the session's left statement has its handle.
HANDLE = 421, 290

x11 = ctypes.CDLL("libX11.so.6")
for name in ("XOpenDisplay", "XGetImage"):
    getattr(x11, name).restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = ctypes.c_ulong


class Image(ctypes.Structure):
    _fields_ = [
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("offset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
    ]


class Screen:
    """A strip of the screen's middle, read as bytes: every window that is drawn changes it."""

    def __init__(self):
        self.display = ctypes.c_void_p(x11.XOpenDisplay(None))
        self.root = ctypes.c_ulong(x11.XDefaultRootWindow(self.display))

    def strip(self):
        planes, pixmap = ctypes.c_ulong(0xFFFFFFFF), 2
        image = ctypes.c_void_p(
            x11.XGetImage(self.display, self.root, 0, HEIGHT // 3, WIDTH, 60, planes, pixmap)
        )
        content = ctypes.string_at(Image.from_address(image.value).data, WIDTH * 60 * 4)
        x11.XDestroyImage(image)
        return content


SCREEN = Screen()
rows = []


def row(what, found, most, origin):
    rows.append((what, found, most, origin))
    print(f"| {what} | {found:.2f} | {most} | {origin} |", flush=True)


class Window:
    """A program that opens a window."""

    def __init__(self, command):
        empty = SCREEN.strip()
        began = time.monotonic()
        # A settled window of one run must not lie there in the next.
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while SCREEN.strip() == empty:
            if time.monotonic() - began > LONGEST_SECS or self.process.poll() is not None:
                raise SystemExit(f"no window: {command}")
            time.sleep(0.001)
        self.first_secs = time.monotonic() - began

    def busy(self):
        """Seconds of the processor up to now."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(int(fields[at]) for at in (11, 12, 13, 14)) / TICK

    def rest(self):
        last, since, began = self.busy(), time.monotonic(), time.monotonic()
        while time.monotonic() - since < REST_SECS and time.monotonic() - began < LONGEST_SECS:
            time.sleep(0.1)
            now = self.busy()
            if now != last:
                last, since = now, time.monotonic()

    def resident_mb(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1000

    def focus(self):
        window = asked("search", "--sync", "--onlyvisible", "--name", "Counterclaim").split()[0]
        xdotool("windowfocus", "--sync", window)
        if asked("getwindowfocus").strip() != window:
            raise SystemExit("the window does not take the keyboard")

    def end(self):
        """Ends it, and gives its seconds of the processor and its greatest memory in MB."""
        self.process.send_signal(signal.SIGTERM)
        _, _, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = 0
        time.sleep(0.3)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def asked(*arguments):
    """What xdotool answers."""
    return subprocess.run(["xdotool", *arguments], check=True, capture_output=True, text=True).stdout


def xdotool(*arguments):
    subprocess.run(["xdotool", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def session(claims):
    path = WORK / f"{claims}.ron"
    if not path.exists():
        subprocess.run([BENCH, "session", str(claims), path], check=True)
    return path


def settled(command):
    window = Window(command)
    window.rest()
    busy, memory = window.end()
    return window.first_secs, busy, memory


def compare(one, other, which):
    """The median ratio of two columns that were measured in turn, and their medians."""
    ratios = statistics.median(a[which] / b[which] for a, b in zip(one, other))
    return ratios, statistics.median(a[which] for a in one), statistics.median(b[which] for b in other)


def start():
    ours, empty = [], []
    for _ in range(3 * ROUNDS):
        for command, into in (([PROGRAM], ours), ([BENCH, "empty"], empty)):
            window = Window(command)
            into.append((window.first_secs,))
            window.rest()
            window.end()
    ratio, a, b = compare(ours, empty, 0)
    row("start to the first pixel ÷ the smallest eframe window", ratio, 1.3, f"{1e3 * a:.0f} ms ÷ {1e3 * b:.0f} ms")


def meld():
    subprocess.run([BENCH, "texts", "1000000", WORK], check=True)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(settled([PROGRAM, session(10_000)]))
        theirs.append(settled(["meld", WORK / "left.txt", WORK / "right.txt"]))
    for which, what, most, factor, unit in (
        (1, "time of the processor until it rests, 2 × 1 MB and 10,000 claims ÷ Meld", 0.35, 1e3, "ms"),
        (0, "first changed pixel ÷ Meld", 0.75, 1e3, "ms"),
        (2, "greatest memory ÷ Meld", 1.0, 1, "MB"),
    ):
        ratio, a, b = compare(ours, theirs, which)
        row(what, ratio, most, f"{factor * a:.0f} {unit} ÷ {factor * b:.0f} {unit}")


def memory():
    resident = []
    for claims in (1_000, 100_000):
        window = Window([PROGRAM, session(claims)])
        window.rest()
        resident.append(window.resident_mb())
        window.end()
    size = session(100_000).stat().st_size / 1e6
    small, large = resident
    row(
        "resident memory with 10 MB a side beyond the small session's ÷ the file",
        (large - small) / size,
        5,
        f"({large:.0f} MB − {small:.0f} MB) ÷ {size:.0f} MB",
    )


def wheel():
    taken = []
    for claims in (1_000, 100_000):
        window = Window([PROGRAM, session(claims)])
        window.rest()
        window.focus()
        xdotool("mousemove", WIDTH // 5, HEIGHT // 3)
        window.rest()
        before = window.busy()
        xdotool("click", "--repeat", 200, "--delay", 20, 5)
        window.rest()
        taken.append(window.busy() - before)
        window.end()
    small, large = taken
    row("200 steps of the wheel, 100,000 claims ÷ 1,000", large / small, 1.5, f"{1e3 * large:.0f} ms ÷ {1e3 * small:.0f} ms")


def frames():
    """A minute of work in the large session: reading, selecting, marking, linking, taking back, searching, saving, all views."""
    listed, path = WORK / "frames", session(100_000)
    written = path.stat().st_mtime_ns
    window = Window([BENCH, "frames", path, listed])
    window.rest()
    window.focus()
    opened = len(listed.read_text().splitlines())
    began, turn = time.monotonic(), 0
    left, right = WIDTH // 5, 7 * WIDTH // 12
    while time.monotonic() - began < 60:
        turn += 1
        y = 150 + 13 * (turn % 17)
        xdotool("mousemove", left, y, "click", "--repeat", 15, "--delay", 20, 5)
        # Words are selected by a drag and marked; the claim is taken back again.
        xdotool("mousemove", left - 60, y, "mousedown", 1)
        for step in range(12):
            xdotool("mousemove", left - 60 + 12 * step, y + 4 * step)
        xdotool("mouseup", 1, "key", "a", "key", "ctrl+z")
        # A ribbon is drawn from a claim's handle to the other side, and let go.
        xdotool("key", "ctrl+Home", "key", "Escape", "key", "n", "sleep", "0.3")
        xdotool("mousemove", *HANDLE, "sleep", "0.1", "mousedown", 1, "sleep", "0.05")
        for step in range(12):
            xdotool("mousemove", HANDLE[0] + 14 * step, HANDLE[1] + 6 * step, "sleep", "0.02")
        xdotool("mouseup", 1, "key", "Escape")
        # Every other turn both panes scroll together.
        xdotool("key", "y")
        xdotool("mousemove", right, y, "click", "--repeat", 10, "--delay", 20, 5)
        xdotool("key", "n", "key", "n", "key", "Down")
        if turn % 4 == 0:
            xdotool("key", "ctrl+f")
            xdotool("type", "--delay", "40", "ing")
            xdotool("key", "Return", "key", "Return", "key", "Escape", "key", "Escape")
            # The session is saved while the other views are gone through.
            xdotool("key", "ctrl+s")
            for view in ("ctrl+2", "ctrl+3", "ctrl+4", "ctrl+t", "ctrl+5", "ctrl+6", "ctrl+1"):
                xdotool("key", view, "sleep", "0.3")
    window.rest()
    lines = listed.read_text().splitlines()
    window.end()
    # Else no key has come to the window.
    if path.stat().st_mtime_ns == written:
        raise SystemExit("nothing was saved in a minute of work")
    of_opening = [float(line.split()[0]) for line in lines[:opened]]
    own = [float(line.split()[0]) for line in lines[opened:]]
    whole = [float(line.split()[1]) for line in lines[opened:]]
    longest = sorted(own, reverse=True)[:8]
    print(f"frames while it opens, the longest: {max(of_opening):.0f} ms")
    print(f"frames of a minute: {len(own)}; median {statistics.median(own):.2f} ms, with painting {statistics.median(whole):.2f} ms")
    print("the longest: " + ", ".join(f"{frame:.1f}" for frame in longest) + " ms")
    row("the longest frame of a minute of work with 100,000 claims, in ms of the clock", max(own), 50, f"{len(own)} frames")


measured = {"start": start, "meld": meld, "memory": memory, "wheel": wheel, "frames": frames}
for part in PARTS or measured:
    measured[part]()
broken = [what for what, found, most, _ in rows if found > most]
if broken:
    raise SystemExit("more than may be: " + "; ".join(broken))
