package dev.countersign.simulator.door;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.HttpServer;
import com.github.tomakehurst.wiremock.http.HttpServerFactory;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty.Jetty12HttpServer;
import com.github.tomakehurst.wiremock.jetty.JettySettings;
import com.github.tomakehurst.wiremock.message.MessageStubRequestHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The server of the WireMock to come, with {@linkplain BrokenBody bodies that break off}. */
final class BreakableServer implements HttpServerFactory {

  @Override
  public String getName() {
    return "dfns-server";
  }

  @Override
  public HttpServer buildHttpServer(
      Options options,
      AdminRequestHandler admin,
      StubRequestHandler stubs,
      MessageStubRequestHandler messages) {
    return new Jetty12HttpServer(
        options,
        admin,
        stubs,
        JettySettings.Builder.aJettySettings().build(),
        new QueuedThreadPool(options.containerThreads()),
        messages) {
      @Override
      protected Handler createHandler(
          Options settings, AdminRequestHandler adminHandler, StubRequestHandler stubHandler) {
        return new Watching(super.createHandler(settings, adminHandler, stubHandler));
      }
    };
  }

  private static final class Watching extends Handler.Wrapper {
    Watching(Handler handler) {
      super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      BrokenBody.watch(request);
      return super.handle(WholeQuery.of(request), response, callback);
    }
  }
}
