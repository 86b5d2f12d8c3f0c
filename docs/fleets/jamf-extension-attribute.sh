#!/bin/sh
# Extension attribute for Jamf Pro, data type String, input type Script. Says why the
# card does not work on this Mac: "extension.off, 1007 7539 ...". The words are those
# of docs/fleets.md; the digits are the support code, for "yomitori code".

program="${YOMITORI:-/usr/local/bin/yomitori}"
purpose="${YOMITORI_PURPOSE:-any}" # etax, mynaportal, hpki or any

result() {
  printf '<result>%s</result>\n' "$1"
  exit 0
}

# A value of the JSON: the name stands in it once, and the value needs no unescaping.
value() {
  printf '%s' "$json" | tr -d '\n' | sed -n "s/.*\"$1\": *\"\([a-z0-9. -]*\)\".*/\1/p"
}

[ -x "$program" ] || result "not installed"

# Browsers, keychains and readers are those of the person at the screen; Jamf runs
# this as root.
person=$(stat -f %Su /dev/console)
case "$person" in
"" | root | loginwindow | _mbsetupuser) result "nobody logged in" ;;
esac

# Their home folder holds the profiles of the browsers: without -H it stays root's.
json=$(launchctl asuser "$(id -u "$person")" sudo -H -u "$person" "$program" check --json --for "$purpose" 2>/dev/null)
code=$?

case "$code" in
0) result "ok" ;;
1) result "$(value cause), $(value support_code)" ;;
2) result "undetermined, $(value support_code)" ;;
*) result "failed, exit code $code" ;;
esac
