package dev.countersign.simulator.door;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.extension.MappingsLoaderExtension;
import com.github.tomakehurst.wiremock.extension.StubLifecycleListener;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.stubbing.StubMappings;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The stub that leads to the engine: it matches every request that no other stub matches.
 *
 * <p>WireMock forgets stubs in several ways; some of them load the default ones again and some do
 * not. Therefore this one comes back by itself after any removal, and never a second time.
 */
final class EngineStub implements MappingsLoaderExtension, StubLifecycleListener {

  /** The name under which a stub asks for the engine's answer. */
  static final String NAME = "dfns";

  private static final UUID ID = UUID.fromString("df000000-0000-4000-8000-000000000000");

  /** The greatest number comes last; WireMock's own default is 5. */
  private static final int AFTER_ALL_OTHERS = 1_000_000;

  private final AtomicReference<StubMappings> mappings = new AtomicReference<>();

  @Override
  public String getName() {
    return "dfns-stub";
  }

  @Override
  public void loadMappingsInto(StubMappings stubMappings) {
    mappings.set(stubMappings);
    addUnlessPresent();
  }

  @Override
  public void afterStubRemoved(StubMapping stub) {
    addUnlessPresent();
  }

  @Override
  public void afterStubsReset() {
    addUnlessPresent();
  }

  private void addUnlessPresent() {
    StubMappings all = mappings.get();
    if (all.get(ID).isEmpty()) {
      all.addMapping(
          any(anyUrl())
              .withId(ID)
              .atPriority(AFTER_ALL_OTHERS)
              .willReturn(aResponse().withTransformers(NAME))
              .build());
    }
  }
}
