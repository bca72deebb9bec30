#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check-install.sh BUILD PREFIX: `meson install` puts everything where a desktop looks for it, and
# what it installed runs.
set -eu
build=$1
prefix=$2
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

DESTDIR="$root" meson install -C "$build" --no-rebuild --quiet
for file in \
    bin/tomoshibi \
    bin/tomoshibi-viewer \
    share/applications/jp.tomoshibi.Viewer.desktop \
    share/metainfo/jp.tomoshibi.Viewer.metainfo.xml \
    share/icons/hicolor/scalable/apps/jp.tomoshibi.Viewer.svg \
    share/locale/ja/LC_MESSAGES/tomoshibi.mo \
    share/man/man1/tomoshibi.1 \
    share/man/man1/tomoshibi-viewer.1 \
    share/doc/tomoshibi/tomoshibi-guide-ja.pdf \
    share/doc/tomoshibi/tomoshibi-guide-en.pdf
do
    if [ ! -s "$root$prefix/$file" ]; then
        echo "not installed: $file"
        exit 1
    fi
done
"$root$prefix/bin/tomoshibi" --version | grep -q '^tomoshibi [0-9]'
"$root$prefix/bin/tomoshibi-viewer" --version | grep -q 'tomoshibi'
