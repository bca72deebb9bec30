#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# README's second command: installs what is missing, builds twice (plain with warnings as errors,
# and under AddressSanitizer and UBSan with leak detection), runs every test of both.
# The last line is "N passed, N failed", counted from meson's results.
set -uo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
. "$here/data/packages.sh"
cd "$here" || exit 1

# shellcheck disable=SC2086
install_missing $build_packages $test_packages || { echo "0 passed, 1 failed"; exit 1; }

failed_builds=0

# The sanitized tests work in memory where there is enough: thousands of small files, each asked to stay.
# The others work on the disk, which has ways of its own.
memory=
trap '[ -z "$memory" ] || rm -rf "$memory"' EXIT
work_in_memory () {
    free=$(df --output=avail -B1M /dev/shm 2>/dev/null | tail -1)
    [ "${free:-0}" -ge 2048 ] && memory=$(mktemp -d /dev/shm/tomoshibi-test-XXXXXX) || return
    export TMPDIR=$memory
}

# run_tests FOLDER OPTION...: configures, builds and tests one build folder.
run_tests () {
    folder=$1
    shift
    if [ ! -f "$folder/build.ninja" ]; then
        meson setup "$folder" "$@" || { failed_builds=$((failed_builds + 1)); return 1; }
    fi
    ninja -C "$folder" || { failed_builds=$((failed_builds + 1)); return 1; }
    rm -f "$folder"/meson-logs/testlog*
    # Sanitizers are slow, and so is a machine that does something else: time is no test here.
    xvfb-run -a -s "-screen 0 1366x768x24" \
        meson test -C "$folder" --no-rebuild --print-errorlogs --timeout-multiplier 10
}

# Without headers that are compiled before, so that no file does without one it needs.
run_tests build-test -Dwerror=true -Db_pch=false
plain=$?

export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:abort_on_error=0:exitcode=99
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export LSAN_OPTIONS=suppressions=$here/tests/lsan.supp:print_suppressions=0
work_in_memory
# -O1 and lines without variables: compiled in three quarters of the time, and a report shows the same.
run_tests build-asan -Dwerror=true -Db_sanitize=address,undefined -Db_lundef=false \
    -Doptimization=1 -Dc_args=-g1
sanitized=$?

python3 tests/count-results.py --failed-builds "$failed_builds" build-test build-asan
counted=$?
[ "$plain" -eq 0 ] && [ "$sanitized" -eq 0 ] && [ "$counted" -eq 0 ]
