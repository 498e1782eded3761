# The webhook alone: no shell, no package manager, not root. The names of the base images are those of their makers; say with
# --build-arg where your registry has them:
#   docker build --build-arg SDK_IMAGE=REGISTRY/dotnet/sdk:10.0 --build-arg RUNTIME_IMAGE=REGISTRY/dotnet/aspnet:10.0-noble-chiseled .
ARG SDK_IMAGE=dotnet/sdk:10.0
ARG RUNTIME_IMAGE=dotnet/aspnet:10.0-noble-chiseled

FROM --platform=$BUILDPLATFORM ${SDK_IMAGE} AS build
ARG TARGETARCH
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY patterns/ patterns/
COPY src/ src/
# As `make publish` does it; the image has no make.
RUN dotnet publish src/Outrigger.Webhook --configuration Release --arch $TARGETARCH --output artifacts/webhook

FROM ${RUNTIME_IMAGE}
COPY --from=build /source/artifacts/webhook/ /app/
# By number, so that Kubernetes can see that it is not root (runAsNonRoot).
USER 65532:65532
EXPOSE 8443 8080
ENTRYPOINT ["/app/Outrigger.Webhook"]
