package dev.countersign.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.util.List;

/** A program that makes an HTTP client and a mapper, and says so: what others start with. */
public final class StartedBaseline {

  private StartedBaseline() {}

  /** Takes nothing. */
  public static void main(String[] args) {
    List<Object> made = List.of(HttpClient.newHttpClient(), new ObjectMapper());
    System.out.println(made.size());
  }
}
