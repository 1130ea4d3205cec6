/* The import arrows of docs/architecture.md. A broken one fails the build. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$|/(test|stories)/' },
  to: { path: '^(packages|bench|demo|e2e)/', pathNot: [from, ...allowed].join('|') },
})

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('protocol-imports-nothing', '^packages/protocol/', []),
    only('client-imports-protocol', '^packages/client/', ['^packages/protocol/']),
    only('tracker-imports-types-and-connection', '^packages/tracker/', [
      '^packages/protocol/',
      '^packages/client/src/(connection|carriers|stream-carrier)',
    ]),
    only('widget', '^packages/widget/', [
      '^packages/protocol/',
      '^packages/client/',
      '^packages/tracker/src/port',
    ]),
    only('console', '^packages/console/', [
      '^packages/protocol/',
      '^packages/client/',
      '^packages/widget/src/(card|preview)',
    ]),
    only('server', '^packages/server/', ['^packages/protocol/']),
    only('bench', '^bench/', [
      '^packages/protocol/',
      // The soak: visitors connect as pages do, and PostgreSQL and Redis are those of the tests.
      '^packages/client/src/(connection|outbox)',
      '^packages/server/test/(postgres|redis)-server',
    ]),
    only('demo-is-outside', '^demo/', ['^bench/', '^packages/protocol/']),
    only('e2e-is-outside', '^e2e/', ['^bench/', '^demo/', '^packages/protocol/']),
    {
      name: 'tracker-takes-protocol-types-only',
      severity: 'error',
      from: { path: '^packages/tracker/src/' },
      to: {
        path: '^packages/protocol/',
        dependencyTypesNot: ['type-only'],
        pathNot: 'limits|codes',
      },
    },
    {
      name: 'nouns-do-not-know-http-or-sockets',
      severity: 'error',
      from: {
        path: '^packages/server/src/(visits|invitations|chats|bans|agents|departments|groups|sites|links|brands|directory)/',
        pathNot: 'routes\\.ts$|\\.test\\.ts$|/test/',
      },
      to: {
        path: '^packages/server/src/(http|app|main|realtime/(sockets|agent-socket|visitor-socket|connection))',
      },
    },
    {
      name: 'only-app-knows-everybody',
      severity: 'error',
      from: { path: '^packages/server/src/', pathNot: 'src/main\\.ts$|\\.test\\.ts$' },
      to: { path: '^packages/server/src/app\\.ts$' },
    },
    {
      // A server that does not need them starts sooner without them.
      name: 'read-when-needed',
      severity: 'error',
      from: { path: '^packages/server/src/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^packages/server/src/(store/postgres/open-postgres|nodes/nodes|upkeep/(backup|move))\\.ts$',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'fakes-stay-in-tests',
      severity: 'error',
      from: { path: '^packages/[a-z]+/src/', pathNot: '\\.test\\.tsx?$|-laws\\.ts$' },
      to: { path: 'fake-|\\.test\\.|/test/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules|/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
    },
  },
}
