package dev.countersign.simulator;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.engine.Engine;
import dev.countersign.simulator.permissions.Assigning;
import dev.countersign.simulator.scenario.Loading;
import dev.countersign.simulator.scenario.Member;
import dev.countersign.simulator.scenario.ScenarioFile;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Moment;
import dev.countersign.simulator.state.Snapshot;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.store.OrganisationStore;
import dev.countersign.simulator.usage.Coverage;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import dev.countersign.transport.Transport;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A Dfns of one's own: it behaves as Dfns is documented to, signatures, permissions, policies and
 * all. Safe for use by several threads at once.
 *
 * <p>It has one organisation from the start and more when asked; which one a request is for, its
 * token says. It holds no sockets, its threads, which deliver webhooks, end by themselves, and it
 * holds no files unless it has a store, so that there is nothing to close without one.
 */
public final class Simulator implements AutoCloseable {

  /** The name of the organisation that is there from the start. */
  public static final String DEFAULT = "default";

  private final Engine engine;
  private final long seed;
  private final Clock clock;
  private final Switches switches;
  private final @Nullable OrganisationStore store;
  private final List<Organisation> organisations = new CopyOnWriteArrayList<>();

  /** Held while an organisation comes or goes, so that the store hears of both in their order. */
  private final ReentrantLock coming = new ReentrantLock();

  private Simulator(Builder builder) {
    this.engine = new Engine(Description.load());
    this.seed = builder.seed;
    this.clock = builder.clock;
    this.switches = builder.switches;
    Path directory = builder.store;
    this.store = directory == null ? null : OrganisationStore.open(directory);
    if (store != null) {
      store
          .organisations()
          .forEach(kept -> added(tenant(kept.seed(), kept.name(), kept.moment()), true));
    }
    if (organisations.isEmpty() && builder.withDefault) {
      addOrganisation(DEFAULT, switches);
    }
  }

  /** A simulator as it comes: with the real time, and the same identifiers each time. */
  public static Simulator start() {
    return builder().build();
  }

  /** Starts a simulator of another kind. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The organisation that is there from the start.
   *
   * @throws IllegalStateException if all were removed
   */
  public Organisation organisation() {
    return organisations.stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The simulator has no organisation"));
  }

  /**
   * Adds an organisation with a state, a clock and chance of its own.
   *
   * @param name tells it apart from the simulator's others, so that its identifiers differ
   * @throws IllegalArgumentException if there is one of that name
   */
  public Organisation addOrganisation(String name) {
    return addOrganisation(name, switches);
  }

  /** Adds an organisation with switches of its own. */
  public Organisation addOrganisation(String name, Switches switches) {
    return newcomer(newTenant(name, switches), "");
  }

  /**
   * Adds the organisation that a scenario describes, with the simulator's switches where it sets
   * none. All of it, or nothing.
   *
   * @throws ConfigurationException with a line for each fault, if it holds what Dfns would refuse
   * @throws IllegalArgumentException if there is an organisation of that name
   */
  public LoadedScenario load(Scenario scenario) {
    ScenarioFile file = scenario.file();
    String place = file.place("name") + ": ";
    requireFree(file.name(), place);
    Tenant tenant =
        new Tenant(
            file.seed().orElse(seed),
            file.name(),
            clock,
            switches,
            engine::happen,
            engine::committed);
    List<Member> members = Loading.fill(engine, tenant, file);
    Organisation organisation = newcomer(tenant, place);
    Map<String, Identity> identities = new LinkedHashMap<>();
    Map<String, KeyPair> keys = new LinkedHashMap<>();
    for (Member member : members) {
      identities.put(member.name(), organisation.identity(member.token()));
      member.keys().ifPresent(pair -> keys.put(member.name(), pair));
    }
    return new LoadedScenario(organisation, identities, keys);
  }

  /** The organisations, in the order they came. */
  public List<Organisation> organisations() {
    return List.copyOf(organisations);
  }

  /** The organisation of a name, if there is one. */
  public Optional<Organisation> find(String name) {
    return organisations.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /**
   * Removes an organisation: its tokens are no tokens of the simulator any more. Requests that it
   * is answering are answered. The name may be used again.
   */
  public void remove(Organisation organisation) {
    coming.lock();
    try {
      if (organisations.remove(organisation)) {
        Tenant tenant = organisation.tenant();
        engine.remove(tenant);
        if (store != null) {
          tenant.keepNowhere();
          store.forget(tenant);
        }
      }
    } finally {
      coming.unlock();
    }
  }

  /**
   * Makes the organisation of a snapshot as it was then, whichever simulator took it, and adds it
   * if it is not there. What was issued before the snapshot is valid here, tokens included.
   *
   * @param snapshot from {@link Organisation#snapshot}
   * @throws IllegalArgumentException if it is no snapshot
   */
  public Organisation restore(byte[] snapshot) {
    Snapshot parsed = Snapshot.parse(snapshot);
    Optional<Organisation> present =
        organisations.stream().filter(it -> it.tenant().isOf(parsed)).findFirst();
    if (present.isPresent()) {
      present.get().restore(parsed);
      return present.get();
    }
    engine.require(parsed.moment());
    return added(tenant(parsed.seed(), parsed.name(), parsed.moment()), false);
  }

  /** Closes the store, if it has one; there is nothing else to close. */
  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }

