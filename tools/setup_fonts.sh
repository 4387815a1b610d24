#!/bin/sh
# Installs the fonts that Debian has and forms in Chinese and Korean need, where we are
# root. Without them such a form is refused, naming the package.
fonts="fonts-noto-cjk"
if [ -e /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc ]; then exit 0; fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then exit 0; fi
echo "Installing Debian's $fonts for forms in Chinese and Korean (60 MB)."
export DEBIAN_FRONTEND=noninteractive
get="apt-get install -y -qq --no-install-recommends $fonts"
# The limit is on the download: an installation is not to be torn off.
{ timeout 60 apt-get update -qq && timeout 180 $get --download-only && $get; } \
    >/dev/null 2>&1 || echo "That did not work; set-up goes on without."
exit 0
