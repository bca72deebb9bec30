# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by data/try.sh and tests/run.sh: installs what is missing of the Debian 12 packages named.

build_packages="gcc meson ninja-build pkg-config gettext
  libglib2.0-dev libglib2.0-bin libgtk-4-dev libgtk-4-bin libsqlite3-dev libsodium-dev libzstd-dev
  libisal-dev libqrencode-dev libarchive-dev libcjson-dev libxml2-dev libseccomp-dev
  libpoppler-glib-dev poppler-data libgdk-pixbuf-2.0-dev libtiff-dev libcairo2-dev libpango1.0-dev
  libgsf-1-dev
  libfontconfig-dev fonts-ipaexfont-gothic"

test_packages="xvfb xauth dbus xdotool imagemagick poppler-utils desktop-file-utils appstream
  man-db groff zstd xz-utils tar python3 python3-nacl python3-zstandard sqlite3 xorriso"

# install_missing PACKAGE...: asks dpkg first, so that a machine that has them needs no network.
install_missing () {
    missing=""
    for package in "$@"; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
            missing="$missing $package"
    done
    [ -z "$missing" ] && return 0

    echo "Installing:$missing" >&2
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These Debian packages are missing and neither root nor sudo is at hand:$missing" >&2
            return 1
        fi
        as_root="sudo"
    fi
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2 &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
            install $missing >&2
}
