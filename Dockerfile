# Beckon as a container: the built product, npm's packages, Node, and nothing to build with.
FROM node:22-bookworm-slim AS build
# For the SQLite driver, where no prebuilt one can be fetched.
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 make g++ ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /beckon
COPY . .
# The build installs what is missing; what only building needs goes again.
RUN npm run build && npm prune --omit=dev \
  && find packages -mindepth 2 -maxdepth 2 ! -name dist ! -name package.json -exec rm -rf {} +

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 BECKON_DATA_DIR=/data
WORKDIR /beckon
COPY --from=build /beckon/package.json ./
COPY --from=build /beckon/node_modules ./node_modules
COPY --from=build /beckon/packages ./packages
RUN mkdir -m 700 /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
# Whether it runs. Whether it also serves is asked by the balancer at /readyz.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself gets the signals. `backup`, `restore` and `move` may follow.
ENTRYPOINT ["node", "--enable-source-maps", "packages/server/dist/main.js"]
