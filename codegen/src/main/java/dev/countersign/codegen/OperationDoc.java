package dev.countersign.codegen;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of an operation in Javadoc. */
final class OperationDoc {

  private OperationDoc() {}

  static CodeBlock of(Operation operation, Description description) {
    CodeBlock.Builder doc = CodeBlock.builder();
    doc.add("{@code $L $L}.\n\n<ul>\n", operation.method(), operation.path());
    facts(operation, description).forEach(fact -> doc.add("  <li>$L\n", fact));
    doc.add("</ul>\n");
    if (operation.facts().deprecated()) {
      doc.add("\n@deprecated Dfns is going to drop it.\n");
    }
    return doc.build();
  }

  private static List<String> facts(Operation operation, Description description) {
    List<String> facts = new ArrayList<>();
    facts.add(
        switch (operation.security()) {
          case NONE -> "Public: no token is sent.";
          case TOKEN -> "Not signed.";
          case USER_ACTION -> "Signed: each run carries a user action.";
        });
    facts.add(permissions(operation));
    if (operation.security() != Operation.Security.NONE) {
      facts.add(callers(operation.facts().identities()));
    }
    String activity = operation.facts().policyActivity();
    if (activity != null) {
      facts.add(
          "A policy on {@code "
              + activity
              + "} can hold it"
              + (operation.mayAwaitApproval()
                  ? ": then the outcome awaits approval" + changeRequest(operation, description)
                  : "; what is answered then tells by its status."));
    } else if (operation.security() == Operation.Security.USER_ACTION) {
      facts.add("No policy holds it.");
    }
    String idempotentBy = operation.facts().idempotentBy();
    if (idempotentBy != null) {
      facts.add(
          "Repeatable: the same body with the same {@code "
              + idempotentBy
              + "} takes effect once.");
    } else if (operation.method().equals("GET")) {
      facts.add("Repeatable: it changes nothing.");
    } else {
      facts.add("Not known to be repeatable: a second run may take effect again.");
    }
    if (operation.paginated()) {
      facts.add("Answers in pages.");
    }
    return facts;
  }

  private static String changeRequest(Operation operation, Description description) {
    return operation.awaiting() instanceof Type.Ref ref
        ? ", and its JSON is a " + Links.to(description.schema(ref.schema())) + "."
        : ".";
  }

  private static String callers(@Nullable List<String> identities) {
    if (identities == null) {
      return "Callers: Dfns does not say.";
    }
    return identities.isEmpty()
        ? "Callers: none of the identity kinds, but the holder of a temporary token."
        : "Callers: " + codes(identities) + ".";
  }

  private static String permissions(Operation operation) {
    List<String> permissions = operation.facts().permissions();
    StringBuilder text = new StringBuilder("Permissions: ");
    text.append(permissions.isEmpty() ? "none" : codes(permissions));
    operation
        .facts()
        .conditionalPermissions()
        .forEach(
            p ->
                text.append("; {@code ")
                    .append(p.permission())
                    .append("} if ")
                    .append(p.condition()));
    return text.append('.').toString();
  }

  private static String codes(List<String> names) {
    return "{@code " + String.join("}, {@code ", names) + "}";
  }
}
