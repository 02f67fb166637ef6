package dev.countersign.chaos;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/**
 * A wrong way to try again: one change of core, compiled apart and put in front of the others when
 * the chaos is run. Whoever changes core at that place changes it here.
 */
enum NaiveRetry {
  /** The user action of the first attempt is sent again. */
  REUSE(
      "Flight.java",
      """
      attempts.repeated( ALL_EXCHANGES, () -> tries .attempt(
        credential -> signed(action, credential),
        (credential, signed) -> redeem(action, credential, signed))
        .thenCompose(this::send))
      """,
      """
      attempts.repeated(2, () -> tries.attempt(
        credential -> signed(action, credential),
        (credential, signed) -> redeem(action, credential, signed)))
        .thenCompose(pass -> attempts.repeated(1, () -> send(pass)))
      """),
  /** Each further attempt has an {@code externalId} of its own. */
  NEW_ID(
      "Flight.java",
      """
      () -> tries .attempt(
        credential -> signed(action, credential),
        (credential, signed) -> redeem(action, credential, signed))
        .thenCompose(this::send)
      """,
      """
      () -> {
        UserAction other = !operation.isIdempotent() || journey.attempts() < 2 ? action : UserAction.withJson(
          action.operation(), action.method(), action.path(), action.query(),
          engine.codec().write(((JsonObject) engine.codec().parse(action.payload())).toBuilder()
            .put("externalId",
              dev.countersign.json.JsonString.of(ExternalIds.make(engine.random()))).build()));
        return tries.attempt(
          credential -> signed(other, credential),
          (credential, signed) -> redeem(other, credential, signed))
          .thenCompose(this::send);
      }
      """),
  /** Whatever was lost is sent again, also what Dfns does not recognise. */
  BLIND(
      "Failures.java",
      "return operation.isIdempotent() && ExternalIds.of(action, codec) != null;",
      "return true;");

  private static final String ROOM = "core/src/main/java/dev/countersign/call/";

  private final String file;
  private final String right;
  private final String wrong;

  NaiveRetry(String file, String right, String wrong) {
    this.file = file;
    this.right = right;
    this.wrong = wrong;
  }

  /** The one of an option, if there is one. */
  static Optional<NaiveRetry> find(String option) {
    return Arrays.stream(values()).filter(it -> it.option().equals(option)).findFirst();
  }

  /** As it is written on a command line. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Runs the chaos with it.
   *
   * @param root the folder of the project
   * @param folder for what is compiled
   * @return what happened that must not; empty if nobody noticed
   */
  List<String> run(Path root, Path folder, int transfers, int callers, long seed)
      throws IOException, ReflectiveOperationException {
    Path classes = Files.createDirectories(folder.resolve(option()));
    compile(planted(root, folder), classes);
    try (Apart apart = new Apart(classes)) {
      Object violations =
          apart
              .loadClass(Chaos.class.getName())
              .getMethod("violations", int.class, int.class, long.class)
              .invoke(null, transfers, callers, seed);
      return ((List<?>) violations).stream().map(String.class::cast).toList();
    }
  }

  private Path planted(Path root, Path folder) throws IOException {
    Pattern place =
        Pattern.compile(
            Arrays.stream(right.strip().split("\\s+"))
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s*")));
    String source = Files.readString(root.resolve(ROOM + file));
    if (place.matcher(source).results().count() != 1) {
      throw new IllegalStateException(
          file + " has changed where " + this + " changes it; change " + this + " as well");
    }
    return Files.writeString(
        folder.resolve(file),
        place.matcher(source).replaceFirst(Matcher.quoteReplacement(wrong.strip())));
  }

  /** The project's classes once more, with others in front; libraries are everybody's. */
  private static final class Apart extends URLClassLoader {
    Apart(Path inFront) throws IOException {
      super(urls(inFront), NaiveRetry.class.getClassLoader());
    }

    private static URL[] urls(Path inFront) throws IOException {
      List<URL> urls = new ArrayList<>();
      urls.add(inFront.toUri().toURL());
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
      return urls.toArray(new URL[0]);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.countersign.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  private void compile(Path source, Path classes) {
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    if (status != 0) {
      throw new IllegalStateException(this + " does not compile");
    }
  }
}
