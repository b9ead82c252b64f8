#!/usr/bin/env bash
# What the real window takes, under Xvfb: until its first pixel, until it rests, its memory, what turning the wheel costs, and how
# long its frames are in a minute of work. Beside it the smallest window that eframe opens, and Meld on the same two texts.
#
# Wants the Debian packages xvfb, xdotool, meld, python3, libx11-6, libxcursor1, libxi6, libxkbcommon-x11-0, libx11-xcb1.
# `benches/window.sh start meld memory wheel frames` measures parts; without a name all of them. Fails where a bound is broken.
set -euo pipefail
cd "$(dirname "$0")/.."
for needed in Xvfb xdotool python3 meld; do
  command -v "$needed" >/dev/null || { echo "window: $needed is missing; see the packages in $0" >&2; exit 1; }
done
cargo build --release --quiet
bench=$(cargo bench --bench window --no-run 2>&1 | grep -o '[^ (]*/window-[0-9a-f]*' | tail -n 1)
work=$(mktemp -d)
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$work/display" >/dev/null 2>&1 &
display=$!
trap 'kill $display 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$work/display")
export DISPLAY XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
export GSETTINGS_BACKEND=memory NO_AT_BRIDGE=1
mkdir -p "$XDG_CONFIG_HOME/counterclaim"
# A name for the author, so that the window does not ask for one.
echo '(author: Some("T.T."), window_size: Some((1280.0, 800.0)))' >"$XDG_CONFIG_HOME/counterclaim/settings.ron"
python3 benches/window/measure.py "${CARGO_TARGET_DIR:-target}/release/counterclaim" "$bench" "$work" "$@"
