package dev.countersign.simulator;

import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.policies.Findings;
import dev.countersign.simulator.state.Tenant;

/**
 * What the screening services tell an organisation: Chainalysis, Global Ledger, the travel rule's
 * Notabene. They find nothing unless told, but for payments whose other side is not known, which
 * cannot be screened. Safe for use by several threads at once.
 */
public final class Screening {

  private final Tenant tenant;

  Screening(Tenant tenant) {
    this.tenant = tenant;
  }

  /** Has the next payment that is screened have a finding, whatever else is said; once. */
  public void next(Finding finding) {
    alone(() -> Findings.next(tenant, finding));
  }

  /** Has payments to an address, and deposits from it, have a finding. */
  public void address(String address, Finding finding) {
    alone(() -> Findings.address(tenant, address, finding));
  }

  /**
   * Has payments of an asset have a finding, unless something is said of the address.
   *
   * @param network the network, such as {@code EthereumSepolia}
   * @param tid the asset's identifier there, such as {@code native:eth}; its case does not matter
   */
  public void asset(String network, String tid, Finding finding) {
    alone(() -> Findings.asset(tenant, network, tid, finding));
  }

  /** Has all other payments have a finding. */
  public void otherwise(Finding finding) {
    alone(() -> Findings.otherwise(tenant, finding));
  }

  /** Forgets all that was said. */
  public void forget() {
    alone(() -> Findings.forget(tenant));
  }

  private void alone(Runnable work) {
    tenant.alone(
        () -> {
          work.run();
          return work;
        });
  }
}
