# Where a JDK 25 is. To be sourced: find_jdk_25 prints its directory, or says what to install and fails.

is_jdk_25() {
    [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] && grep -Eq '^JAVA_VERSION="25[."+-]' "$1/release"
}

find_jdk_25() {
    if [[ -n ${DISKVAULT_JAVA_HOME:-} ]]; then
        is_jdk_25 "$DISKVAULT_JAVA_HOME" && echo "$DISKVAULT_JAVA_HOME" && return
        echo "diskvault: DISKVAULT_JAVA_HOME is $DISKVAULT_JAVA_HOME, which is not a JDK 25." >&2
        return 1
    fi
    local on_path candidate
    on_path=$(readlink -f -- "$(command -v javac || true)" || true)
    for candidate in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* \
        "${HOME:-}"/.jdks/* "${HOME:-}"/.local/share/mise/installs/java/* /opt/* /opt/java/* /usr/java/* /usr/local/*jdk*; do
        if [[ -n $candidate ]] && is_jdk_25 "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    cat >&2 <<'HINT'
diskvault: no JDK 25 found. Install one, for example
  Debian, Ubuntu:  apt install temurin-25-jdk     (repository of https://adoptium.net)
  Fedora:          dnf install java-25-openjdk-devel
  any Linux:       sdk install java 25-tem        (https://sdkman.io)
or unpack one anywhere and set DISKVAULT_JAVA_HOME to its directory.
HINT
    return 1
}
