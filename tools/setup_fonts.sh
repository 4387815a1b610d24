#!/bin/sh
# Installs the fonts that Debian has and forms in Chinese and Korean need, where we are
# root. Without them such a form is refused, naming the package. For development
# (setup_fonts.sh hands), also free fonts that look handwritten, for simulated sheets.
fonts=""
if [ ! -e /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc ]; then
    fonts="fonts-noto-cjk"
fi
if [ "${1:-}" = hands ] && [ ! -e /usr/share/fonts/truetype/breip/Breip.ttf ]; then
    fonts="$fonts fonts-breip fonts-dkg-handwriting fonts-femkeklaver fonts-sjfonts"
    fonts="$fonts fonts-rufscript fonts-kristi fonts-humor-sans fonts-dancingscript"
fi
if [ -z "$fonts" ]; then exit 0; fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then exit 0; fi
echo "Installing Debian's $fonts for forms and simulated sheets (up to 60 MB)."
export DEBIAN_FRONTEND=noninteractive
get="apt-get install -y -qq --no-install-recommends $fonts"
# The limit is on the download: an installation is not to be torn off.
{ timeout 60 apt-get update -qq && timeout 180 $get --download-only && $get; } \
    >/dev/null 2>&1 || echo "That did not work; set-up goes on without."
exit 0
