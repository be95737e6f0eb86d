# Sourced by the scripts of this folder. Sets "java" to the java of a JDK 17, or ends the script with a message.

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
else
  java=$(command -v java || true)
fi
if [ ! -x "$java" ]; then
  echo "There is no java${JAVA_HOME:+ in JAVA_HOME, which is $JAVA_HOME}. Install a JDK 17 and set JAVA_HOME to it." >&2
  exit 1
fi
# macOS has a java that does nothing but ask for a JDK, and fails.
java_version=$({ "$java" -version 2>&1 || true; } | sed -n 's/.* version "\([0-9]*\).*/\1/p')
if [ "$java_version" != 17 ]; then
  echo "$java is of version ${java_version:-unknown}; Spark and AWS Glue run on 17. Set JAVA_HOME to a JDK 17." >&2
  exit 1
fi
