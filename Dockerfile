# The image of the simulator: one static program on nothing.
#
#   make image                  with the program that `make image` builds on this machine; needs no network
#   docker build -t onshisim .  builds the program in a container too; needs an image of Go
#
# It runs as it is with --read-only, --cap-drop ALL and --security-opt no-new-privileges, and writes to /data only.

FROM scratch AS base
# A named volume takes over the owner of a folder, if that is not empty. This comes first: only a copy into nothing makes the
# classic builder note the architecture.
COPY --chown=65532:65532 LICENSE /data/LICENSE
LABEL org.opencontainers.image.title="onshisim" \
      org.opencontainers.image.description="A simulator of Japan's online eligibility verification and the systems around it" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
USER 65532:65532
VOLUME /data
# The one time zone that is needed; the image holds no other.
COPY image/zoneinfo /usr/share/zoneinfo
ENV TZ=Asia/Tokyo
# 8080: the national systems. 8081: the control plane; it is reached from outside the container, and so wants SIM_CONTROL_TOKEN.
EXPOSE 8080 8081
HEALTHCHECK --interval=5s --timeout=5s --start-period=10s --retries=3 CMD ["/sim", "healthcheck"]
ENTRYPOINT ["/sim"]
CMD ["serve", "--listen", ":8080", "--control-listen", ":8081", "--data", "/data/onshisim.db"]

# Before the stage that needs the network: the classic builder builds all stages up to the one that it is asked for.
FROM base AS prebuilt
ARG TARGETARCH
COPY bin/linux/$TARGETARCH/sim /sim

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false" go build -ldflags "-s -w -funcalign=16" -o /sim ./cmd/sim

FROM base
COPY --from=build /sim /sim
