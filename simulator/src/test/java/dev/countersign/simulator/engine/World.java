package dev.countersign.simulator.engine;

import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.control.Switches;

/** A simulator with a frozen clock, an administrator and a way to add others. */
final class World {

  final Simulator simulator;
  final Organisation organisation;
  final TestClient admin;

  World() {
    this(Switches.defaults());
  }

  World(Switches switches) {
    simulator = Simulator.builder().switches(switches).build();
    organisation = simulator.organisation();
    organisation.clock().freeze();
    admin = admin("admin");
  }

  TestClient admin(String name) {
    TestKey key = TestKey.fresh();
    return client(organisation.admin(name, key.pem()), key);
  }

  TestClient human(String name, String... operations) {
    TestKey key = TestKey.fresh();
    return client(organisation.human(name, key.pem(), operations), key);
  }

  TestClient serviceAccount(String name, String... operations) {
    return serviceAccount(name, TestKey.fresh(), operations);
  }

  TestClient serviceAccount(String name, TestKey key, String... operations) {
    return client(organisation.serviceAccount(name, key.pem(), operations), key);
  }

  TestClient endUser(String name) {
    TestKey key = TestKey.fresh();
    return client(organisation.endUser(name, key.pem()), key);
  }

  /** Who may do everything in another organisation. */
  TestClient stranger() {
    TestKey key = TestKey.fresh();
    return client(simulator.addOrganisation("other").admin("stranger", key.pem()), key);
  }

  private TestClient client(Identity identity, TestKey key) {
    return new TestClient(simulator, identity, key, Dialect.JAVA);
  }
}
