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

run_tests build-test -Dwerror=true
plain=$?

export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:abort_on_error=0:exitcode=99
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export LSAN_OPTIONS=suppressions=$here/tests/lsan.supp:print_suppressions=0
run_tests build-asan -Dwerror=true -Db_sanitize=address,undefined -Db_lundef=false
sanitized=$?

python3 tests/count-results.py --failed-builds "$failed_builds" build-test build-asan
counted=$?
[ "$plain" -eq 0 ] && [ "$sanitized" -eq 0 ] && [ "$counted" -eq 0 ]
