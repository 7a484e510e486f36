# The image of the function: a Java runtime, the server and its ahead-of-time cache, on a base that only needs a C library.
# It is for the architecture that it is built on.
ARG BUILD_IMAGE=docker.io/library/eclipse-temurin:25-jdk
ARG RUNTIME_IMAGE=gcr.io/distroless/base-nossl-debian12

FROM ${BUILD_IMAGE} AS build
COPY . /source
RUN /source/package/rootfs /rootfs

FROM ${RUNTIME_IMAGE}
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="function-environment" \
      org.opencontainers.image.description="Composes an isolated Kubernetes cluster with apps from an Environment." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# Keeps the times of files, which the ahead-of-time cache checks. The runtime changes less often than the function.
COPY --from=build /rootfs/opt /opt
COPY --from=build /rootfs/app /app

# Otherwise the C library keeps the freed memory of each JVM thread in an arena of its own.
ENV MALLOC_ARENA_MAX=1
USER 2000:2000
WORKDIR /
EXPOSE 9443 8080
# All flags are here and in jvm.options, so that users can set JAVA_TOOL_OPTIONS.
ENTRYPOINT ["/opt/java/bin/java", "@/app/jvm.options", "-XX:AOTCache=/app/function.aot", "-cp", "/app/function.jar", "io.functionenvironment.main.ServerMain"]
