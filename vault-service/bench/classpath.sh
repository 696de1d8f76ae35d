# Compiles the benchmarks and sets java and classpath. To be sourced.
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
(cd "$root" && ./mvnw -q -P bench -pl vault-service -am test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/bench-classpath.txt -Dmdep.includeScope=test) >&2
module=$root/vault-service
classpath=$module/target/classes:$module/target/test-classes:$(<"$module/target/bench-classpath.txt")
. "$root/build/find-jdk-25.sh"
java=$(find_jdk_25)/bin/java
