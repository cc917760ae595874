# An image of Poolhouse: the binary alone, without root, on a read-only root file system.
#
#   docker build -t poolhouse .
#   docker run --rm -p 127.0.0.1:9229:9229 -v poolhouse-data:/data poolhouse

FROM rust:1.95-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo build --release --locked --bin poolhouse && mkdir /data

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /source/target/release/poolhouse /usr/local/bin/poolhouse
COPY --from=build --chown=nonroot:nonroot /data /data
VOLUME /data
EXPOSE 9229
# Inside a container loopback reaches nobody. Publish the port on the machine's loopback only.
ENV POOLHOUSE_DATA_DIR=/data \
    POOLHOUSE_LISTEN=0.0.0.0:9229 \
    POOLHOUSE_PUBLIC_URL=http://localhost:9229 \
    POOLHOUSE_ALLOW_REMOTE_DEV=yes
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/usr/local/bin/poolhouse", "health"]
ENTRYPOINT ["/usr/local/bin/poolhouse"]
CMD ["serve", "--allow-remote-dev"]
