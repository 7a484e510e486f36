# The function's image: a Java runtime of its own, the function, and its classes ahead of time, on a base that need have no
# more than a C library. For the architecture it is built on.
ARG BUILD_IMAGE=docker.io/library/eclipse-temurin:25-jdk
ARG RUNTIME_IMAGE=gcr.io/distroless/base-nossl-debian12

FROM ${BUILD_IMAGE} AS build
COPY . /source
RUN /source/package/rootfs /rootfs

FROM ${RUNTIME_IMAGE}
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="function-environment" \
      org.opencontainers.image.description="Turns an Environment into an isolated Kubernetes cluster with apps in it." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# With the times of the files, which the ahead-of-time cache is held to. The runtime changes less often than the function.
COPY --from=build /rootfs/opt /opt
COPY --from=build /rootfs/app /app

# Memory that the JVM's own threads give back is kept by the C library, once per thread unless told otherwise.
ENV MALLOC_ARENA_MAX=1
USER 2000:2000
WORKDIR /
EXPOSE 9443 8080
# All flags are here and in jvm.options: JAVA_TOOL_OPTIONS stays free for those who run it.
ENTRYPOINT ["/opt/java/bin/java", "@/app/jvm.options", "-XX:AOTCache=/app/function.aot", "-cp", "/app/function.jar", "io.functionenvironment.cli.Main", "serve"]
