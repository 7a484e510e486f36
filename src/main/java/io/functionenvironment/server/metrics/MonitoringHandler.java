package io.functionenvironment.server.metrics;

import io.functionenvironment.server.metrics.Metrics.Page;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelFutureListener;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.SimpleChannelInboundHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.grpc.netty.shaded.io.netty.handler.codec.http.FullHttpRequest;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpHeaderNames;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpHeaderValues;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpMethod;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpResponseStatus;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers the one request of a connection of the monitoring port. */
final class MonitoringHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Lifecycle lifecycle;
    private final Metrics metrics;

    MonitoringHandler(Lifecycle lifecycle, Metrics metrics) {
        this.lifecycle = lifecycle;
        this.metrics = metrics;
    }

    private record Response(int status, Page page) {
        static Response text(int status, String line) {
            return new Response(status, new Page(TEXT, line + "\n"));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) throws IOException {
        var answer = request.decoderResult().isSuccess() ? route(request) : Response.text(400, "not a valid request");
        var body = answer.page.body().getBytes(StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status),
                request.method().equals(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.page.type())
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private Response route(FullHttpRequest request) throws IOException {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            return Response.text(405, "method not allowed; use GET or HEAD");
        }
        return switch (request.uri().split("[?#]", 2)[0]) {
            case "/livez" ->
                lifecycle
                        .stuck(System.nanoTime())
                        .map(time -> Response.text(503, "a call has been running for " + time.toSeconds() + " s"))
                        .orElseGet(() -> Response.text(200, "alive"));
            case "/readyz" -> {
                var phase = lifecycle.phase();
                yield Response.text(phase == Lifecycle.Phase.READY ? 200 : 503, phase.text);
            }
            case "/metrics" -> new Response(200, metrics.page(request.headers().get(HttpHeaderNames.ACCEPT)));
            default -> Response.text(404, "not found; available are /livez, /readyz and /metrics");
        };
    }

    /** A client that disconnects or sends no HTTP is nothing that anybody has to look at. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable ignored) {
        var _ = context.close();
    }
}
