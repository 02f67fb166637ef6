package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles the Java of a document against all that the tests have. */
final class JavaBlocks {

  private JavaBlocks() {}

  static void compile(Snippet snippet, Path folder) throws IOException {
    compile(snippet, folder, "");
  }

  /** With something else that the snippet takes for granted, such as a class. */
  static void compile(Snippet snippet, Path folder, String beside) throws IOException {
    String name = "Line" + snippet.line();
    Path file =
        Files.writeString(folder.resolve(name + ".java"), snippet.asJavaClass(name) + beside);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of(
                    "-proc:none",
                    "-Xlint:all,-processing",
                    "-d",
                    folder.toString(),
                    "-cp",
                    System.getProperty("java.class.path")),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file.toFile()))
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }
}
