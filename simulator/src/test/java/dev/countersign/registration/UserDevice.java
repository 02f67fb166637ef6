package dev.countersign.registration;

import dev.countersign.api.auth.FirstFactorAttestation;
import dev.countersign.api.auth.RegistrationChallenge;

/** What a user holds: it makes a credential and signs challenges, and says nothing else. */
interface UserDevice {

  /** Makes a credential for a new user. */
  FirstFactorAttestation register(RegistrationChallenge challenge);

  /** Signs a challenge as a browser gets it, and gives what a browser sends. */
  String sign(String challengeText);
}
