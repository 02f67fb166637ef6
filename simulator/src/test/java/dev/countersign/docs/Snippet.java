package dev.countersign.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown file.
 *
 * @param language what stands behind the fence, such as {@code java}
 * @param line where the block begins, counted from 1
 * @param text what is in it
 */
record Snippet(String language, int line, String text) {

  private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\R(.*?)^```\\s*$");

  static List<Snippet> of(String markdown) {
    List<Snippet> snippets = new ArrayList<>();
    Matcher matcher = FENCED.matcher(markdown);
    while (matcher.find()) {
      int line = (int) markdown.substring(0, matcher.start()).lines().count() + 1;
      snippets.add(new Snippet(matcher.group(1), line, matcher.group(2)));
    }
    return snippets;
  }

  /** A Java block as a class of its own: its imports, and the rest as the body of a method. */
  String asJavaClass(String name) {
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    text.lines().forEach(l -> (l.startsWith("import ") ? imports : body).append(l).append('\n'));
    boolean wholeClass = body.toString().contains("class ");
    return imports
        + "class "
        + name
        + " {\n"
        + (wholeClass
            ? "static " + body.toString().strip()
            : "static void run() throws Exception {\n" + body + "}")
        + "\n}\n";
  }
}
