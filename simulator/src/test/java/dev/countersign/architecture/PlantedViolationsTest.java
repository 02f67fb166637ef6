package dev.countersign.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Breaks each rule on purpose: a guard that does not bark is no guard. */
class PlantedViolationsTest {

  @ParameterizedTest(name = "rule {0} notices {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | json       | Planted { java.net.http.HttpClient client; }",
        "1 | signing    | Planted { dev.countersign.call.Outcome<String> above; }",
        "1 | error      | Planted { dev.countersign.json.JsonValue above; }",
        "1 | transport  | Planted { dev.countersign.credential.Secret above; }",
        "2 | http       | Planted { dev.countersign.pem.PemSignerProvider other; }",
        "2 | pem        | Planted { dev.countersign.hsm.HsmSignerProvider other; }",
        "2 | http       | Planted { dev.countersign.simulator.Simulator simulator; }",
        "3 | signing    | Planted { dev.countersign.Dfns facade; }",
        "3 | json       | Planted { dev.countersign.action.Challenge there; }",
        "4 | pem        | Planted { java.net.http.HttpClient client; }",
        "4 | simulator  | Planted { java.net.http.HttpClient client; }",
        "4 | hsm        | Planted { com.fasterxml.jackson.core.JsonFactory json; }",
        "4 | http       | Planted { com.github.tomakehurst.wiremock.WireMockServer server; }",
        "4 | hsm        | Planted { org.bouncycastle.asn1.ASN1Object asn1; }",
        "2 | jdbc       | Planted { dev.countersign.pem.PemSignerProvider other; }",
        "2 | bucket4j   | Planted { dev.countersign.jdbc.JdbcJournal other; }",
        "4 | bucket4j   | Planted { java.sql.Connection connection; }",
        "4 | http       | Planted { javax.sql.DataSource source; }",
        "4 | http       | Planted { org.hsqldb.jdbc.JDBCDataSource db; }",
        "4 | jdbc       | Planted { io.github.bucket4j.Bucket bucket; }",
        "4 | http       | Planted { com.google.inject.Injector injector; }",
        "4 | pem        | Planted { com.sun.jna.Pointer pointer; }",
        "5 | api        | Planted { dev.countersign.transport.Transport transport; }",
        "7 | signing    | Planted extends RuntimeException { private static final long serialVersionUID = 1; }",
        "7 | http       | Planted { Planted() { throw new RuntimeException(); } }",
        "8 | credential | Planted { int changes; }",
        "8 | pem        | Planted { private String changes; }",
        "9 | http       | Planted(byte[] key) { }",
        "9 | credential | Planted(Secret secret) { }",
        "9 | pem        | Planted(java.security.PrivateKey key) { }",
        "10 | unmarked  | Planted { }",
        "10 | http      | Planted { Planted() { System.out.println(); } }",
        "10 | pem       | Planted { java.util.logging.Logger logger; }",
        "10 | call      | Planted { System.Logger logger; }",
        "11 | json      | Planted { java.lang.reflect.Method method; }",
        "11 | hsm       | Planted { Object proxy = java.lang.reflect.Proxy.class; }",
        "11 | pem       | Planted { Class<?> type() throws Exception { return Class.forName(toString()); } }",
        "11 | http      | Planted { java.util.function.Function<String, Object> f = getClass()::getResource; }",
        "11 | call      | Planted { Object type(ClassLoader l) throws Exception { return l.loadClass(toString()); } }",
        "11 | signing   | Planted { Object all = java.util.ServiceLoader.load(Signer.class); }",
        "11 | json      | Planted { Object lookup = java.lang.invoke.MethodHandles.lookup(); }",
        "11 | error     | Planted { java.io.ObjectInputStream in; }",
        "11 | http      | Planted { Object unsafe = sun.misc.Unsafe.class; }",
      })
  void aViolationIsSeen(int number, String room, String declaration, @TempDir Path folder)
      throws IOException {
    compile(room, declaration, folder);
    JavaClasses classes = House.rooms(rooms(room, declaration), folder.resolve("out"));

    // most parts of a rule have nobody to look at here, which elsewhere fails them
    List<String> seen =
        HouseRules.all().get(number).stream()
            .map(part -> part.allowEmptyShould(true).evaluate(classes))
            .flatMap(result -> result.getFailureReport().getDetails().stream())
            .toList();

    assertThat(seen).anyMatch(line -> line.contains("Planted"));
  }

  @Test
  void rule0NoticesARoomThatNobodyIsIn(@TempDir Path folder) throws IOException {
    compile("http", "Planted { }", folder);

    assertThat(House.emptyRooms(House.rooms(Set.of("pem"), folder.resolve("out"))))
        .contains(House.HSM, House.SIMULATOR, House.room("call"))
        .doesNotContain(House.HTTP, House.PEM);
  }

  @Test
  void rule6NoticesATypeMoreThatEmbeddersSee(@TempDir Path folder) throws IOException {
    compile("http", "Planted { }", folder);

    assertThat(PublicTypes.of(House.rooms(Set.of("http"), folder.resolve("out"))))
        .contains("http.Planted");
    assertThat(PublicTypes.LIST).doesNotContain("http.Planted");
  }

  /** The rooms that a rule has to see: the planted class's own, and those that it names. */
  private static Set<String> rooms(String room, String declaration) {
    Set<String> rooms = new HashSet<>(Set.of(room));
    Matcher named = Pattern.compile("dev\\.countersign\\.([a-z]+)").matcher(declaration);
    named.results().forEach(match -> rooms.add(match.group(1)));
    return rooms;
  }

  private static void compile(String room, String declaration, Path folder) throws IOException {
    String kind = declaration.startsWith("Planted(") ? "record " : "class ";
    String source = "package dev.countersign." + room + ";\npublic " + kind + declaration + "\n";
    Path file = Files.writeString(folder.resolve("Planted.java"), source);
    Path out = Files.createDirectory(folder.resolve("out"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-proc:none", "-d", out.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), file.toString()));
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(exit).as("the planted source compiles").isZero();
  }
}
