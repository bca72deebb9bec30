#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A man page must format without a single warning.
warnings=$(groff -man -Tutf8 -wall -z -k "$1" 2>&1)
if [ -n "$warnings" ]; then
    printf '%s\n' "$warnings"
    exit 1
fi
