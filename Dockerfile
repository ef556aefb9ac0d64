# The image of the simulator: one static program on nothing.
#
#   make image                  with the program that `make build` makes on this machine; needs no network
#   docker build -t onshisim .  builds the program in a container too (BuildKit, as Docker has it since version 23)

FROM scratch AS base
# A named volume takes over the owner of a folder, if that is not empty.
COPY --chown=65532:65532 LICENSE /data/LICENSE
USER 65532:65532
VOLUME /data
# 8080: the national systems. 8081: the control plane; it is reached from outside the container, and so wants SIM_CONTROL_TOKEN.
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 CMD ["/sim", "healthcheck"]
ENTRYPOINT ["/sim"]
CMD ["serve", "--listen", ":8080", "--control-listen", ":8081", "--data", "/data/onshisim.db"]

# Before the stage that needs the network: the classic builder builds all stages up to the one that it is asked for.
FROM base AS prebuilt
COPY bin/linux/sim /sim

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false" go build -o /sim ./cmd/sim

FROM base
COPY --from=build /sim /sim
