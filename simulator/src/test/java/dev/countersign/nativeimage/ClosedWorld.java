package dev.countersign.nativeimage;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A system class loader that finds, as a native image does, nothing by its name but what the
 * reachability metadata of this library's jars names. What code refers to is found as ever.
 */
public final class ClosedWorld extends URLClassLoader {

  private static final Pattern NAMED = Pattern.compile("\"(?:type|glob)\"\\s*:\\s*\"([^\"]+)\"");

  private static final List<String> ARTIFACTS =
      List.of("countersign-adapters-http", "countersign-signer-pem");

  private final Set<String> named;

  /** For the JVM, in place of the loader it gives. */
  public ClosedWorld(ClassLoader system) throws IOException {
    super(urls(), system.getParent());
    named = named();
  }

  private static URL[] urls() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  private Set<String> named() throws IOException {
    StringBuilder metadata = new StringBuilder();
    for (String artifact : ARTIFACTS) {
      URL file = findResource(metadataOf(artifact));
      if (file == null) {
        throw new IOException("No reachability metadata of " + artifact);
      }
      try (InputStream in = file.openStream()) {
        metadata.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return NAMED
        .matcher(metadata)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  static String metadataOf(String artifact) {
    return "META-INF/native-image/dev.countersign/" + artifact + "/reachability-metadata.json";
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("java") && !named.contains(name) && isLookedUpByName()) {
      System.out.println("not in the image: " + name);
      throw new ClassNotFoundException(name);
    }
    return super.loadClass(name, resolve);
  }

  @Override
  public URL getResource(String name) {
    if (!named.contains(name)) {
      System.out.println("not in the image: " + name);
      return null;
    }
    return super.getResource(name);
  }

  /** Whether code asks for it, and not the JVM because code refers to it. */
  private boolean isLookedUpByName() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(ClosedWorld::isLookedUpByName);
  }

  private static boolean isLookedUpByName(Stream<StackWalker.StackFrame> frames) {
    List<StackWalker.StackFrame> stack = frames.toList();
    for (int i = 0; i < stack.size(); i++) {
      StackWalker.StackFrame frame = stack.get(i);
      if (frame.getMethodName().startsWith("defineClass")) {
        return false; // the JVM links what is being defined to it
      }
      if (!ClassLoader.class.isAssignableFrom(frame.getDeclaringClass())) {
        // the launcher finds the main class by its name
        return looksUp(frame)
            && stack.stream()
                .skip(i)
                .limit(4)
                .noneMatch(it -> it.getClassName().startsWith("sun.launcher."));
      }
    }
    return false;
  }

  private static boolean looksUp(StackWalker.StackFrame frame) {
    String caller = frame.getClassName();
    return caller.equals("java.lang.Class") && frame.getMethodName().startsWith("forName")
        || caller.startsWith("java.security.Provider$")
        || caller.startsWith("java.util.ServiceLoader")
        || caller.endsWith(".ClassUtil");
  }
}