  /**
   * Answers one request, and throws nothing, whatever arrives. Does no input or output, but for a
   * ping of a webhook, which it waits for.
   */
  public SimResponse handle(SimRequest request) {
    return engine.handle(request);
  }

  /**
   * The door in process: requests reach the simulator without a socket. Any {@code https} or
   * loopback address will do.
   */
  public Transport transport() {
    return new SimulatorTransport(engine);
  }

  /**
   * What was answered to requests that belong to no organisation, and why; see {@link
   * Organisation#decisions()}.
   */
  public List<String> decisions() {
    return engine.decisions().lines();
  }

  /**
   * Which operations were called in all organisations, those that were removed too, and by requests
   * that belong to none, and how they were answered.
   */
  public Coverage coverage() {
    Coverage all = new Coverage(engine.description().operationNames(), engine.traffic().answers());
    for (Organisation organisation : organisations) {
      all = all.and(organisation.coverage());
    }
    return all;
  }

  /** Has it kept if there is a store; one that cannot be kept is not there. */
  private void keep(Tenant tenant, boolean isKept) {
    if (store == null) {
      return;
    }
    try {
      tenant.keepIn(store.journal(tenant), isKept);
    } catch (UncheckedIOException e) {
      engine.remove(tenant);
      try {
        store.forget(tenant);
      } catch (UncheckedIOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private Organisation newcomer(Tenant tenant, String where) {
    coming.lock();
    try {
      requireFree(tenant.name(), where);
      return added(tenant, false);
    } finally {
      coming.unlock();
    }
  }

  private void requireFree(String name, String where) {
    if (find(name).isPresent()) {
      throw new IllegalArgumentException(
          where + "The simulator has an organisation of that name already");
    }
  }

  private Tenant newTenant(String name, Switches switches) {
    Tenant tenant = new Tenant(seed, name, clock, switches, engine::happen, engine::committed);
    tenant.alone(
        () -> {
          Assigning.managed(tenant, engine.description());
          return tenant;
        });
    return tenant;
  }

  private Tenant tenant(long ofSeed, String name, Moment moment) {
    Tenant tenant = new Tenant(ofSeed, name, clock, switches, engine::happen, engine::committed);
    tenant.restore(moment);
    return tenant;
  }

  private Organisation added(Tenant tenant, boolean isKept) {
    Organisation organisation = new Organisation(tenant, engine);
    coming.lock();
    try {
      engine.add(tenant);
      keep(tenant, isKept);
      organisations.add(organisation);
    } finally {
      coming.unlock();
    }
    tenant.look();
    return organisation;
  }

  /** Collects what a simulator is made with. Not thread-safe. */
  public static final class Builder {
    private long seed = 1;
    private Clock clock = Clock.systemUTC();
    private Switches switches = Switches.defaults();
    private @Nullable Path store;
    private boolean withDefault = true;

    private Builder() {}

    /** Sets what identifiers, challenges, keys and addresses come from; 1 unless set. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets the clock that the organisations' clocks run with; the system's unless set. */
    public Builder clock(Clock value) {
      clock = Objects.requireNonNull(value, "clock");
      return this;
    }

    /** Sets the switches of organisations; the simulator's choices unless set. */
    public Builder switches(Switches value) {
      switches = Objects.requireNonNull(value, "switches");
      return this;
    }

    /**
     * Sets a directory in which organisations outlive the simulator: a change is on file before its
     * answer leaves, and those that are there are there again. Faults, what requests touched and
     * what was decided are not kept, and {@link Organisation#reset} then goes back to how they were
     * found. Only one simulator at a time uses it. Its file holds secrets, and only its owner can
     * read it.
     */
    public Builder store(Path directory) {
      store = directory;
      return this;
    }

    /** Has the simulator start with no organisation but those of its store. */
    public Builder empty() {
      withDefault = false;
      return this;
    }

    /**
     * The simulator.
     *
     * @throws ConfigurationException if the store is in use, damaged, or cannot be written
     */
    public Simulator build() {
      return new Simulator(this);
    }
  }
}
