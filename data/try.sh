#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# README's first command: installs what is missing, builds, writes a made-up hospital's backup,
# builds a disc from it and opens the viewer on it.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
build="$here/build"
patients=${TOMOSHIBI_PATIENTS:-200}
. "$here/data/packages.sh"

# shellcheck disable=SC2086
install_missing $build_packages

[ -f "$build/build.ninja" ] || meson setup "$build" "$here"
ninja -C "$build"

sample="$build/sample-hospital.tar"
disc="$build/sample-disc"
rm -rf "$sample" "$disc"
echo "Writing the backup of a made-up hospital with $patients patients ..."
"$build/importer/tomoshibi" sample --to "$sample" --patients "$patients"
echo "Building a disc from it ..."
# The passphrase of a made-up hospital is no secret; the keys stay with the build.
export TOMOSHIBI_KEYS="$build/sample-keys" TOMOSHIBI_PASSPHRASE_FILE="$build/sample-passphrase"
echo "a passphrase for drills" > "$TOMOSHIBI_PASSPHRASE_FILE"
"$build/importer/tomoshibi" build --hospital 見本市民病院 --from "$sample" --to "$disc"
"$build/importer/tomoshibi" verify "$disc"
"$build/importer/tomoshibi" report "$disc"

viewer=(env TOMOSHIBI_KEYS="$TOMOSHIBI_KEYS" TOMOSHIBI_PASSPHRASE_FILE="$TOMOSHIBI_PASSPHRASE_FILE"
    "$build/viewer/tomoshibi-viewer" "$disc")
if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    cat <<END

The disc is ready in $disc, but this terminal has no display to open a window on.
  At a desktop, run:        ${viewer[*]}
  Over ssh, connect again:  ssh -X, then run the same
  Without any display:      export TOMOSHIBI_KEYS="$TOMOSHIBI_KEYS"
                            export TOMOSHIBI_PASSPHRASE_FILE="$TOMOSHIBI_PASSPHRASE_FILE"
                            $build/importer/tomoshibi search "$disc" watanabe
                            $build/importer/tomoshibi export "$disc" | less
  For a picture of it:      apt install xvfb imagemagick, then
                            xvfb-run -s '-screen 0 1366x768x24' sh -c \\
                              '${viewer[*]} & sleep 3; import -window root viewer.png; kill \$!'
END
    exit 0
fi

export TOMOSHIBI_LOCALEDIR="$build/po"
exec "${viewer[@]}"
