# Sourced by the scripts beside it: finds a JDK 17 or newer and sets JAVA_HOME to it.

# The feature version of the JDK in a folder, such as 17.
java_version() {
  "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p'
}

# The folder of a JDK of exactly this feature version: JAVA_<n>_HOME, the JDK at hand, or one in a usual place.
find_jdk() {
  local named="JAVA_$1_HOME" dir
  for dir in "${!named:-}" "$JAVA_HOME" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$dir" ] && [ -x "$dir/bin/javac" ] && [ "$(java_version "$dir")" = "$1" ]; then
      printf '%s\n' "$dir"
      return
    fi
  done
  return 1
}

if [ -z "${JAVA_HOME:-}" ]; then
  if ! command -v javac >/dev/null; then
    echo "No JDK found: install JDK 17 or newer, or set JAVA_HOME" >&2
    exit 1
  fi
  javac=$(command -v javac)
  while [ -L "$javac" ]; do
    target=$(readlink "$javac")
    case $target in /*) javac=$target ;; *) javac=$(dirname "$javac")/$target ;; esac
  done
  JAVA_HOME=$(cd "$(dirname "$javac")/.." && pwd)
fi
export JAVA_HOME
if [ ! -x "$JAVA_HOME/bin/javac" ] || [ "$(java_version "$JAVA_HOME")" -lt 17 ] 2>/dev/null; then
  echo "Countersign needs a JDK 17 or newer; JAVA_HOME is $JAVA_HOME" >&2
  exit 1
fi
