# sf-conformance with everything it needs and nothing else. Its own files lie in /opt/sf-conformance, so an image that
# holds a client can take them over: COPY --from=sf-conformance /opt/sf-conformance /opt/sf-conformance
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY tools/build tools/build
COPY bin bin
COPY docs/schema docs/schema
COPY mock-server mock-server
COPY reports reports
COPY src src
COPY suites suites
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /opt/sf-conformance
COPY package.json LICENSE ./
COPY docker/conformance.config.json docker/conformance.config.json
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/bin bin
COPY --from=build /build/dist dist
RUN ln -s /opt/sf-conformance/bin/sf-conformance.mjs /usr/local/bin/sf-conformance \
  && mkdir /data \
  && chown node:node /data
USER node
WORKDIR /data
# Login, instance, control port. Publish them under the same numbers, on the machine's loopback address.
EXPOSE 4300 4301 4302
# The control port opens last.
HEALTHCHECK --interval=5s --timeout=3s --retries=12 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4302/').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["sf-conformance"]
CMD ["serve", "--headless", "-c", "/opt/sf-conformance/docker/conformance.config.json", "--out", "reports/runs"]
