# lbqos with all that its lab needs: nginx, the study's Flask servers, httperf, dumpcap.
#
#   docker build -t lbqos .
#   docker run --rm -v "$PWD:/data" lbqos analyze run.pcapng
#   docker run --rm -v "$PWD:/data" --user root --privileged lbqos lab run -o study
#
# Analyzing runs as a user without rights. The lab makes network namespaces, and live captures open interfaces
# (--network host), so these two want --user root and --privileged.

FROM node:20-bookworm-slim AS build
WORKDIR /lbqos
# python3, make, g++ and libpcap compile the optional package cap; canvas comes compiled, or is left out.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends g++ libpcap-dev make python3 \
    && rm -rf /var/lib/apt/lists/*
# Packages first: they change less often than sources.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# --ignore-scripts: the compiled optional packages stay as they are.
RUN npm run --silent build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:20-bookworm-slim
# tshark brings dumpcap (wireshark-common); its question whether everybody may capture is answered no.
RUN echo 'wireshark-common wireshark-common/install-setuid boolean false' | debconf-set-selections \
    && apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        apache2-utils curl ethtool fonts-dejavu-core gcc gunicorn httperf iproute2 libc6-dev libpcap0.8 nftables nginx-light \
        python3 python3-flask tcpdump tshark wrk \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /lbqos/package.json /lbqos/README.md /lbqos/LICENSE /lbqos/CHANGELOG.md /lbqos/
COPY --from=build /lbqos/node_modules /lbqos/node_modules
COPY --from=build /lbqos/dist /lbqos/dist
COPY --from=build /lbqos/fixtures /lbqos/fixtures
RUN ln -s /lbqos/dist/main.js /usr/local/bin/lbqos && mkdir /data && chown node:node /data
USER node
WORKDIR /data
ENTRYPOINT ["lbqos"]
CMD ["--help"]
