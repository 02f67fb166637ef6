/** Countersign's domain and ports. */
module dev.countersign.core {
  requires static transitive org.jspecify;

  exports dev.countersign;
  exports dev.countersign.error;
  exports dev.countersign.signing;
  exports dev.countersign.transport;
  exports dev.countersign.json;
  exports dev.countersign.credential;
  exports dev.countersign.rate;
  exports dev.countersign.action;
  exports dev.countersign.call;
  exports dev.countersign.registration;
  exports dev.countersign.lookup;
  exports dev.countersign.webhook;
  exports dev.countersign.approval;
  exports dev.countersign.batch;
  exports dev.countersign.api;
  exports dev.countersign.api.addresswatches;
  exports dev.countersign.api.agreements;
  exports dev.countersign.api.allocations;
  exports dev.countersign.api.auth;
  exports dev.countersign.api.exchanges;
  exports dev.countersign.api.feesponsors;
  exports dev.countersign.api.keys;
  exports dev.countersign.api.networks;
  exports dev.countersign.api.payins;
  exports dev.countersign.api.payouts;
  exports dev.countersign.api.permissions;
  exports dev.countersign.api.policies;
  exports dev.countersign.api.signers;
  exports dev.countersign.api.staking;
  exports dev.countersign.api.swaps;
  exports dev.countersign.api.vaults;
  exports dev.countersign.api.wallets;
  exports dev.countersign.api.webhooks;

  uses dev.countersign.signing.SignerProvider;
}
